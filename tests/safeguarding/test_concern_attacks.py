"""Attacks on the pages of a concern: floods, lengths on the line, hostile texts, changed rows."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import make_person, make_user
from tests.factories.safeguarding import make_contact, report
from tests.safeguarding.test_concern_pages import INBOX, REPORT, START, everything, send, text
from viceversa.accounts.models import RoleGrant
from viceversa.people.models import Person
from viceversa.safeguarding.models import Concern, Entry
from viceversa.safeguarding.queries import concern as queries
from viceversa.safeguarding.rules import receipt
from viceversa.safeguarding.views.concern import REPORTS, WRONG_WORDS
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    WRONG_WORDS.forget()
    REPORTS.forget()


@pytest.fixture
def two(now: datetime) -> list[Person]:
    return [make_contact("Ada Low", now=now), make_contact("Ben High", now=now)]


def test_the_line_sees_one_length_whether_words_open_something_or_not(two: list[Person]) -> None:
    _page, words = send(Client(), two)
    answers = [
        Client().get(START),
        Client().get("/concern/no-such-page/"),
        Client().post(REPORT, {"text": "x"}),
        Client().post(INBOX, {"words": receipt.new_words()}),
        Client().post(INBOX, {"words": words}),
    ]
    assert {answer["Content-Length"] for answer in answers} == {str(len(answers[0].content))}
    assert len({len(answer.content.rstrip()) for answer in answers}) == len(answers)


@pytest.mark.parametrize("path", ["/concern", "/concern/report", "/concern/inbox"])
def test_an_address_without_its_last_slash_does_not_renew_a_session(
    path: str, signed_in: SignIn
) -> None:
    client = signed_in(make_user(make_person()))
    client.get("/")
    before = everything()
    answer = client.get(path)
    assert answer.status_code in {301, 302, 308}
    assert answer["Location"] == f"{path}/"
    assert not hasattr(answer.wsgi_request, "session") or not (
        answer.wsgi_request.session.session_key
    )
    assert everything() == before


def test_too_many_names_are_refused_in_words_and_what_was_written_stays(two: list[Person]) -> None:
    page = text(Client().post(REPORT, {"text": "Help.", "named": "a b, " * 11}), 422)
    assert "Name ten at most here" in page
    assert "Help.</textarea>" in page


def test_names_that_shut_everybody_out_are_explained(now: datetime, two: list[Person]) -> None:
    for one in two:
        make_person("Max Vane", manager=one)
    assert "means very many" in text(Client().post(REPORT, {"text": "x", "named": "Max"}))


def test_nobody_is_shut_out_by_wrong_words_that_others_typed_in_the_same_place(
    two: list[Person], now: datetime
) -> None:
    _page, words = send(Client(), two)
    for _try in range(15):
        WRONG_WORDS.count("127.0.0.1", now=clock.now())
    assert "He shouts at me." in text(Client().post(INBOX, {"words": words}))
    inside = text(Client().post(INBOX, {"words": words, "text": "One thing more."}))
    assert "One thing more." in inside
    assert "Wait ten minutes" in text(Client().post(INBOX, {"words": receipt.new_words()}), 409)


def test_when_very_much_is_sent_the_text_stays_and_another_network_takes_it(
    two: list[Person],
) -> None:
    for _report in range(20):
        REPORTS.count("127.0.0.1", now=clock.now())
    given = {"text": "Help.", "words": receipt.new_words(), "handlers": [one.key for one in two]}
    page = text(Client().post(REPORT, given), 409)
    assert "another network" in page
    assert 'value="Help."' in page
    assert given["words"] in page
    assert not Concern.objects.exists()
    text(Client().post(REPORT, given, REMOTE_ADDR="192.0.2.7"))
    assert Concern.objects.count() == 1


def test_a_flood_of_words_holds_no_thread_for_long(
    two: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PATIENCE", 0.01)
    given = {"text": "Help.", "words": receipt.new_words(), "handlers": [one.key for one in two]}
    with queries._AT_ONCE, queries._AT_ONCE:
        assert "Wait a minute" in text(Client().post(INBOX, {"words": receipt.new_words()}), 409)
        page = text(Client().post(REPORT, given), 409)
        assert "Wait a minute" in page
        assert 'value="Help."' in page
    text(Client().post(REPORT, given))


def test_the_reporter_sees_who_receives_no_more_and_when_nobody_does(
    two: list[Person], now: datetime
) -> None:
    _concern, words = report(two, now=now)
    assert "any more" not in text(Client().post(INBOX, {"words": words}))
    RoleGrant.objects.filter(user__person=two[0]).delete()
    page = text(Client().post(INBOX, {"words": words}))
    assert "Ada Low (receives no concerns any more), Ben High" in page
    assert "Nobody reads this" not in page
    Person.objects.filter(pk=two[1].pk).update(left_on=now.date())
    assert "Nobody reads this" in text(Client().post(INBOX, {"words": words}))


def test_what_was_changed_in_the_database_is_said_to_be_so(
    two: list[Person], signed_in: SignIn, now: datetime
) -> None:
    """An entry that was moved from one concern to another, as whoever holds the database could."""
    concern, words = report(two, now=now, text="He shouts.")
    other, _other_words = report(two, now=now, text="She lies.")
    moved = Entry.objects.get(concern=other).sealed
    Entry.objects.filter(concern=concern).update(sealed=moved)
    handler = signed_in(make_user(two[0])).get(f"/concerns/{concern.key}/")
    for page in (text(Client().post(INBOX, {"words": words})), text(handler)):
        assert "changed after it was written" in page
        assert "She lies." not in page


HOSTILE = (
    "<script>alert(1)</script>{{ 7|add:7 }} =1+1 \u202egnp\u2066 \x07\x1b[31m \r\nSet-Cookie: a=b"
)


def test_hostile_texts_are_shown_as_text_to_both_sides(
    two: list[Person], signed_in: SignIn, now: datetime
) -> None:
    _page, words = send(Client(), two, text=HOSTILE, named=HOSTILE.replace("\r\n", " "))
    concern = Concern.objects.get()
    client = signed_in(make_user(two[0]))
    assert client.post(f"/concerns/{concern.key}/", {"text": HOSTILE}).status_code == 302
    for answer in (
        client.get(f"/concerns/{concern.key}/"),
        Client().post(INBOX, {"words": words}),
        Client().post(REPORT, {"text": HOSTILE, "named": HOSTILE}),
    ):
        page = text(answer)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ 7|add:7 }}" in page
        assert "a=b" not in str(answer.headers) + str(answer.cookies)
        for place in re.finditer("\u202e", page):
            before = page[: place.start()]
            assert before.rfind("<bdi>") > before.rfind("</bdi>") or 'value="' in before[-300:]


@pytest.mark.parametrize("name", ["", "ask/", "spoken/", "close/"])
def test_handlers_addresses_take_their_own_methods_and_keys_only(
    name: str, two: list[Person], signed_in: SignIn
) -> None:
    client = signed_in(make_user(two[0]))
    for key in ("x", "%00", "..%2f..", "x" * 300, "1 OR 1=1"):
        answer = client.post(f"/concerns/{key}/{name}", {"text": "x"})
        assert answer.status_code == 404, key
    for method in ("put", "delete", "patch"):
        assert getattr(client, method)(f"/concerns/x/{name}").status_code == 405
    if name:
        assert client.get(f"/concerns/x/{name}").status_code == 405


def test_closing_twice_and_leave_asked_twice_are_refused_and_change_nothing(
    two: list[Person], signed_in: SignIn, now: datetime
) -> None:
    concern, words = report(two, now=now)
    client, address = signed_in(make_user(two[0])), f"/concerns/{concern.key}/"
    for name in ("ask", "close"):
        assert client.post(f"{address}{name}/").status_code == 302
        assert client.post(f"{address}{name}/").status_code == 409
    assert client.post(f"{address}spoken/").status_code == 409
    Client().post(INBOX, {"words": words, "leave": "no"})
    assert client.post(f"{address}spoken/").status_code == 409
    Client().post(INBOX, {"words": words, "leave": "yes"})
    Client().post(INBOX, {"words": words, "leave": "no"})
    assert client.post(f"{address}spoken/").status_code == 409
    assert not Concern.objects.get().has_spoken
