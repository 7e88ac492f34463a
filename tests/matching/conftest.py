from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from tests.factories import actor_for_person, make_coordinator, make_person, make_programme
from viceversa.matching.actions.round import gather_round
from viceversa.matching.jobs import solve_round
from viceversa.matching.models import Round
from viceversa.matching.queries.known import forget
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """Numbers of rounds come again in the next test, with other people."""
    forget()
    yield
    forget()


@pytest.fixture
def programme(db: None) -> Programme:
    return make_programme(state="matching", min_rank_gap=2)


@pytest.fixture
def coordinator(programme: Programme) -> Actor:
    return actor_for_person(make_coordinator(programme, make_person("Cleo Ordway")))


@pytest.fixture
def solve_now() -> Callable[[Round], Round]:
    """Runs the job of a round that waits for it."""

    def solve(round_: Round) -> Round:
        waiting = Round.objects.get(pk=round_.pk)
        solve_round(round=waiting.pk, attempt=waiting.attempt)
        return Round.objects.select_related("programme").get(pk=round_.pk)

    return solve


@pytest.fixture
def solved(
    programme: Programme, coordinator: Actor, solve_now: Callable[[Round], Round], now: datetime
) -> Callable[[], Round]:
    """A new round of the programme, ready to review."""

    def make() -> Round:
        return solve_now(gather_round(programme=programme, by=coordinator, now=now))

    return make
