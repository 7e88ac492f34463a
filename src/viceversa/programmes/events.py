from dataclasses import dataclass
from datetime import datetime

from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.events import Event


@dataclass(frozen=True, kw_only=True)
class EnrolmentWithdrawn(Event):
    """Somebody no longer takes part: by their own wish, a coordinator's, or because they left."""

    enrolment: Enrolment
    by: Actor
    now: datetime


@dataclass(frozen=True, kw_only=True)
class ProgrammeStateChanged(Event):
    programme: Programme
    before: str
    by: Actor
    now: datetime
