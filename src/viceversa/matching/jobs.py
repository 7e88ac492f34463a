"""What happens later in matching. Every job may run twice without harm."""

from viceversa.matching.actions import answer
from viceversa.toolkit import clock


def expire_asks() -> None:
    """In batches, until none is late."""
    while answer.expire_asks(now=clock.now()):
        pass
