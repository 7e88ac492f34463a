from viceversa.notifications.actions import deliver_waiting
from viceversa.toolkit import clock
from viceversa.toolkit.jobs import later

BATCHES_AT_ONCE = 3


def deliver() -> None:
    """Sends what waits; when much waits, lets other jobs run in between."""
    for _turn in range(BATCHES_AT_ONCE):
        if not deliver_waiting(now=clock.now()):
            return
    later("notifications.deliver")
