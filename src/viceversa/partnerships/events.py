from dataclasses import dataclass

from viceversa.partnerships.models import Partnership
from viceversa.toolkit.events import Event


@dataclass(frozen=True, kw_only=True)
class PartnershipAnswered(Event):
    """One of the two said yes or no."""

    partnership: Partnership
    yes: bool
