from viceversa.safeguarding.actions.handling import forget_concerns, send_round
from viceversa.toolkit import clock


def tend() -> None:
    now = clock.now()
    send_round(now=now)
    forget_concerns(now=now)
