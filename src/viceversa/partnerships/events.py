from dataclasses import dataclass
from datetime import datetime

from viceversa.partnerships.models import Partnership
from viceversa.toolkit.events import Event


@dataclass(frozen=True, kw_only=True)
class PartnershipAnswered(Event):
    """One of the two said yes or no."""

    partnership: Partnership
    yes: bool


@dataclass(frozen=True, kw_only=True)
class PartnershipMoved(Event):
    """It started, paused, resumed, began to close, went on, or ended. `partnership` is as it is
    now; `before` is the state it was in."""

    partnership: Partnership
    before: str
    now: datetime
