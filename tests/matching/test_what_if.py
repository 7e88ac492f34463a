from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.factories import actor_for_person, make_adviser, make_learner, make_person
from viceversa.history.models import Entry
from viceversa.matching.actions.whatif import PinToTry, take_what_if, try_what_if
from viceversa.matching.jobs import solve_what_if
from viceversa.matching.models import Proposal, Round, WhatIf
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

Solve = Callable[[Round], Round]


def with_gap(round_: Round, gap: int) -> dict[str, Any]:
    rules = {**round_.settings["rules"], "min_rank_gap": gap}
    return {**round_.settings, "rules": rules}


def tried(round_: Round, by: Actor, now: datetime, **given: Any) -> WhatIf:
    given.setdefault("settings", round_.settings)
    what_if = try_what_if(round_=round_, by=by, now=now, **given)
    solve_what_if(what_if=what_if.pk)
    return WhatIf.objects.get(pk=what_if.pk)


def test_a_comparison_says_who_would_move_and_changes_nothing(
    programme: Programme, coordinator: Actor, solved: Callable[[], Round], now: datetime
) -> None:
    make_learner(programme, person=make_person("Tamsin Marlow", rank=5))
    make_adviser(programme, person=make_person("Juno Okapi", rank=1))
    make_learner(programme, person=make_person("Bram Lindqvist", rank=5))
    make_adviser(programme, person=make_person("Kit Tallow", rank=4))
    round_ = solved()
    before = set(Proposal.objects.values_list("learner", "adviser"))

    what_if = tried(round_, coordinator, now, settings=with_gap(round_, 1))

    assert what_if.state == WhatIf.State.READY
    assert (round_.summary["covered"], what_if.summary["covered"]) == (1, 2)
    assert what_if.moves_count == len(what_if.moves)
    assert [] in [move["before"] for move in what_if.moves]
    assert all(move["after"] for move in what_if.moves)
    assert set(Proposal.objects.values_list("learner", "adviser")) == before


def test_the_cost_of_a_pair_is_confirmed_by_solving_with_it_pinned(
    programme: Programme, coordinator: Actor, solved: Callable[[], Round], now: datetime
) -> None:
    learner = make_learner(programme)
    first, second = make_adviser(programme), make_adviser(programme)
    round_ = solved()
    other = second if Proposal.objects.get().adviser == first else first

    what_if = tried(round_, coordinator, now, pin=PinToTry(learner, other))

    assert what_if.moves == [
        {
            "learner": learner.person.name,
            "before": [Proposal.objects.get().adviser.person.name],
            "after": [other.person.name],
        }
    ]


def test_taking_a_comparison_changes_the_round_and_solves_it_again(
    programme: Programme,
    coordinator: Actor,
    solved: Callable[[], Round],
    solve_now: Solve,
    now: datetime,
) -> None:
    learner = make_learner(programme)
    first, second = make_adviser(programme), make_adviser(programme)
    round_ = solved()
    other = second if Proposal.objects.get().adviser == first else first
    what_if = tried(round_, coordinator, now, pin=PinToTry(learner, other))

    round_ = solve_now(take_what_if(what_if=what_if, by=coordinator, now=now))

    proposal = Proposal.objects.get()
    assert (proposal.adviser, proposal.is_pinned) == (other, True)
    assert round_.state == Round.State.READY
    assert "matching.what_if.taken" in Entry.objects.values_list("verb", flat=True)


def test_a_comparison_that_cannot_be_solved_says_why(
    programme: Programme, coordinator: Actor, solved: Callable[[], Round], now: datetime
) -> None:
    make_learner(programme)
    make_adviser(programme)
    round_ = solved()

    what_if = tried(round_, coordinator, now, settings=with_gap(round_, 9))

    assert what_if.state == WhatIf.State.FAILED
    assert "least rank gap" in what_if.failure


def test_a_comparison_is_answered_once(
    programme: Programme, coordinator: Actor, solved: Callable[[], Round], now: datetime
) -> None:
    make_learner(programme)
    make_adviser(programme)
    what_if = tried(solved(), coordinator, now)
    WhatIf.objects.filter(pk=what_if.pk).update(moves_count=7)

    solve_what_if(what_if=what_if.pk)

    what_if.refresh_from_db()
    assert what_if.moves_count == 7


def test_only_coordinators_compare_and_take(
    programme: Programme, coordinator: Actor, solved: Callable[[], Round], now: datetime
) -> None:
    make_learner(programme)
    make_adviser(programme)
    round_, stranger = solved(), actor_for_person(make_person())
    what_if = tried(round_, coordinator, now)

    with pytest.raises(NotAllowed):
        try_what_if(round_=round_, settings=round_.settings, by=stranger, now=now)
    with pytest.raises(NotAllowed):
        take_what_if(what_if=what_if, by=stranger, now=now)


def test_a_comparison_cannot_be_taken_twice(
    programme: Programme, coordinator: Actor, solved: Callable[[], Round], now: datetime
) -> None:
    make_learner(programme)
    make_adviser(programme)
    what_if = tried(solved(), coordinator, now)
    take_what_if(what_if=what_if, by=coordinator, now=now)
    what_if.refresh_from_db()

    with pytest.raises(Refused, match="no longer be taken"):
        take_what_if(what_if=what_if, by=coordinator, now=now)
