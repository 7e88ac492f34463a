from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import actor_for_person, make_person
from tests.meetings.writing import (
    PLANTED,
    adviser_of,
    book,
    book_ahead,
    clients_of,
    learner_of,
    make_pair,
    page_of,
    stored_beside_the_envelopes,
)
from viceversa.history.models import Entry
from viceversa.meetings.actions.agenda import draft_again, set_agenda
from viceversa.meetings.actions.commitment import NewPromise, make_promises
from viceversa.meetings.actions.preparation import prepare
from viceversa.meetings.models import Meeting, Preparation
from viceversa.meetings.queries.content import half_hour_at
from viceversa.meetings.queries.material import ground_of
from viceversa.meetings.rules.agenda import MOST_SLOTS, Slot
from viceversa.meetings.rules.words import Preparing, Promise
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.goal import accept_goal, propose_goal
from viceversa.partnerships.models import Goal
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db

WORDS = Preparing(
    questions=f"Where do I begin with {PLANTED}?",
    concerns="I am slow at this.",
    ideas="Film the workshop.",
    knows="tried",
    hands_on="Cut ten seconds together",
    facts=(("Half of our clients watch first", "https://example.org/study"),),
    ready=("goals",),
)


def test_the_partner_reads_what_was_prepared_and_is_told_once(now: datetime) -> None:
    meeting = book()
    learner = learner_of(meeting.partnership)

    prepare(meeting=meeting, words=WORDS, by=learner, now=now)
    prepare(meeting=meeting, words=WORDS, by=learner, now=now)

    half_hour = half_hour_at(adviser_of(meeting.partnership), meeting)
    assert ground_of(half_hour, today=now.date()).theirs.words == WORDS
    told = Notification.objects.get()
    assert (told.person, told.kind) == (
        meeting.partnership.adviser.person,
        "meetings.partner_prepared",
    )
    assert [entry.verb for entry in Entry.objects.all()] == ["meetings.prepared"] * 2


def test_what_was_prepared_is_sealed_and_nowhere_else(now: datetime) -> None:
    meeting = book()
    prepare(meeting=meeting, words=WORDS, by=learner_of(meeting.partnership), now=now)

    assert PLANTED.encode() not in bytes(Preparation.objects.get().sealed)
    assert PLANTED not in stored_beside_the_envelopes()


@pytest.mark.parametrize(("state", "code"), [("held", "held"), ("cancelled", "cancelled")])
def test_what_is_over_cannot_be_prepared(state: str, code: str, now: datetime) -> None:
    meeting = book(state=state)
    with pytest.raises(Refused) as refusal:
        prepare(meeting=meeting, words=WORDS, by=learner_of(meeting.partnership), now=now)
    assert refusal.value.code == code


def test_nothing_more_is_written_once_a_partnership_is_over(now: datetime) -> None:
    meeting = book()
    meeting.partnership.state = "completed"
    meeting.partnership.ended_at = now
    meeting.partnership.save()
    with pytest.raises(Refused, match="This partnership is over"):
        prepare(meeting=meeting, words=WORDS, by=learner_of(meeting.partnership), now=now)


def test_nobody_else_can_prepare(now: datetime) -> None:
    meeting = book()
    with pytest.raises(NotAllowed):
        prepare(meeting=meeting, words=WORDS, by=actor_for_person(make_person()), now=now)
    assert not Preparation.objects.exists()


def test_the_draft_grows_out_of_goals_promises_and_questions(now: datetime) -> None:
    meeting = book()
    learner, adviser = learner_of(meeting.partnership), adviser_of(meeting.partnership)
    goal = propose_goal(
        partnership=meeting.partnership,
        stream=Goal.Stream.LEARNING,
        kind=Goal.Kind.CLIENTS,
        title="Make a film alone",
        by=learner,
        now=now,
    )
    accept_goal(goal=goal, by=adviser, now=now)
    promise = NewPromise(Promise(will="Watch three films"))
    make_promises(partnership=meeting.partnership, promises=[promise], by=learner, now=now)
    prepare(meeting=meeting, words=WORDS, by=learner, now=now)
    prepare(meeting=meeting, words=Preparing(ideas="Show the app"), by=adviser, now=now)

    slots = {
        slot.kind: slot.lines
        for slot in ground_of(half_hour_at(adviser, meeting), today=now.date()).slots
    }

    assert slots["goals"] == ("Make a film alone",)
    assert slots["promises"] == ("Watch three films",)
    assert slots["questions"] == (WORDS.questions, WORDS.concerns)
    assert slots["theirs"] == ("Show the app",)
    assert slots["hands_on"] == (WORDS.hands_on,)


SLOTS = [Slot("questions", 10, (f"About {PLANTED}",)), Slot("hands_on", 20)]


def test_the_learner_owns_the_agenda(now: datetime) -> None:
    meeting = book()
    partnership = meeting.partnership

    set_agenda(meeting=meeting, slots=SLOTS, by=learner_of(partnership), now=now)

    meeting.refresh_from_db()
    for actor in (learner_of(partnership), adviser_of(partnership)):
        ground = ground_of(half_hour_at(actor, meeting), today=now.date())
        assert ground.slots == SLOTS
    assert PLANTED.encode() not in bytes(meeting.agenda or b"")
    assert PLANTED not in stored_beside_the_envelopes()
    assert Notification.objects.get().kind == "meetings.agenda_ready"
    assert Entry.objects.get().detail == {"slots": 2, "minutes": 30}


def test_the_adviser_cannot_change_the_agenda(now: datetime) -> None:
    meeting = book()
    with pytest.raises(NotAllowed):
        set_agenda(meeting=meeting, slots=SLOTS, by=adviser_of(meeting.partnership), now=now)
    with pytest.raises(NotAllowed):
        draft_again(meeting=meeting, by=adviser_of(meeting.partnership), now=now)


def test_an_agenda_that_is_too_long_says_by_how_much(now: datetime) -> None:
    meeting = book()
    with pytest.raises(Refused, match="Take 5 away"):
        set_agenda(
            meeting=meeting, slots=[Slot("close", 35)], by=learner_of(meeting.partnership), now=now
        )


def test_the_learner_goes_back_to_the_draft(now: datetime) -> None:
    meeting = book()
    learner = learner_of(meeting.partnership)
    set_agenda(meeting=meeting, slots=SLOTS, by=learner, now=now)

    draft_again(meeting=meeting, by=learner, now=now)

    ground = ground_of(half_hour_at(learner, meeting), today=now.date())
    assert not ground.agenda.is_there
    assert ground.slots == ground.draft


def typed(**values: str) -> dict[str, str]:
    return {"questions": "", "concerns": "", "ideas": "", "knows_more": "", **values}


def test_two_minutes_on_a_page_reach_the_partner(signed_in: Callable[..., Client]) -> None:
    meeting = book_ahead()
    learner, adviser = clients_of(signed_in, meeting.partnership)

    answer = learner.post(
        page_of("prepare", meeting),
        typed(
            questions="Where do I begin?",
            concerns="I am slow.",
            ideas="Film it.",
            knows="tried",
            knows_more="Once, at home",
            **{"fact-1": "Half watch first", "source-1": "https://example.org/study"},
        ),
    )

    assert answer.status_code == 302
    page = adviser.get(page_of("prepare", meeting)).content.decode()
    for words in ("Where do I begin?", "I am slow.", "Film it.", "Once, at home"):
        assert words in page
    assert "I have tried it once or twice" in page
    assert 'href="https://example.org/study" rel="noreferrer' in page
    assert "Only you and Tamsin Marlow can read this" in page


@pytest.mark.parametrize(
    "source", ["http://example.org/a", "javascript:alert(1)", "example", "ftp://example.org/"]
)
def test_a_source_is_a_safe_link(source: str, signed_in: Callable[..., Client]) -> None:
    meeting = book_ahead()
    learner, _adviser = clients_of(signed_in, meeting.partnership)

    answer = learner.post(
        page_of("prepare", meeting),
        typed(questions="Kept?", **{"fact-1": "So it is", "source-1": source}),
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "begins with https://" in page
    assert "Kept?" in page
    assert not Preparation.objects.exists()


def test_a_fact_needs_its_source_and_a_source_its_fact(signed_in: Callable[..., Client]) -> None:
    meeting = book_ahead()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    page = learner.post(
        page_of("prepare", meeting),
        typed(**{"fact-1": "So it is", "source-1": "", "source-2": "https://example.org/b"}),
    ).content.decode()
    assert "Say where it says so" in page
    assert "Say what the source shows" in page


def test_the_learner_edits_the_draft_on_its_page(signed_in: Callable[..., Client]) -> None:
    meeting = book_ahead()
    learner, adviser = clients_of(signed_in, meeting.partnership)
    path = page_of("agenda", meeting)
    assert "Try it together" in learner.get(path).content.decode()

    too_long = learner.post(
        path, {"minutes-1": "30", "about-1": "Much", "minutes-2": "9", "about-2": "More"}
    )
    assert too_long.status_code == 422
    assert "Take 9 away" in too_long.content.decode()

    two = {"minutes-1": "30", "about-1": "Only this\n\nand that"}
    assert learner.post(path, two).status_code == 302
    prepared = adviser.get(page_of("prepare", meeting)).content.decode()
    assert "Only this</b><p>and that</p>" in prepared
    assert adviser.get(path).status_code == 404


def test_rows_for_more_parts_stay_out_of_the_way_until_they_are_wanted(
    signed_in: Callable[..., Client],
) -> None:
    meeting = book_ahead()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    path = page_of("agenda", meeting)
    parts, more = learner.get(path).content.decode().split("Add a part")

    assert parts.count("<fieldset") == 5
    assert more.count("<fieldset") == MOST_SLOTS - 5

    typed_in_a_spare_row = {"kind-1": "goals", "minutes-1": "5", "minutes-7": "5"}
    refused = learner.post(path, typed_in_a_spare_row).content.decode()
    assert "Say what these minutes are for" in refused.split("Add a part")[0]


def test_the_second_half_hour_talks_about_how_it_looks(signed_in: Callable[..., Client]) -> None:
    first = book_ahead()
    second = book(first.partnership, starts_at=first.starts_at + timedelta(days=7))
    third = book(first.partnership, starts_at=first.starts_at + timedelta(days=14))
    learner, _adviser = clients_of(signed_in, first.partnership)
    shown = [
        "talk about how it looks" in learner.get(page_of("prepare", meeting)).content.decode()
        for meeting in (first, second, third)
    ]
    assert shown == [False, True, False]


def test_a_half_hour_of_another_partnership_is_missing(signed_in: Callable[..., Client]) -> None:
    mine, other = book_ahead(), book_ahead(make_pair("Ada Fen", "Bo Reed"))
    learner, _adviser = clients_of(signed_in, mine.partnership)
    for name in ("prepare", "agenda", "room", "after"):
        path = page_of(name, other).replace(other.partnership.key, mine.partnership.key)
        assert learner.get(path).status_code == 404
        assert learner.get(page_of(name, other)).status_code == 404


def test_an_envelope_from_another_row_stays_shut_on_the_page(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting, other = book_ahead(), None
    other = book(meeting.partnership, starts_at=meeting.starts_at + timedelta(days=7))
    learner, adviser = clients_of(signed_in, meeting.partnership)
    prepare(meeting=meeting, words=WORDS, by=learner_of(meeting.partnership), now=now)
    Preparation.objects.create(
        meeting=other,
        author=meeting.partnership.learner.person,
        sealed=Preparation.objects.get().sealed,
        updated_at=now,
    )
    for client in (learner, adviser):
        answer = client.get(page_of("prepare", other))
        assert answer.status_code == 200
        assert PLANTED not in answer.content.decode()
    assert "This could not be opened" in adviser.get(page_of("prepare", other)).content.decode()


def test_who_holds_no_key_is_told_so(signed_in: Callable[..., Client], now: datetime) -> None:
    meeting = book_ahead()
    prepare(meeting=meeting, words=WORDS, by=adviser_of(meeting.partnership), now=now)
    assert meeting.partnership.ring
    meeting.partnership.ring.wraps.filter(person=meeting.partnership.learner.person).delete()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    for name in ("prepare", "room", "after"):
        answer = learner.get(page_of(name, meeting))
        assert answer.status_code == 200
        assert "sealed with a key that you do not hold" in answer.content.decode()
    assert learner.post(page_of("prepare", meeting), typed(ideas="x")).status_code == 403


def test_preparing_asks_the_same_number_of_questions_of_the_database_for_one_and_for_ten(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting = book_ahead()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    counts = []
    for number in (1, 9):
        fill(meeting, number, now=now)
        learner.get(page_of("prepare", meeting))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert learner.get(page_of("prepare", meeting)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def fill(meeting: Meeting, number: int, *, now: datetime) -> None:
    """So many goals and promises more."""
    learner, adviser = learner_of(meeting.partnership), adviser_of(meeting.partnership)
    for n in range(number):
        goal = propose_goal(
            partnership=meeting.partnership,
            stream=Goal.Stream.LEARNING,
            kind=Goal.Kind.CLIENTS,
            title=f"Goal {n}",
            by=learner,
            now=now,
        )
        accept_goal(goal=goal, by=adviser, now=now)
    promises = [NewPromise(Promise(will=f"Thing {n}")) for n in range(number)]
    make_promises(partnership=meeting.partnership, promises=promises, by=learner, now=now)
    prepare(meeting=meeting, words=WORDS, by=learner, now=now)
    prepare(meeting=meeting, words=WORDS, by=adviser, now=now)


def test_the_page_is_light_enough_for_a_phone(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting = book_ahead()
    fill(meeting, 5, now=now)
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    answer = learner.get(page_of("prepare", meeting))
    assert "Content-Encoding" not in answer
    assert len(answer.content) < 30_000
