from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories import (
    actor_for_person,
    make_adviser,
    make_learner,
    make_partnership,
    make_person,
)
from viceversa.history.models import Entry
from viceversa.matching.actions.publishing import PeopleChanged, publish_round, undo_round
from viceversa.matching.actions.round import gather_again, gather_round, solve_again
from viceversa.matching.actions.wish import forbid_pair, pin_pair, release_pair
from viceversa.matching.jobs import solve_round
from viceversa.matching.models import Proposal, Round
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions import accept_partnership
from viceversa.partnerships.models import Partnership
from viceversa.people.models import KeepApart
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


Solve = Callable[[Round], Round]
Solved = Callable[[], Round]


def pairs(round_: Round) -> set[tuple[Any, Any]]:
    return {(row.learner, row.adviser) for row in Proposal.objects.filter(round=round_)}


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def test_a_round_is_gathered_solved_and_told(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)

    round_ = solved()

    assert (round_.number, round_.state) == (1, Round.State.READY)
    assert pairs(round_) == {(learner, adviser)}
    assert (round_.summary["covered"], round_.summary["looked_at"]) == (1, 1)
    assert round_.certificate["values"]["coverage"] == 1
    assert verbs() == ["matching.round.gathered", "matching.round.solved"]
    assert Notification.objects.get().kind == "matching.round_ready"


def test_the_parts_of_a_score_add_up_to_it(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)

    solved()

    proposal = Proposal.objects.get()
    assert 0 <= proposal.score - sum(proposal.parts.values()) < len(proposal.parts)
    assert proposal.reason.startswith("Teaches Short video")


def test_only_coordinators_gather(programme: Programme, now: datetime) -> None:
    make_learner(programme)
    make_adviser(programme)

    with pytest.raises(NotAllowed):
        gather_round(programme=programme, by=actor_for_person(make_person()), now=now)

    assert not Round.objects.exists()


def test_a_second_round_waits_for_the_first(
    programme: Programme, coordinator: Actor, now: datetime
) -> None:
    make_learner(programme)
    make_adviser(programme)
    gather_round(programme=programme, by=coordinator, now=now)

    with pytest.raises(Refused, match="Round 1 is not published yet"):
        gather_round(programme=programme, by=coordinator, now=now)


def test_a_programme_with_nobody_says_so(
    programme: Programme, coordinator: Actor, now: datetime
) -> None:
    with pytest.raises(Refused, match="Nobody is enrolled"):
        gather_round(programme=programme, by=coordinator, now=now)
    make_learner(programme)
    with pytest.raises(Refused, match="No adviser has a free place"):
        gather_round(programme=programme, by=coordinator, now=now)


def test_a_programme_with_nobody_to_match_says_which_rule_empties_it(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    make_learner(programme, person=make_person(rank=2))
    make_adviser(programme, person=make_person(rank=1))

    round_ = solved()

    assert round_.state == Round.State.FAILED
    assert "least rank gap 1" in round_.failure
    assert "Begin with “Least rank gap”" in round_.failure


def test_a_pin_that_a_rule_forbids_fails_with_names(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved, solve_now: Solve
) -> None:
    learner = make_learner(programme, person=make_person("Tamsin Marlow", rank=5))
    peer = make_adviser(programme, person=make_person("Kit Tallow", rank=4))
    make_adviser(programme)
    round_ = solved()

    pin_pair(round_=round_, learner=learner, adviser=peer, by=coordinator, now=now)
    round_ = solve_now(solve_again(round_=round_, by=coordinator, now=now))

    assert round_.state == Round.State.FAILED
    assert "Tamsin Marlow" in round_.failure
    assert "Kit Tallow" in round_.failure


def test_nobody_learns_from_a_failed_pin_that_two_are_kept_apart(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved, solve_now: Solve
) -> None:
    learner, other = make_learner(programme), make_adviser(programme)
    make_adviser(programme)
    KeepApart.objects.create(one=learner.person, other=other.person)
    round_ = solved()
    pin_pair(round_=round_, learner=learner, adviser=other, by=coordinator, now=now)

    apart = solve_now(solve_again(round_=round_, by=coordinator, now=now)).failure
    KeepApart.objects.all().delete()
    other.person.manager = learner.person
    other.person.save()
    in_line = solve_now(gather_again(round_=round_, by=coordinator, now=now)).failure

    assert apart == in_line
    assert "private limits" in apart


def test_a_pin_holds_and_a_forbidden_pair_is_gone(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved, solve_now: Solve
) -> None:
    learner = make_learner(programme)
    first, second = make_adviser(programme), make_adviser(programme)
    round_ = solved()
    proposed = Proposal.objects.get().adviser
    other = second if proposed == first else first

    forbid_pair(round_=round_, learner=learner, adviser=proposed, by=coordinator, now=now)
    round_ = solve_now(solve_again(round_=round_, by=coordinator, now=now))

    assert pairs(round_) == {(learner, other)}
    release_pair(round_=round_, learner=learner, adviser=proposed, by=coordinator, now=now)
    pin_pair(round_=round_, learner=learner, adviser=proposed, by=coordinator, now=now)
    round_ = solve_now(solve_again(round_=round_, by=coordinator, now=now))
    assert pairs(round_) == {(learner, proposed)}
    assert Proposal.objects.get().is_pinned


def test_a_wish_is_recorded_and_refused_to_others(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    round_ = solved()

    pin_pair(round_=round_, learner=learner, adviser=adviser, by=coordinator, now=now)

    assert verbs()[-1] == "matching.pair.pin"
    stranger = actor_for_person(make_person())
    with pytest.raises(NotAllowed):
        forbid_pair(round_=round_, learner=learner, adviser=adviser, by=stranger, now=now)
    with pytest.raises(Refused, match="do not take part in these roles"):
        pin_pair(round_=round_, learner=adviser, adviser=learner, by=coordinator, now=now)


def test_a_job_of_an_older_attempt_changes_nothing(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    round_ = solved()
    solve_again(round_=round_, by=coordinator, now=now)

    solve_round(round=round_.pk, attempt=1)

    round_.refresh_from_db()
    assert round_.state == Round.State.SOLVING


def test_a_job_that_runs_twice_leaves_one_set_of_proposals(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    round_ = solved()

    solve_round(round=round_.pk, attempt=round_.attempt)

    assert Proposal.objects.filter(round=round_).count() == 1
    assert verbs().count("matching.round.solved") == 1


def test_publishing_makes_partnerships_tells_both_and_starts_the_programme(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    round_ = solved()
    Notification.objects.all().delete()

    publish_round(round_=round_, by=coordinator, now=now)

    partnership = Partnership.objects.get()
    assert (partnership.learner, partnership.adviser) == (learner, adviser)
    assert partnership.state == Partnership.State.PROPOSED
    told = Notification.objects.filter(kind="partnerships.proposed")
    assert {row.person for row in told} == {learner.person, adviser.person}
    programme.refresh_from_db()
    assert programme.state == Programme.State.RUNNING
    assert "matching.round.published" in verbs()


def test_only_coordinators_publish(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    round_ = solved()

    with pytest.raises(NotAllowed):
        publish_round(round_=round_, by=actor_for_person(make_person()), now=now)

    assert not Partnership.objects.exists()


def test_a_round_is_published_once(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    round_ = solved()
    publish_round(round_=round_, by=coordinator, now=now)

    with pytest.raises(Refused, match="Cleo Ordway has just published Round 1"):
        publish_round(round_=round_, by=coordinator, now=now)

    assert Partnership.objects.count() == 1


def test_publishing_is_refused_when_people_changed_and_says_what(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    learner = make_learner(programme, person=make_person("Tamsin Marlow", rank=5))
    adviser = make_adviser(programme, person=make_person("Kit Tallow", rank=1))
    round_ = solved()
    make_adviser(programme, person=make_person("Mira Ibis", rank=1))
    learner.wants.all().delete()
    adviser.person.manager = make_person("Boss", rank=6)
    adviser.person.save()

    with pytest.raises(PeopleChanged) as refused:
        publish_round(round_=round_, by=coordinator, now=now)

    assert refused.value.changes == [
        "Mira Ibis joined.",
        "Tamsin Marlow: wants changed.",
        "Kit Tallow has another manager.",
    ]
    assert not Partnership.objects.exists()


def test_a_new_limit_between_two_people_is_noticed_but_not_told(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    round_ = solved()
    KeepApart.objects.create(one=learner.person, other=adviser.person)

    with pytest.raises(PeopleChanged) as refused:
        publish_round(round_=round_, by=coordinator, now=now)

    assert refused.value.changes == ["Private limits changed."]


def test_gathering_again_makes_it_publishable(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved, solve_now: Solve
) -> None:
    make_learner(programme)
    make_adviser(programme)
    round_ = solved()
    make_adviser(programme)

    round_ = solve_now(gather_again(round_=round_, by=coordinator, now=now + timedelta(hours=1)))

    assert publish_round(round_=round_, by=coordinator, now=now) == 1


def test_an_undone_round_takes_everything_back(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    served = make_learner(programme, times_left_out=2)
    left = make_learner(programme)
    make_adviser(programme)
    round_ = solved()
    publish_round(round_=round_, by=coordinator, now=now)
    served.refresh_from_db()
    left.refresh_from_db()
    assert (served.times_left_out, left.times_left_out) == (0, 1)

    undo_round(round_=round_, by=coordinator, now=now)

    served.refresh_from_db()
    left.refresh_from_db()
    assert (served.times_left_out, left.times_left_out) == (2, 0)
    assert Partnership.objects.get().state == Partnership.State.WITHDRAWN
    assert Round.objects.get().state == Round.State.UNDONE
    assert Notification.objects.filter(kind="partnerships.not_taken").count() == 2


def test_nothing_is_undone_once_somebody_has_answered(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    learner = make_learner(programme)
    make_adviser(programme)
    round_ = solved()
    publish_round(round_=round_, by=coordinator, now=now)
    accept_partnership(
        partnership=Partnership.objects.get(), by=actor_for_person(learner.person), now=now
    )

    with pytest.raises(Refused, match="already answered"):
        undo_round(round_=round_, by=coordinator, now=now)


def test_a_place_in_use_is_not_given_twice_and_partners_are_not_proposed_again(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    learner, other = make_learner(programme, demand=2), make_learner(programme)
    adviser = make_adviser(programme, capacity=2)
    make_partnership(programme, learner=learner, adviser=adviser)

    round_ = solved()

    assert pairs(round_) == {(other, adviser)}
    assert round_.summary["gathered"] == {
        "learners": 2,
        "advisers": 1,
        "wanted": 2,
        "offered": 1,
    }


def test_whoever_was_left_out_comes_first_next_time(
    programme: Programme, coordinator: Actor, now: datetime, solved: Solved
) -> None:
    make_learner(programme)
    patient = make_learner(programme, times_left_out=1)
    adviser = make_adviser(programme)

    round_ = solved()

    assert pairs(round_) == {(patient, adviser)}
