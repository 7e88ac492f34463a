"""The key that the two share from the moment both said yes."""

from datetime import datetime

from viceversa.partnerships.models import Partnership
from viceversa.programmes.models import Enrolment
from viceversa.vault.actions import make_ring
from viceversa.vault.models import Ring


def ring_of_two(partnership: Partnership, *, now: datetime) -> Ring:
    return ring_for(partnership.learner, partnership.adviser, now=now)


def ring_for(learner: Enrolment, adviser: Enrolment, *, now: datetime) -> Ring:
    """New partnership, new key."""
    return make_ring([learner.person, adviser.person], now=now)
