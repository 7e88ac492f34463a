"""What happens later in matching. Every job may run twice without harm."""

from viceversa.matching.actions import answer, solving, whatif
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system


def solve_round(*, round: int, attempt: int) -> None:
    by = system("the matching engine", via="job")
    solving.solve_round(round_id=round, attempt=attempt, by=by)


def solve_what_if(*, what_if: int) -> None:
    whatif.solve_what_if(what_if_id=what_if)


def expire_asks() -> None:
    """In batches, until none is late."""
    while answer.expire_asks(now=clock.now()):
        pass
