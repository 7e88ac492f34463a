"""Messages between the two: sealed, struck from both copies, told without what they say."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_partnership,
    make_person,
    make_user,
)
from tests.factories.goals import actor_of_side
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.letter import strike_letter, write_letter
from viceversa.partnerships.models import Letter, Partnership
from viceversa.partnerships.queries.letters import PAGE_SIZE, page_of_letters, waiting_since
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules.lifecycle import LIVE
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.models import RingWrap
from viceversa.vault.queries import NoKey

pytestmark = pytest.mark.django_db
SECRET = "Between us: the reorganisation frightens everybody"


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


@pytest.fixture
def learner(pair: Partnership, signed_in: Callable[..., Client]) -> Client:
    return signed_in(make_user(pair.learner.person))


def write(pair: Partnership, side: str, now: datetime, text: str = SECRET) -> Letter:
    return write_letter(partnership=pair, text=text, by=actor_of_side(pair, side), now=now)


def read(pair: Partnership, side: str, number: int = 1) -> list[str]:
    seat = seat_at(actor_of_side(pair, side), pair)
    return [str(row.words.get("text")) for row in page_of_letters(seat, number=number)[1]]


def address(pair: Partnership) -> str:
    return reverse("partnerships:messages", args=[pair.key])


def test_both_read_a_message_and_nobody_finds_it_in_the_database(
    pair: Partnership, now: datetime
) -> None:
    write(pair, "learner", now)

    assert read(pair, "learner") == read(pair, "adviser") == [SECRET]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            assert "reorganisation" not in str(cursor.fetchall()), table


def test_the_partner_is_told_by_name_and_with_one_tap_but_not_what_it_says(
    pair: Partnership, now: datetime
) -> None:
    write(pair, "learner", now)

    told = Notification.objects.get()
    assert told.person_id == pair.adviser.person_id
    assert told.title == f"{pair.learner.person.name} wrote to you"
    assert told.path == address(pair) + "#newest"
    assert Entry.objects.get().detail == {}


def test_the_newest_message_is_last_and_pages_go_back(pair: Partnership, now: datetime) -> None:
    for number in range(PAGE_SIZE + 3):
        write(pair, "learner", now, f"message {number}")

    assert read(pair, "adviser")[-1] == f"message {PAGE_SIZE + 2}"
    assert read(pair, "adviser", 2) == ["message 0", "message 1", "message 2"]


def test_a_struck_message_is_gone_from_both_copies(pair: Partnership, now: datetime) -> None:
    letter = write(pair, "learner", now)
    with pytest.raises(NotAllowed, match="what you wrote yourself"):
        strike_letter(letter=letter, by=actor_of_side(pair, "adviser"), now=now)

    strike_letter(letter=letter, by=actor_of_side(pair, "learner"), now=now)

    letter.refresh_from_db()
    assert letter.sealed is None
    assert read(pair, "learner") == read(pair, "adviser") == [""]
    assert Entry.objects.filter(verb="partnerships.letter.struck").exists()
    with pytest.raises(Refused, match="struck already"):
        strike_letter(letter=letter, by=actor_of_side(pair, "learner"), now=now)


def test_others_write_and_strike_nothing(pair: Partnership, now: datetime) -> None:
    letter = write(pair, "learner", now)
    for person in (make_person(), make_coordinator(pair.programme)):
        actor = actor_for_person(person, roles=("operator", "directory_administrator"))
        with pytest.raises(NotAllowed):
            write_letter(partnership=pair, text="x", by=actor, now=now)
        with pytest.raises(NotAllowed):
            strike_letter(letter=letter, by=actor, now=now)


def test_a_row_in_the_database_lets_nobody_write_without_the_key(
    pair: Partnership, now: datetime
) -> None:
    RingWrap.objects.filter(person=pair.learner.person).delete()

    with pytest.raises(NoKey):
        write(pair, "learner", now)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("state", ["completed", "ended", "proposed"])
def test_nothing_is_written_when_it_is_over_or_not_begun(state: str, now: datetime) -> None:
    with pytest.raises(Refused):
        write(make_partnership(state=state), "learner", now)


@pytest.mark.parametrize("state", sorted(LIVE))
def test_messages_go_back_and_forth_in_every_state_that_is_lived(state: str, now: datetime) -> None:
    assert write(make_partnership(state=state), "adviser", now).pk


def test_who_has_to_answer_is_known_and_since_when(pair: Partnership, now: datetime) -> None:
    assert waiting_since(pair) is None
    first = write(pair, "learner", now)
    write(pair, "learner", now + timedelta(days=1))
    assert waiting_since(pair) == ("adviser", now)

    write(pair, "adviser", now + timedelta(days=2))
    assert waiting_since(pair) == ("learner", now + timedelta(days=2))
    last = write(pair, "learner", now + timedelta(days=3))
    assert waiting_since(pair) == ("adviser", now + timedelta(days=3))
    strike_letter(letter=last, by=actor_of_side(pair, "learner"), now=now)

    assert waiting_since(pair) == ("learner", now + timedelta(days=2))
    assert first.sent_at == now


@settings(max_examples=15)
@given(sides=st.lists(st.sampled_from(["learner", "adviser"]), min_size=1, max_size=6))
def test_the_answer_is_missing_since_the_first_message_of_the_last_run(sides: list[str]) -> None:
    pair = make_partnership(state="active")
    began = datetime(2026, 3, 2, tzinfo=UTC)
    people = {"learner": pair.learner.person, "adviser": pair.adviser.person}
    Letter.objects.bulk_create(
        Letter(partnership=pair, author=people[side], sent_at=began + timedelta(days=day))
        for day, side in enumerate(sides)
    )

    run = len(sides) - len("".join(side[0] for side in sides).rstrip(sides[-1][0]))
    other = "adviser" if sides[-1] == "learner" else "learner"
    assert waiting_since(pair) == (other, began + timedelta(days=len(sides) - run))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write something first."),
        ("   ", "Write something first."),
        ("x" * 60_001, "60,001 characters"),
        ("王" * 30_000, "more room than a message has"),
    ],
)
def test_what_does_not_fit_is_said_in_words_and_kept_in_the_field(
    pair: Partnership, learner: Client, text: str, words: str
) -> None:
    answer = learner.post(address(pair), {"text": text})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert text.strip()[:50] in answer.content.decode()
    assert not Letter.objects.exists()


def test_sixty_thousand_characters_are_sent(pair: Partnership, learner: Client) -> None:
    assert learner.post(address(pair), {"text": "x" * 60_000}).status_code == 302
    assert read(pair, "adviser") == ["x" * 60_000]


def test_nobody_is_invited_to_write_when_it_is_over(
    pair: Partnership, learner: Client, now: datetime
) -> None:
    Partnership.objects.filter(pk=pair.pk).update(state="completed", ended_at=now)

    page = learner.get(address(pair)).content.decode()

    assert "This partnership is over" in page
    assert "No message was written" in page
    assert "between half hours" not in page


def test_the_page_writes_shows_and_strikes(pair: Partnership, learner: Client) -> None:
    assert "No message yet" in learner.get(address(pair)).content.decode()
    answer = learner.post(address(pair), {"text": "Line one\n<b>Line two</b>"})
    assert answer["Location"].endswith("#newest")

    page = learner.get(address(pair)).content.decode()
    assert "Line one<br>&lt;b&gt;Line two&lt;/b&gt;" in page
    letter = Letter.objects.get()
    learner.post(reverse("partnerships:strike_letter", args=[pair.key, letter.key]))

    page = learner.get(address(pair)).content.decode()
    assert "Line one" not in page
    assert "You struck this message" in page


def test_everybody_else_finds_nothing(
    pair: Partnership, signed_in: Callable[..., Client], now: datetime
) -> None:
    letter = write(pair, "learner", now)
    for person in (make_person(), make_coordinator(pair.programme)):
        client = signed_in(make_user(person))
        assert client.get(address(pair)).status_code == 404
        assert client.post(address(pair), {"text": "x"}).status_code == 404
        strike = reverse("partnerships:strike_letter", args=[pair.key, letter.key])
        assert client.post(strike).status_code == 404


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_ten(
    pair: Partnership, learner: Client, now: datetime
) -> None:
    write(pair, "adviser", now)
    learner.get(address(pair))
    with CaptureQueriesContext(connection) as one:
        learner.get(address(pair))
    for _number in range(9):
        write(pair, "adviser", now)

    with CaptureQueriesContext(connection) as ten:
        learner.get(address(pair))

    assert len(ten) == len(one)
