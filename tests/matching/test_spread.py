"""Two to three advisers at different career stages, one of them from another field."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_adviser,
    make_choosing_programme,
    make_learner,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from viceversa.matching.actions.ask import send_asks
from viceversa.matching.models import Ask, Proposal, Round
from viceversa.matching.queries.settings import settings_of
from viceversa.matching.queries.shortlist import short_list
from viceversa.matching.queries.snapshot import snapshot_of
from viceversa.matching.rules.refusal import rules_between
from viceversa.matching.rules.snapshot import fingerprint, what_changed
from viceversa.people.models import Level, Unit
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.errors import Refused

pytestmark = pytest.mark.django_db
SPREAD = {"advisers_per_learner": 3, "same_unit_allowed": True}


def unit(name: str) -> Unit:
    return Unit.objects.get_or_create(name=name)[0]


def adviser(programme: Programme, *, rank: int | None = 1, field: str = "") -> Enrolment:
    person = make_person(rank=rank, unit=unit(field) if field else None)
    return make_adviser(programme, person=person)


def learner(programme: Programme, *, demand: int = 2, field: str = "Sales") -> Enrolment:
    return make_learner(programme, person=make_person(rank=5, unit=unit(field)), demand=demand)


def given_to(round_: Round, enrolment: Enrolment) -> set[Enrolment]:
    rows = Proposal.objects.filter(round=round_, learner=enrolment).select_related("adviser")
    return {row.adviser for row in rows}


def between(one: Enrolment, other: Enrolment) -> list[str]:
    """What the review answers to: why not these two?"""
    programme = one.programme
    pair = (one.person.external_id, other.person.external_id)
    snapshot = snapshot_of(programme, on=date(2026, 1, 5))
    return rules_between(snapshot, settings_of(programme), pair)


def set_up(programme: Programme, **fields: Any) -> None:
    Programme.objects.filter(pk=programme.pk).update(**SPREAD, **fields)
    programme.refresh_from_db()


def test_a_round_gives_two_to_three_advisers_at_different_stages_and_one_of_another_field(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    set_up(programme, different_stages=True, one_from_other_field=True)
    one = learner(programme, demand=3)
    for rank in (1, 1, 2, 2, 3, 3):
        adviser(programme, rank=rank, field="Sales")
    other = adviser(programme, rank=2, field="Research")

    given = given_to(solved(), one)

    assert sorted(row.person.level.rank for row in given if row.person.level) == [1, 2, 3]
    assert other in given


def test_without_anybody_from_another_field_one_place_stays_empty(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    set_up(programme, one_from_other_field=True)
    one = learner(programme)
    for _number in range(3):
        adviser(programme, field="Sales")

    assert len(given_to(solved(), one)) == 1


def test_a_programme_that_does_not_ask_for_another_field_fills_every_place(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    set_up(programme)
    one = learner(programme)
    for _number in range(3):
        adviser(programme, field="Sales")

    assert len(given_to(solved(), one)) == 2


def test_a_stage_already_held_is_not_given_again(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    set_up(programme, different_stages=True)
    one = learner(programme)
    make_partnership(programme, learner=one, adviser=adviser(programme, rank=1))
    same, other = adviser(programme, rank=1), adviser(programme, rank=2)

    given = given_to(solved(), one)

    assert given == {other}
    assert between(one, same) == [
        "The learner already has an adviser at this career stage; this programme gives each "
        "learner advisers at different stages."
    ]


def test_a_stage_is_free_again_when_the_partnership_has_ended(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    set_up(programme, different_stages=True)
    one = learner(programme, demand=1)
    make_partnership(programme, learner=one, adviser=adviser(programme, rank=1), state="ended")
    same = adviser(programme, rank=1)

    assert given_to(solved(), one) == {same}


def test_the_last_place_goes_to_another_field_when_nobody_held_is_from_one(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    set_up(programme, one_from_other_field=True)
    one = learner(programme)
    make_partnership(programme, learner=one, adviser=adviser(programme, field="Sales"))
    own, other = adviser(programme, field="Sales"), adviser(programme, field="Research")

    assert given_to(solved(), one) == {other}
    assert between(one, own) == [
        "All advisers the learner has come from the learner's own field; the last place is for "
        "somebody from another field."
    ]


def test_the_last_place_is_open_to_the_own_field_when_another_is_there_already(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    set_up(programme, one_from_other_field=True)
    one = learner(programme)
    make_partnership(programme, learner=one, adviser=adviser(programme, field="Research"))
    own = adviser(programme, field="Sales")

    assert given_to(solved(), one) == {own}


def test_a_partner_who_is_promoted_makes_a_gathered_round_out_of_date(
    programme: Programme,
) -> None:
    one, held = learner(programme), adviser(programme, rank=1)
    make_partnership(programme, learner=one, adviser=held)
    Enrolment.objects.filter(pk=held.pk).update(state=Enrolment.State.WITHDRAWN)
    before = snapshot_of(programme, on=date(2026, 1, 5))
    Level.objects.filter(rank=1).update(name="Senior associate")

    after = snapshot_of(programme, on=date(2026, 1, 5))

    assert fingerprint(before) != fingerprint(after)
    assert what_changed(before, after) == ["The level or unit of somebody's partner changed."]


def test_two_of_one_stage_are_not_chosen_and_the_sentence_says_what_to_do(now: datetime) -> None:
    programme = make_choosing_programme(different_stages=True, **SPREAD)
    one = learner(programme)
    first, second = adviser(programme, rank=1), adviser(programme, rank=1)

    with pytest.raises(Refused) as refused:
        send(one, [first, second], now)

    assert refused.value.sentence == (
        f"{first.person} and {second.person} are both at the career stage Level 1. In this "
        "programme your advisers are at different stages: keep one of the two and choose "
        "somebody at another."
    )
    assert not Ask.objects.exists()


def test_a_stage_held_is_neither_on_the_short_list_nor_chosen(now: datetime) -> None:
    programme = make_choosing_programme(different_stages=True, **SPREAD)
    one = learner(programme)
    make_partnership(programme, learner=one, adviser=adviser(programme, rank=1))
    same, other = adviser(programme, rank=1), adviser(programme, rank=2)

    assert [choice.enrolment for choice in short_list(one)] == [other]
    with pytest.raises(Refused, match="like an adviser you already have"):
        send(one, [same], now)


def test_advisers_at_different_or_unknown_stages_are_chosen_together(now: datetime) -> None:
    programme = make_choosing_programme(
        different_stages=True, min_rank_gap=0, outside_guests=True, **SPREAD
    )
    one = learner(programme)
    guests = [adviser(programme, rank=None), adviser(programme, rank=None)]

    assert len(send(one, [*guests, adviser(programme, rank=2)], now)) == 3


def test_a_list_without_anybody_from_another_field_is_refused_while_one_is_offered(
    now: datetime,
) -> None:
    programme = make_choosing_programme(one_from_other_field=True, **SPREAD)
    one = learner(programme)
    own = [adviser(programme, field="Sales") for _number in range(2)]
    other = adviser(programme, field="Research")

    with pytest.raises(Refused) as refused:
        send(one, own, now)

    assert refused.value.sentence == (
        "Everybody you chose is from your own field, Sales. One of your advisers comes from "
        f"another: choose one more or exchange one, for example for {other.person}."
    )
    assert len(send(one, [*own, other], now)) == 3


def test_the_own_field_is_chosen_when_nobody_else_is_offered_or_one_adviser_is_enough(
    now: datetime,
) -> None:
    programme = make_choosing_programme(one_from_other_field=True, **SPREAD)
    own = [adviser(programme, field="Sales") for _number in range(2)]
    nobody_else, one_only, first_of_two = (
        learner(programme),
        learner(programme, demand=1),
        learner(programme),
    )

    assert len(send(nobody_else, own, now)) == 2
    adviser(programme, field="Research")
    assert len(send(one_only, own, now)) == 2
    assert len(send(first_of_two, own[:1], now)) == 1


def test_for_the_last_place_only_other_fields_are_chosen(now: datetime) -> None:
    programme = make_choosing_programme(one_from_other_field=True, **SPREAD)
    one = learner(programme)
    make_partnership(programme, learner=one, adviser=adviser(programme, field="Sales"))
    own, other = adviser(programme, field="Sales"), adviser(programme, field="Research")

    with pytest.raises(Refused, match="choose only people from other fields"):
        send(one, [own, other], now)
    assert len(send(one, [other], now)) == 1


def test_the_short_list_page_says_stage_and_field_and_keeps_a_refused_choice(
    signed_in: Callable[..., Client],
) -> None:
    programme = make_choosing_programme(different_stages=True, one_from_other_field=True, **SPREAD)
    one = learner(programme)
    first, second = (adviser(programme, rank=1, field="Sales") for _number in range(2))
    adviser(programme, rank=2, field="Research")
    address = reverse("matching:choose", args=[programme.slug])
    client = signed_in(make_user(one.person))

    page = client.get(address).content.decode()
    answer = client.post(address, {"first": first.key, "second": second.key, "third": ""})

    assert page.count("Career stage: Level 1 · your own field") == 2
    assert "Career stage: Level 2 · another field" in page
    assert answer.status_code == 422
    assert "are both at the career stage Level 1" in answer.content.decode()
    assert not Ask.objects.exists()


def test_guests_without_a_level_are_matched_when_no_gap_is_asked_for(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    set_up(programme, min_rank_gap=0, outside_guests=True)
    one = learner(programme)
    guest = adviser(programme, rank=None)

    assert given_to(solved(), one) == {guest}


@pytest.mark.parametrize(
    ("gap", "guests", "kept"), [(0, True, None), (0, False, 0), (1, True, 1), (2, False, 2)]
)
def test_the_gap_is_left_out_for_guests_only_and_only_at_nothing(
    gap: int, guests: bool, kept: int | None
) -> None:
    programme = make_programme(min_rank_gap=gap, outside_guests=guests)

    assert settings_of(programme)["rules"]["min_rank_gap"] == kept


def send(one: Enrolment, advisers: list[Enrolment], now: datetime) -> list[Ask]:
    return send_asks(learner=one, advisers=advisers, by=actor_for_person(one.person), now=now)
