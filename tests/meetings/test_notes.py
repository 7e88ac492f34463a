from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.factories import actor_for_person, make_coordinator, make_person, make_user
from tests.meetings.writing import (
    PLANTED,
    adviser_of,
    book,
    book_begun,
    clients_of,
    learner_of,
    page_of,
    stored_beside_the_envelopes,
)
from viceversa.history.models import Entry
from viceversa.meetings.actions.note import Overtaken, rewrite_note, strike_note, write_note
from viceversa.meetings.models import Meeting, Note
from viceversa.meetings.queries.content import half_hour_at
from viceversa.meetings.queries.notes import notes_of
from viceversa.notifications.models import Notification
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db

TOGETHER, OWN = Note.Kind.TOGETHER, Note.Kind.OWN


def texts(meeting: Meeting, by: Actor) -> tuple[list[str | None], list[str | None]]:
    together, own = notes_of(by, half_hour_at(by, meeting))
    return [one.text.words for one in together], [one.text.words for one in own]


def test_a_note_of_both_is_read_and_gone_on_with_by_both(now: datetime) -> None:
    meeting = book()
    learner, adviser = learner_of(meeting.partnership), adviser_of(meeting.partnership)

    note = write_note(meeting=meeting, kind=TOGETHER, text="One", by=learner, now=now)
    rewrite_note(note=note, text="One, two", seen=1, by=adviser, now=now)

    assert texts(meeting, learner) == texts(meeting, adviser) == (["One, two"], [])
    assert [entry.verb for entry in Entry.objects.all()] == [
        "meetings.note_written",
        "meetings.note_rewritten",
    ]


def test_a_note_of_ones_own_is_read_by_its_author_alone(now: datetime) -> None:
    meeting = book()
    learner, adviser = learner_of(meeting.partnership), adviser_of(meeting.partnership)

    note = write_note(meeting=meeting, kind=OWN, text=PLANTED, by=learner, now=now)

    assert texts(meeting, learner) == ([], [PLANTED])
    assert texts(meeting, adviser) == ([], [])
    assert not Notification.objects.exists()
    with pytest.raises(NotFound):
        rewrite_note(note=note, text="x", seen=1, by=adviser, now=now)
    with pytest.raises(NotFound):
        strike_note(note=note, by=adviser, now=now)


def test_notes_are_sealed_and_nowhere_else(now: datetime) -> None:
    meeting = book()
    learner = learner_of(meeting.partnership)
    for kind in (TOGETHER, OWN):
        note = write_note(meeting=meeting, kind=kind, text=PLANTED, by=learner, now=now)
        assert PLANTED.encode() not in bytes(note.sealed or b"")
        strike_note(note=note, by=learner, now=now)
    assert PLANTED not in stored_beside_the_envelopes()


def test_nobodys_words_are_overwritten_unseen(now: datetime) -> None:
    meeting = book()
    learner, adviser = learner_of(meeting.partnership), adviser_of(meeting.partnership)
    note = write_note(meeting=meeting, kind=TOGETHER, text="One", by=learner, now=now)
    rewrite_note(note=note, text="Of the adviser", seen=1, by=adviser, now=now)

    with pytest.raises(Overtaken, match="Juno Okapi has written"):
        rewrite_note(note=note, text="Of the learner", seen=1, by=learner, now=now)

    assert texts(meeting, learner) == (["Of the adviser"], [])


@pytest.mark.parametrize("who", [learner_of, adviser_of])
def test_a_struck_note_is_gone_from_both_copies(who: Callable[..., Actor], now: datetime) -> None:
    meeting = book()
    learner, adviser = learner_of(meeting.partnership), adviser_of(meeting.partnership)
    note = write_note(meeting=meeting, kind=TOGETHER, text=PLANTED, by=learner, now=now)

    strike_note(note=note, by=who(meeting.partnership), now=now)

    note.refresh_from_db()
    assert note.sealed is None
    assert texts(meeting, learner) == texts(meeting, adviser) == ([None], [])
    assert Notification.objects.get().kind == "meetings.note_struck"
    assert Entry.objects.last().verb == "meetings.note_struck"  # type: ignore[union-attr]


def test_a_struck_note_stays_struck(now: datetime) -> None:
    meeting = book()
    learner = learner_of(meeting.partnership)
    note = write_note(meeting=meeting, kind=TOGETHER, text="One", by=learner, now=now)
    strike_note(note=note, by=learner, now=now)
    with pytest.raises(Refused, match="was struck"):
        rewrite_note(note=note, text="Again", seen=2, by=learner, now=now)
    with pytest.raises(Refused, match="was struck"):
        strike_note(note=note, by=learner, now=now)


def test_a_note_can_be_struck_after_the_end_but_none_is_added(now: datetime) -> None:
    meeting = book()
    learner = learner_of(meeting.partnership)
    note = write_note(meeting=meeting, kind=TOGETHER, text="One", by=learner, now=now)
    meeting.partnership.state = "completed"
    meeting.partnership.ended_at = now
    meeting.partnership.save()

    with pytest.raises(Refused, match="is over"):
        write_note(meeting=meeting, kind=TOGETHER, text="Two", by=learner, now=now)
    strike_note(note=note, by=learner, now=now)
    assert texts(meeting, learner) == ([None], [])


def test_nothing_is_noted_about_what_was_called_off(now: datetime) -> None:
    meeting = book(state="cancelled")
    with pytest.raises(Refused, match="called off"):
        write_note(
            meeting=meeting, kind=TOGETHER, text="x", by=learner_of(meeting.partnership), now=now
        )


def test_the_pages_of_a_half_hour_called_off_say_why_nothing_is_noted(
    signed_in: Callable[..., Client],
) -> None:
    meeting = book(state="cancelled")
    learner, _adviser = clients_of(signed_in, meeting.partnership)

    page = learner.get(page_of("note_new", meeting, "together")).content.decode()
    room = learner.get(page_of("room", meeting)).content.decode()

    assert "This half hour was called off, so no note belongs to it." in page
    assert "<textarea" not in page
    assert "Nothing was written." in room
    assert "I did not follow" not in room


def test_nobody_else_can_note_anything(now: datetime) -> None:
    meeting = book()
    stranger = actor_for_person(make_person())
    with pytest.raises(NotAllowed):
        write_note(meeting=meeting, kind=TOGETHER, text="x", by=stranger, now=now)
    assert not Note.objects.exists()


def test_a_note_of_five_megabytes_is_answered_in_words(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)

    answer = learner.post(page_of("note_new", meeting, "together"), {"text": "x" * 5 * 1024 * 1024})

    assert answer.status_code == 413
    assert "Go back: what you typed is still there" in answer.content.decode()
    assert not Note.objects.exists()


def test_a_note_that_is_too_long_stays_in_the_form(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    long = "word " * 4000

    answer = learner.post(page_of("note_new", meeting, "together"), {"text": long})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert long.strip() in page
    assert "Shorten it to 15000 characters" in page
    assert not Note.objects.exists()


def test_the_longest_note_in_any_script_fits_its_envelope(now: datetime) -> None:
    meeting = book()
    learner = learner_of(meeting.partnership)
    for kind in (TOGETHER, OWN):
        write_note(meeting=meeting, kind=kind, text="\U0001f600" * 15_000, by=learner, now=now)


def test_both_texts_are_shown_when_the_partner_was_faster(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting = book_begun()
    learner, adviser = clients_of(signed_in, meeting.partnership)
    learner.post(page_of("note_new", meeting, "together"), {"text": "One"})
    path = page_of("note", meeting, Note.objects.get().key)
    adviser.post(path, {"text": "Of the adviser", "seen": "1"})

    answer = learner.post(path, {"text": "Of the learner", "seen": "1"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Of the adviser" in page
    assert "Of the learner" in page
    assert learner.post(path, {"text": "Of both", "seen": "2"}).status_code == 302
    assert "Of both" in adviser.get(page_of("room", meeting)).content.decode()


def test_the_partners_own_note_is_missing_on_every_page(
    signed_in: Callable[..., Client],
) -> None:
    meeting = book_begun()
    learner, adviser = clients_of(signed_in, meeting.partnership)
    learner.post(page_of("note_new", meeting, "own"), {"text": PLANTED})
    note = Note.objects.get()

    assert PLANTED in learner.get(page_of("room", meeting)).content.decode()
    page = adviser.get(page_of("room", meeting)).content.decode()
    assert PLANTED not in page
    assert note.key not in page
    for name in ("note", "note_strike"):
        assert adviser.get(page_of(name, meeting, note.key)).status_code == 404
    assert adviser.post(page_of("note_strike", meeting, note.key)).status_code == 404


def test_a_note_is_struck_after_a_second_look(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    learner, adviser = clients_of(signed_in, meeting.partnership)
    learner.post(page_of("note_new", meeting, "together"), {"text": PLANTED})
    path = page_of("note_strike", meeting, Note.objects.get().key)

    asked = adviser.get(path).content.decode()
    assert "Strike this note?" in asked
    assert adviser.post(path).status_code == 302

    for client in (learner, adviser):
        page = client.get(page_of("room", meeting)).content.decode()
        assert PLANTED not in page
        assert "A note was struck" in page


def test_a_note_moved_to_another_row_stays_shut(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting = book_begun()
    learner_actor = learner_of(meeting.partnership)
    one = write_note(meeting=meeting, kind=TOGETHER, text=PLANTED, by=learner_actor, now=now)
    other = write_note(meeting=meeting, kind=TOGETHER, text="x", by=learner_actor, now=now)
    own = write_note(meeting=meeting, kind=OWN, text=f"own {PLANTED}", by=learner_actor, now=now)
    Note.objects.filter(pk=other.pk).update(sealed=own.sealed)
    Note.objects.filter(pk=one.pk).update(sealed=b"\x01garbage")
    learner, adviser = clients_of(signed_in, meeting.partnership)

    page = adviser.get(page_of("room", meeting))
    assert page.status_code == 200
    assert page.content.decode().count("This could not be opened") == 2
    assert PLANTED not in page.content.decode()
    for note in (one, other):
        for client in (learner, adviser):
            answer = client.get(page_of("note", meeting, note.key))
            assert answer.status_code == 200
            assert "This could not be opened" in answer.content.decode()


def test_a_note_of_another_half_hour_is_missing(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting = book_begun()
    later = book(meeting.partnership, starts_at=meeting.starts_at + timedelta(days=7))
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    note = write_note(
        meeting=meeting, kind=TOGETHER, text="x", by=learner_of(meeting.partnership), now=now
    )
    assert learner.get(page_of("note", later, note.key)).status_code == 404


def test_no_one_outside_reaches_a_note(signed_in: Callable[..., Client], now: datetime) -> None:
    meeting = book_begun()
    note = write_note(
        meeting=meeting, kind=TOGETHER, text=PLANTED, by=learner_of(meeting.partnership), now=now
    )
    coordinator = make_person()
    make_coordinator(meeting.partnership.programme, coordinator)
    administrator = make_user(make_person(), roles=("operator", "directory_administrator"))
    for user in (make_user(coordinator), administrator, make_user(make_person())):
        client = signed_in(user)
        for path in (page_of("room", meeting), page_of("note", meeting, note.key)):
            answer = client.get(path)
            assert answer.status_code == 404
            assert PLANTED not in answer.content.decode()
