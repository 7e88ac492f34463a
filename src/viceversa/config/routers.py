"""Mounts the packages' routers on the API."""

from viceversa.config.api import api
from viceversa.learning.api import router as learning
from viceversa.matching.api import router as matching
from viceversa.meetings.api.booking import router as meetings
from viceversa.meetings.api.commitments import router as commitments
from viceversa.meetings.api.series import router as series
from viceversa.partnerships.api import router as partnerships
from viceversa.people.api import router as people
from viceversa.programmes.api import router as programmes

api.add_router("/", people)
api.add_router("/", programmes)
api.add_router("/", learning)
api.add_router("/", matching)
api.add_router("/", partnerships)
api.add_router("/", meetings)
api.add_router("/", series)
api.add_router("/", commitments)

__all__ = ["api"]
