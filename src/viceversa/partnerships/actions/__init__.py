"""What can be done with a partnership: answers, its next half hour, and somebody leaving."""

from viceversa.partnerships.actions.answering import accept_partnership, decline_partnership
from viceversa.partnerships.actions.ending import (
    end_for_leaver,
    end_for_leavers,
    end_for_withdrawn,
)
from viceversa.partnerships.actions.proposing import (
    Pair,
    agree_partnership,
    propose_partnerships,
    withdraw_proposed,
)

__all__ = [
    "Pair",
    "accept_partnership",
    "agree_partnership",
    "decline_partnership",
    "end_for_leaver",
    "end_for_leavers",
    "end_for_withdrawn",
    "propose_partnerships",
    "withdraw_proposed",
]
