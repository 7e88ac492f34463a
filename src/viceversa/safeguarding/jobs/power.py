from viceversa.safeguarding.actions.power import watch_power
from viceversa.toolkit import clock


def watch() -> None:
    watch_power(now=clock.now())
