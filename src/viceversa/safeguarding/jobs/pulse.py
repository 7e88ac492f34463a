from viceversa.safeguarding.actions.closing import tend_pulses
from viceversa.toolkit import clock


def tend() -> None:
    tend_pulses(now=clock.now())
