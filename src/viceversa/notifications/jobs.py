from viceversa.notifications.actions import deliver_waiting, gather_digests
from viceversa.toolkit import clock
from viceversa.toolkit.jobs import later

BATCHES_AT_ONCE = 3


def deliver() -> None:
    """Sends what waits; when much waits, lets other jobs run in between."""
    for _turn in range(BATCHES_AT_ONCE):
        if not deliver_waiting(now=clock.now()):
            return
    later("notifications.deliver")


def gather() -> None:
    """Puts digests together whose hour has come."""
    for _turn in range(BATCHES_AT_ONCE):
        if not gather_digests(now=clock.now()):
            return
    later("notifications.gather")
