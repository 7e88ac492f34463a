from viceversa.meetings.actions.reminders import (
    forget_reminders,
    remind_of_half_hours,
    remind_of_promises,
)
from viceversa.meetings.rules.reminders import WINDOWS
from viceversa.toolkit import clock

BATCHES_AT_ONCE = 20


def remind() -> None:
    """What is not reached now is reached by the next run, minutes later."""
    for kind in WINDOWS:
        for _turn in range(BATCHES_AT_ONCE):
            if not remind_of_half_hours(kind=kind, now=clock.now()):
                break
    remind_of_promises(now=clock.now())


def forget() -> None:
    forget_reminders(now=clock.now())
