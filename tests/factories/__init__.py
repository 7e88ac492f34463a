"""Makes rows for tests: every function has sensible defaults and takes what the test cares for."""

from tests.factories.accounts import actor_for_person, make_user
from tests.factories.matching import (
    make_adviser,
    make_ask,
    make_choosing_programme,
    make_learner,
)
from tests.factories.meetings import make_delegate, make_meeting
from tests.factories.partnerships import make_partnership
from tests.factories.people import make_level, make_person, make_skill
from tests.factories.programmes import make_coordinator, make_enrolment, make_programme

__all__ = [
    "actor_for_person",
    "make_adviser",
    "make_ask",
    "make_choosing_programme",
    "make_coordinator",
    "make_delegate",
    "make_enrolment",
    "make_learner",
    "make_level",
    "make_meeting",
    "make_partnership",
    "make_person",
    "make_programme",
    "make_skill",
    "make_user",
]
