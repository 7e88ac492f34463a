"""The board of tips: who writes and reads, who is thanked, what is taken away."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_person,
    make_programme,
    make_skill,
    make_user,
)
from tests.factories.community import make_tip
from viceversa.community.actions.tip import (
    hide_tip,
    remove_tip,
    show_tip_again,
    thank_for_tip,
    write_tip,
)
from viceversa.community.models import Thank, Tip
from viceversa.history.models import Entry
from viceversa.notifications.models import Delivery, Notification
from viceversa.programmes.models import Programme, Standing
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
TEXT = "Mute the sound and watch your film once more."


@pytest.fixture
def programme() -> Programme:
    return make_programme(state="running")


def address(programme: Programme, *parts: str) -> str:
    return f"/programmes/{programme.slug}/community/tips/" + "".join(f"{part}/" for part in parts)


def member(programme: Programme, **fields: Any) -> Any:
    return make_enrolment(programme, **(fields or {"learner": True})).person


def test_an_adviser_writes_a_tip_on_a_topic_and_a_learner_reads_it(
    signed_in: SignedIn, programme: Programme
) -> None:
    make_skill("Short video")
    writer = signed_in(make_user(member(programme, adviser=True)))

    answer = writer.post(address(programme, "new"), {"text": TEXT, "topic": "short VIDEO"})
    read = signed_in(make_user(member(programme))).get(address(programme)).content.decode()

    assert (answer.status_code, answer["Location"]) == (302, address(programme))
    assert TEXT in read
    assert "Tips and tricks · Short video" in read
    assert "Everyone in this programme can read this" in read
    assert Tip.objects.get().stream == "given"


def test_learners_and_sponsors_write_how_things_work_and_nobody_writes_the_others_stream(
    programme: Programme, now: datetime
) -> None:
    sponsor = make_person()
    Standing.objects.create(programme=programme, person=sponsor, role="sponsor")
    for person in (member(programme), sponsor):
        assert make_tip(programme, author=person, stream="returned").tone == "ember"
        with pytest.raises(Refused, match="Advisers write tips and tricks"):
            make_tip(programme, author=person, stream="given")
    with pytest.raises(Refused):
        make_tip(programme, author=member(programme, adviser=True), stream="returned")


def test_whoever_is_both_is_asked_which_kind_it_is(
    signed_in: SignedIn, programme: Programme
) -> None:
    client = signed_in(make_user(member(programme, learner=True, adviser=True)))

    unanswered = client.post(address(programme, "new"), {"text": TEXT})
    answered = client.post(address(programme, "new"), {"text": TEXT, "stream": "returned"})

    assert (unanswered.status_code, answered.status_code) == (422, 302)
    assert Tip.objects.get().stream == "returned"


def test_a_topic_that_nobody_knows_is_answered_with_what_to_do(
    signed_in: SignedIn, programme: Programme
) -> None:
    client = signed_in(make_user(member(programme, adviser=True)))

    answer = client.post(address(programme, "new"), {"text": TEXT, "topic": "Levitation"})

    assert answer.status_code == 422
    assert "Choose one of the list, or leave it empty." in answer.content.decode()
    assert not Tip.objects.exists()


@pytest.mark.parametrize("state", ["invited", "declined", "withdrawn", "waiting"])
def test_who_does_not_take_part_finds_what_a_stranger_finds(
    signed_in: SignedIn, programme: Programme, state: str
) -> None:
    tip = make_tip(programme)
    outside = make_enrolment(programme, learner=True, state=state).person
    for person in (outside, make_person()):
        client = signed_in(make_user(person))
        here, nowhere = client.get(address(programme)), client.get("/programmes/no/community/tips/")

        assert here.status_code == nowhere.status_code == 404
        assert _without_keys(here) == _without_keys(nowhere)
        assert client.post(address(programme, tip.key, "thank")).status_code == 404
    assert not Thank.objects.exists()


def _without_keys(answer: Any) -> str:
    """What the page says, without the frame that changes with each request."""
    return str(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def test_a_tip_of_another_programme_is_not_there(signed_in: SignedIn, programme: Programme) -> None:
    elsewhere = make_tip(make_programme(state="running"))
    client = signed_in(make_user(member(programme)))

    assert elsewhere.text not in client.get(address(programme)).content.decode()
    for what in ("thank", "remove", "hide", "show-again"):
        assert client.post(address(programme, elsewhere.key, what)).status_code == 404


def test_tips_are_found_by_words_in_any_case_by_stream_and_by_topic(
    signed_in: SignedIn, programme: Programme
) -> None:
    topic = make_skill("Professional networks")
    make_tip(programme, text="Über Bilder: ZUERST der Mensch.", topic=topic)
    leader = member(programme)
    make_tip(programme, author=leader, stream="returned", text="Ask the assistant first.")
    client = signed_in(make_user(leader))

    def found(query: str) -> tuple[bool, bool]:
        page = client.get(address(programme) + query).content.decode()
        return "ZUERST" in page, "Ask the assistant" in page

    assert found("?q=über+zuerst") == (True, False)
    assert found("?q=networks") == (True, False)
    assert found("?stream=returned") == (False, True)
    assert found("?topic=professional-networks") == (True, False)
    assert found("?q=nothing-like-it") == (False, False)
    assert found("?stream=broken&topic=%00") == (True, True)


def test_only_the_author_sees_how_many_said_thank_you(
    signed_in: SignedIn, programme: Programme, now: datetime
) -> None:
    tip = make_tip(programme)
    for _turn in range(2):
        person = member(programme)
        for _again in range(2):
            thank_for_tip(tip=tip, by=actor_for_person(person), now=now)

    theirs = signed_in(make_user(person)).get(address(programme)).content.decode()
    mine = signed_in(make_user(tip.author)).get(address(programme)).content.decode()

    assert "2 people thanked you" in mine
    assert "thanked you" not in theirs
    assert "You said thank you" in theirs
    assert Notification.objects.filter(person=tip.author).count() == 2
    assert not Delivery.objects.exists(), "by e-mail for those who choose it"


def test_nobody_thanks_oneself_or_for_what_is_hidden(programme: Programme, now: datetime) -> None:
    tip = make_tip(programme)
    coordinator = actor_for_person(make_coordinator(programme))
    with pytest.raises(Refused, match="yours"):
        thank_for_tip(tip=tip, by=actor_for_person(tip.author), now=now)
    hide_tip(tip=tip, reason="It names a client.", by=coordinator, now=now)
    tip.refresh_from_db()
    with pytest.raises(Refused, match="hidden"):
        thank_for_tip(tip=tip, by=coordinator, now=now)


def test_the_author_alone_takes_a_tip_away(
    signed_in: SignedIn, programme: Programme, now: datetime
) -> None:
    tip = make_tip(programme)
    coordinator = make_coordinator(programme)
    with pytest.raises(NotAllowed):
        remove_tip(tip=tip, by=actor_for_person(coordinator), now=now)

    answer = signed_in(make_user(tip.author)).post(address(programme, tip.key, "remove"))

    assert answer.status_code == 302
    assert not Tip.objects.exists()


def test_a_hidden_tip_is_read_by_its_author_with_the_reason_and_by_coordinators_only(
    signed_in: SignedIn, programme: Programme
) -> None:
    tip = make_tip(programme, text=TEXT)
    coordinator = signed_in(make_user(make_coordinator(programme)))
    reader = signed_in(make_user(member(programme)))
    author = signed_in(make_user(tip.author))
    reason = "It names a client."

    empty = coordinator.post(address(programme, tip.key, "hide"), {"reason": " "})
    answer = coordinator.post(address(programme, tip.key, "hide"), {"reason": reason})

    assert (empty.status_code, answer.status_code) == (422, 302)
    pages = [one.get(address(programme)).content.decode() for one in (coordinator, author, reader)]
    assert [TEXT in page for page in pages] == [True, True, False]
    assert [reason in page for page in pages] == [True, True, False]
    line = Notification.objects.get(person=tip.author)
    assert (line.title, reason in line.body) == ("Your tip is hidden from the others", True)

    coordinator.post(address(programme, tip.key, "show-again"))
    assert TEXT in reader.get(address(programme)).content.decode()


def test_only_coordinators_hide_and_show_again(
    signed_in: SignedIn, programme: Programme, now: datetime
) -> None:
    tip, other = make_tip(programme), member(programme)
    for act in (
        lambda: hide_tip(tip=tip, reason="No.", by=actor_for_person(other), now=now),
        lambda: show_tip_again(tip=tip, by=actor_for_person(other), now=now),
    ):
        with pytest.raises(NotAllowed):
            act()
    page = signed_in(make_user(other)).get(address(programme, tip.key, "hide"))
    assert page.status_code == 403


def test_nobody_floods_the_board(programme: Programme, now: datetime) -> None:
    author = member(programme, adviser=True)
    for number in range(10):
        make_tip(programme, author=author, text=f"Tip {number}", now=now)
    with pytest.raises(Refused, match="come back tomorrow"):
        make_tip(programme, author=author, now=now + timedelta(hours=23))

    assert make_tip(programme, author=author, now=now + timedelta(hours=25)).pk


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_before_enrolment_and_in_the_archive_nothing_is_written(
    signed_in: SignedIn, state: str
) -> None:
    programme = make_programme(state=state)
    client = signed_in(make_user(member(programme, adviser=True)))

    assert client.get(address(programme)).status_code == 200
    assert client.post(address(programme, "new"), {"text": TEXT}).status_code == 409
    assert not Tip.objects.exists()


def test_an_action_asks_again_who_writes_and_how_much(programme: Programme, now: datetime) -> None:
    values = {"programme": programme, "stream": "given", "topic": None, "now": now}
    with pytest.raises(NotAllowed):
        write_tip(**values, text=TEXT, by=actor_for_person(make_person()))
    by = actor_for_person(member(programme, adviser=True))
    for text in (" \x00\n", "x" * 601):
        with pytest.raises(Refused, match="between one and 600"):
            write_tip(**values, text=text, by=by)


def test_the_record_holds_no_words(programme: Programme, now: datetime) -> None:
    tip = make_tip(programme, text=TEXT)
    thank_for_tip(tip=tip, by=actor_for_person(member(programme)), now=now)
    by = actor_for_person(make_coordinator(programme))
    hide_tip(tip=tip, reason="It names a client.", by=by, now=now)
    remove_tip(tip=tip, by=actor_for_person(tip.author), now=now)

    entries = Entry.objects.filter(verb__startswith="community.").order_by("pk")
    assert [entry.verb for entry in entries] == [
        f"community.tip.{what}" for what in ("written", "thanked", "hidden", "removed")
    ]
    assert not any("Mute" in f"{row.detail}{row.target_label}" for row in entries)


def test_markup_in_a_tip_is_shown_as_it_was_typed(
    signed_in: SignedIn, programme: Programme
) -> None:
    make_tip(programme, text="<script>alert(1)</script> https://firm.example/?a=1&b=2")

    page = signed_in(make_user(member(programme))).get(address(programme)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert '<a href="https://firm.example/?a=1&amp;b=2" rel="nofollow">' in page


def test_the_board_costs_the_same_for_one_and_for_many(
    signed_in: SignedIn, programme: Programme, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(make_user(member(programme)))
    make_tip(programme, topic=make_skill("Short video"))
    client.get(address(programme))
    with django_assert_max_num_queries(12) as one:
        client.get(address(programme))
    for number in range(24):
        make_tip(programme, topic=make_skill(f"Skill {number}"), text=f"Tip {number}")
    with django_assert_max_num_queries(len(one)):
        page = client.get(address(programme))
    for number in range(3):
        make_tip(programme, text=f"Last {number}")

    assert page.content.decode().count("<article") == 25
    assert client.get(f"{address(programme)}?page=2").content.decode().count("<article") == 3
