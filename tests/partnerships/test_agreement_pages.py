"""The pages of the agreement, by way of a browser without scripts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_partnership,
    make_person,
    make_user,
)
from tests.factories.agreement import answer, make_agreement, make_draft
from viceversa.partnerships.actions.signing import change_terms
from viceversa.partnerships.models import Agreement, AgreementPart, Partnership
from viceversa.people.models import Person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
WORDS = ("Twenty years in sales.", "Stop me when I lecture.", "Judge a film", "I make them.")
STEPS = {
    "you": {
        "background": "Twenty years in sales.",
        "expects": "We answer within two days.",
        "implied": "Newcomers keep quiet in meetings.",
    },
    "aims": {"aims": "Understand it.", "outcomes": "Judge a film\nFilm one", "engagement": "short"},
    "leave": {"directive": "on", "words": "Stop me when I lecture."},
    "trust": {"confidentiality": "goals", "off_limits": "Pay."},
    "meet": {"every_days": 7, "minutes": 30, "channel": "video", "place": "Online"},
    "back": {"return_stream": "A seat at the rehearsal."},
}


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> ClientOf:
    return lambda person: signed_in(make_user(person))


def to(name: str, partnership: Partnership, *args: Any) -> str:
    return reverse(f"partnerships:{name}", args=[partnership.key, *args])


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_two_people_answer_apart_read_side_by_side_and_sign(client_of: ClientOf) -> None:
    partnership = make_partnership(state="accepted")
    learner, adviser = (client_of(partnership.person_on(side)) for side in ("learner", "adviser"))
    page = to("agreement", partnership)

    for client, side in ((learner, "learner"), (adviser, "adviser")):
        for step, data in STEPS.items():
            if side == "learner" or step != "leave":
                answered = client.post(to("agreement_step", partnership, step), data)
                assert answered.status_code == 302, (side, step)
        assert client.post(to("agreement_hand_in", partnership)).status_code == 302
    assert "Reply to each" in text(adviser, page)
    replies = {"reply_0": "can", "words_0": "", "reply_1": "cannot", "words_1": "Ask Kit."}
    adviser.post(to("agreement_replies", partnership), replies)
    both_sides = text(learner, page)
    for words in ("Twenty years in sales.", "We answer within", "Newcomers keep quiet"):
        assert both_sides.count(words) == 2
    assert "Ask Kit." in both_sides
    learner.post(to("agreement_together", partnership))
    for client in (learner, adviser):
        assert "Sign version 1" in text(client, page)
        signed = client.post(to("agreement_sign", partnership), {"version": 1, "commits": "on"})
        assert signed.status_code == 302

    agreed = text(adviser, page)
    assert "What you two agreed" in agreed
    for words in ("Newcomers keep quiet", "Judge a film", "A seat at the rehearsal.", "Pay."):
        assert words in agreed
    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.ACTIVE


def test_the_page_says_what_is_missing_and_whose_turn_it_is(client_of: ClientOf) -> None:
    partnership = make_partnership(
        state="accepted",
    )
    answer(partnership, "learner")
    overview = to("detail", partnership)
    adviser = partnership.adviser.person

    for person, whose in (
        (partnership.learner.person, adviser.name),
        (adviser, "you"),
        (make_coordinator(partnership.programme), adviser.name),
    ):
        seen = client_of(person).get(overview)
        missing = {(one.what, one.who) for one in seen.context["path"].missing}
        assert missing == {("purpose", whose), ("confidentiality", whose)}
        assert f"missing: {whose}" in seen.content.decode()


def test_a_step_with_an_error_says_so_and_keeps_what_was_typed(client_of: ClientOf) -> None:
    partnership = make_partnership(state="accepted")
    learner = client_of(partnership.learner.person)
    address = to("agreement_step", partnership, "leave")

    answered = learner.post(address, {"words": "Be frank with me."})

    assert answered.status_code == 422
    page = answered.content.decode()
    assert "Give leave for at least one" in page
    assert "Be frank with me." in page
    assert not AgreementPart.objects.exists()


@pytest.mark.parametrize(
    ("step", "data", "why"),
    [
        ("aims", {"aims": "A", "outcomes": "\n".join("abcdef"), "engagement": "long"}, "Five"),
        ("aims", {"aims": "A", "outcomes": " \n-\n", "engagement": "long"}, "at least one"),
        ("aims", {"aims": "A", "outcomes": "x" * 201, "engagement": "long"}, "200"),
        ("meet", {**STEPS["meet"], "ends_on": "2001-01-01"}, "still to come"),
        ("trust", {"confidentiality": "everything"}, "Choose one of those that are offered"),
        ("you", {"background": "x" * 1001}, "1000"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(
    step: str, data: dict[str, Any], why: str, client_of: ClientOf
) -> None:
    partnership = make_partnership(state="accepted")
    learner = client_of(partnership.learner.person)

    answered = learner.post(to("agreement_step", partnership, step), data)

    assert answered.status_code == 422
    assert why in answered.content.decode()


def test_the_place_is_never_the_learners_office_by_itself(client_of: ClientOf) -> None:
    partnership = make_partnership(state="accepted")
    partnership.learner.comfort_format = "person"
    partnership.learner.save()
    learner = client_of(partnership.learner.person)

    form = learner.get(to("agreement_step", partnership, "meet")).context["form"]

    assert form.initial["place"] == "A small meeting room that is neither's office"


def test_signing_what_was_changed_in_between_shows_what_changed(
    client_of: ClientOf, now: datetime
) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_draft(partnership)
    by = actor_for_person(partnership.adviser.person)
    seen = draft.version
    changes = {"place": "The library"}
    change_terms(partnership=partnership, seen=seen, changes=changes, by=by, now=now)
    learner = client_of(partnership.learner.person)

    answered = learner.post(to("agreement_sign", partnership), {"version": seen, "commits": "on"})

    assert answered.status_code == 409
    page = answered.content.decode()
    assert "changed in between" in page
    changed = [(line.before, line.text) for line in answered.context["changes"]]
    assert changed == [("Online", "The library")]


def test_a_change_shows_old_and_new_and_the_old_version_stays_readable(
    client_of: ClientOf,
) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership)
    learner = client_of(partnership.learner.person)
    posted = {"version": 1, **STEPS["meet"], "minutes": 45}

    learner.post(to("agreement_change", partnership, "meet"), posted)

    adviser = client_of(partnership.adviser.person)
    seen = adviser.get(to("agreement", partnership))
    assert ("30 minutes", "45 minutes") in {
        (line.before, line.text) for line in seen.context["changes"]
    }
    assert "30 minutes" in text(adviser, to("agreement_version", partnership, 1))


def test_a_change_to_what_was_replaced_meanwhile_is_not_lost_in_silence(
    client_of: ClientOf,
) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership)
    learner = client_of(partnership.learner.person)
    address = to("agreement_change", partnership, "meet")
    learner.post(address, {"version": 1, **STEPS["meet"], "minutes": 45})

    answered = learner.post(address, {"version": 1, **STEPS["meet"], "minutes": 60})

    assert answered.status_code == 409
    assert Agreement.objects.count() == 2


def test_only_the_learner_finds_the_page_of_the_permission(client_of: ClientOf) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership)
    address = to("agreement_change", partnership, "leave")

    assert client_of(partnership.learner.person).get(address).status_code == 200
    assert client_of(partnership.adviser.person).get(address).status_code == 404


ADDRESSES = [
    ("detail",),
    ("agreement",),
    ("agreement_step", "you"),
    ("agreement_change", "meet"),
    ("agreement_version", 1),
    ("agreement_raise",),
    ("agreement_replies",),
    ("pause",),
    ("leave",),
]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[0])
def test_coordinators_administrators_and_operators_read_no_content(
    address: tuple[Any, ...], client_of: ClientOf, signed_in: Callable[..., Client]
) -> None:
    partnership = make_partnership(state="accepted")
    make_draft(partnership)
    roles = ("operator", "directory_administrator", "safeguarding_contact")
    coordinator = make_coordinator(partnership.programme)
    everybody = [client_of(coordinator), signed_in(make_user(make_person(), roles=roles))]

    for client in everybody:
        answered = client.get(to(address[0], partnership, *address[1:]))
        page = answered.content.decode()
        assert not [words for words in WORDS if words in page]
        if address[0] != "detail":
            assert answered.status_code == 404


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[0])
@pytest.mark.parametrize("side", ["learner", "adviser"])
def test_whoever_writes_themselves_into_the_partnership_reads_no_content(
    side: str, address: tuple[Any, ...], client_of: ClientOf
) -> None:
    partnership = make_partnership(state="accepted")
    make_draft(partnership)
    intruder = make_person()
    enrolment = getattr(partnership, side)
    type(enrolment).objects.filter(pk=enrolment.pk).update(person=intruder)

    answered = client_of(intruder).get(to(address[0], partnership, *address[1:]))

    page = answered.content.decode()
    assert not [words for words in WORDS if words in page]
    if address[0].startswith("agreement"):
        assert answered.status_code == 403
        assert "a key that you do not hold" in page


def test_everything_to_post_is_closed_to_others(client_of: ClientOf) -> None:
    partnership = make_partnership(state="accepted")
    make_draft(partnership)
    stranger = client_of(make_coordinator(partnership.programme))
    names = ["agreement_hand_in", "agreement_together", "agreement_sign", "agreement_set_aside"]

    for name in [*names, "pause", "resume", "leave", "start_closing", "keep_going"]:
        answered = stranger.post(to(name, partnership), {"version": 1, "commits": "on"})
        assert answered.status_code == 404, name

    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.PREPARING
    assert Agreement.objects.get().learner_signed_at is None


def test_pages_ask_the_same_number_of_queries_whatever_the_number_of_versions(
    client_of: ClientOf, now: datetime
) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership)
    learner = client_of(partnership.learner.person)
    by = actor_for_person(partnership.learner.person)
    addresses = [to("agreement", partnership), to("detail", partnership)]

    def queries() -> list[int]:
        numbers = []
        for address in addresses:
            learner.get(address)
            with CaptureQueriesContext(connection) as captured:
                learner.get(address)
            numbers.append(len(captured))
        return numbers

    change_terms(partnership=partnership, seen=1, changes={"minutes": 15}, by=by, now=now)
    few = queries()
    for version in range(2, 12):
        changes = {"minutes": 10 + version}
        change_terms(partnership=partnership, seen=version, changes=changes, by=by, now=now)

    assert queries() == few
    assert max(few) <= 25, few


def test_a_pause_and_an_exit_by_their_pages(client_of: ClientOf) -> None:
    partnership = make_partnership(state="active")
    learner = client_of(partnership.learner.person)
    adviser = client_of(partnership.adviser.person)

    assert learner.post(to("pause", partnership), {"until": ""}).status_code == 302
    assert "Go on now" in text(adviser, to("detail", partnership))
    adviser.post(to("resume", partnership))
    learner.post(to("leave", partnership))

    page = text(adviser, to("detail", partnership))
    assert "has ended, without fault on either side" in page
    assert "End without fault" not in page


@pytest.mark.parametrize("state", Partnership.State.values)
def test_every_state_has_words_for_the_two_and_for_coordinators(
    state: str, client_of: ClientOf
) -> None:
    partnership = make_partnership(state=state)
    people = [partnership.learner.person, make_coordinator(partnership.programme)]

    for person in people:
        client = client_of(person)
        page = text(client, to("detail", partnership))
        is_over_early = state in {"declined"}
        assert ("will not happen" in page) == is_over_early
    listed = client_of(people[0]).get(reverse("partnerships:list")).content.decode()
    assert partnership.adviser.person.name in listed


@pytest.mark.parametrize("state", ["paused", "completed", "ended"])
def test_nobody_fills_in_a_change_that_would_be_refused(state: str, client_of: ClientOf) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership)
    type(partnership).objects.filter(pk=partnership.pk).update(state=state)

    change = client_of(partnership.learner.person).get(to("agreement_change", partnership, "meet"))

    assert (change.status_code, change["Location"]) == (302, to("agreement", partnership))
