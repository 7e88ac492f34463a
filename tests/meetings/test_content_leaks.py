"""One planted text goes into every field around a half hour; then it is nowhere in the open."""

import logging
from collections.abc import Callable

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client

from tests.factories import make_coordinator, make_person, make_user
from tests.meetings.writing import PLANTED, book_begun, clients_of, page_of
from viceversa.meetings.models import Commitment, Meeting, Note
from viceversa.toolkit.ids import new_key

pytestmark = pytest.mark.django_db


def everything_stored() -> bytes:
    """Every column of every row, texts and bytes alike."""
    values = (
        value
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        for value in row
    )
    return b"\n".join(
        bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
        for value in values
    )


def fill_every_field(client: Client, meeting: Meeting) -> list[int]:
    key = meeting.partnership.key
    posts = [
        (
            page_of("prepare", meeting),
            {
                **dict.fromkeys(
                    ("questions", "concerns", "ideas", "knows_more", "hands_on", "fact-1"), PLANTED
                ),
                "source-1": f"https://example.org/{PLANTED}",
            },
        ),
        (page_of("note_new", meeting, "together"), {"text": PLANTED}),
        (page_of("note_new", meeting, "own"), {"text": PLANTED}),
        (
            page_of("after", meeting),
            dict.fromkeys(
                ("thanks", "surprised", "better", "promise-1-said", "promise-1-will"), PLANTED
            ),
        ),
        (f"/partnerships/{key}/promises/new/", {"said": PLANTED, "will": PLANTED}),
    ]
    agenda = {"minutes-1": "30", "about-1": PLANTED}
    posts.insert(1, (page_of("agenda", meeting), agenda))
    return [client.post(path, data).status_code for path, data in posts]


def stumble(client: Client, meeting: Meeting) -> set[int]:
    """The same text on its way into a refusal, a mistake, a missing page and a race."""
    note = Note.objects.filter(kind=Note.Kind.TOGETHER).earliest("pk")
    posts = [
        (page_of("prepare", meeting), {"ideas": PLANTED}),
        (page_of("note_new", meeting, "together"), {"text": PLANTED * 2000}),
        (page_of("note", meeting, note.key), {"text": PLANTED, "seen": "77"}),
        (page_of("note", meeting, new_key()), {"text": PLANTED}),
        (page_of("after", meeting), {"thanks": PLANTED, "promise-1-said": PLANTED}),
    ]
    return {client.post(path, data).status_code for path, data in posts}


def test_a_planted_text_is_nowhere_in_the_open(
    signed_in: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    meeting = book_begun()
    learner, adviser = clients_of(signed_in, meeting.partnership)

    assert fill_every_field(learner, meeting) == [302] * 6
    assert 302 in fill_every_field(adviser, meeting)
    assert stumble(learner, meeting) == {404, 409, 422}

    assert PLANTED.encode() not in everything_stored()
    assert PLANTED not in caplog.text
    assert [one for one in mail.outbox if PLANTED in f"{one.subject}{one.body}"] == []
    assert PLANTED in learner.get(page_of("room", meeting)).content.decode()


def test_a_text_in_the_open_would_be_found(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    fill_every_field(learner, meeting)
    Commitment.objects.update(published=PLANTED)
    assert PLANTED.encode() in everything_stored()


def test_coordinators_and_operators_find_nothing_on_any_of_these_addresses(
    signed_in: Callable[..., Client],
) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    fill_every_field(learner, meeting)
    coordinator = make_person()
    make_coordinator(meeting.partnership.programme, coordinator)
    users = [
        make_user(coordinator),
        make_user(make_person(), roles=("operator", "directory_administrator")),
    ]
    note = Note.objects.earliest("pk")
    paths = [page_of(name, meeting) for name in ("prepare", "agenda", "room", "after")]
    paths += [page_of("note", meeting, note.key), page_of("note_strike", meeting, note.key)]
    for user in users:
        client = signed_in(user)
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 404, path
            assert PLANTED not in answer.content.decode()
        assert set(fill_every_field(client, meeting)) == {404}
