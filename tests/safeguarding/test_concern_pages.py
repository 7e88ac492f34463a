"""The pages of a concern: no trace of who reports, and words for whatever goes wrong."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import get_resolver

from tests.factories import (
    make_coordinator,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from tests.factories.safeguarding import make_contact, report
from viceversa.config import cli
from viceversa.config.settings import LOGGING
from viceversa.config.traceless import Traceless
from viceversa.people.models import Person
from viceversa.safeguarding.models import Concern, ConcernCount, Entry, Holder
from viceversa.safeguarding.rules import receipt
from viceversa.safeguarding.views.concern import REPORTS, WRONG_WORDS

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
START, REPORT, INBOX = "/concern/", "/concern/report/", "/concern/inbox/"
OURS = {"safeguarding.concern", "safeguarding.holder", "safeguarding.entry"}
OURS |= {"safeguarding.concerncount"}


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    WRONG_WORDS.forget()
    REPORTS.forget()


@pytest.fixture
def two(now: datetime) -> list[Person]:
    return [make_contact("Ada Low", now=now), make_contact("Ben High", now=now)]


@pytest.fixture
def server_log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What the server's log would hold, filtered as its handler is."""
    kept = Traceless()
    caplog.handler.addFilter(kept)
    caplog.set_level(logging.DEBUG)
    yield caplog
    caplog.handler.removeFilter(kept)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content[:400]
    return str(answer.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found.group(1)


def send(client: Client, handlers: list[Person], **fields: Any) -> tuple[str, str]:
    """Through both steps; the receipt's page and the words."""
    given = {"text": "He shouts at me.", "named": "", **fields}
    words = hidden(text(client.post(REPORT, given)), "words")
    chosen = [one.key for one in handlers]
    return text(client.post(REPORT, {**given, "words": words, "handlers": chosen})), words


def everything() -> dict[str, str]:
    """Every row of every table that is not a concern's."""
    return {
        model._meta.label_lower: serializers.serialize(
            "json", model._default_manager.order_by("pk")
        )
        for model in apps.get_models()
        if model._meta.label_lower not in OURS
    }


def test_signed_out_one_reports_and_gets_eight_words(two: list[Person]) -> None:
    client = Client()
    assert "outside the line" in text(client.get(START))
    page, words = send(client, two)
    assert len(words.split()) == 8
    for word in words.split():
        assert f"<li>{word}</li>" in page
    assert "He shouts at me." in text(client.post(INBOX, {"words": words}))
    assert not client.cookies


def test_reporting_while_signed_in_leaves_no_trace_of_the_person(
    two: list[Person], signed_in: SignIn, server_log: pytest.LogCaptureFixture
) -> None:
    reporter = make_person("Rita Vane")
    client = signed_in(make_user(reporter))
    client.get("/")
    session = client.cookies["sessionid"].value
    before, cookies = everything(), {name: one.value for name, one in client.cookies.items()}
    server_log.clear()

    for path in (START, REPORT, INBOX):
        assert "Rita" not in text(client.get(path))
    page, words = send(client, two)
    inside = text(client.post(INBOX, {"words": words, "text": "One thing more."}))
    text(client.post(INBOX, {"words": receipt.new_words()}), 422)

    assert everything() == before
    assert {name: one.value for name, one in client.cookies.items()} == cookies
    assert "Rita" not in page + inside
    assert not Holder.objects.filter(person=reporter).exists()
    assert not Entry.objects.exclude(handler=None, author=0).exists()
    stored = "".join(
        serializers.serialize("json", model.objects.all())  # type: ignore[attr-defined]
        for model in (Concern, Holder, Entry, ConcernCount)
    )
    assert reporter.key not in stored
    assert session not in stored
    assert not [line for line in server_log.messages if "concern" in line or "Rita" in line]


@pytest.mark.parametrize("path", [START, REPORT, INBOX, "/concern/no-such-page/"])
def test_no_cookie_is_set_or_read_and_no_referrer_sent(
    path: str, signed_in: SignIn, two: list[Person]
) -> None:
    client = signed_in(make_user(make_person()))
    client.cookies["theme"] = "dark"
    for answer in (client.get(path), client.post(path, {"text": "x"})):
        assert "Set-Cookie" not in str(answer.serialize_headers())
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert 'data-theme="dark"' not in answer.content.decode()
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert not hasattr(answer.wsgi_request, "session") or not (
            answer.wsgi_request.session.session_key
        )


def test_pages_are_not_packed_so_that_lengths_tell_nothing(two: list[Person]) -> None:
    answer = Client().get(START, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer


def test_every_open_page_of_a_concern_lies_where_no_trace_is_left() -> None:
    named = get_resolver().namespace_dict["safeguarding"][1].reverse_dict
    for name in ("if_wrong", "report", "inbox"):
        assert named.getlist(name)[0][0][0][0].startswith("concern/")


def test_the_server_writes_no_access_log(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr("uvicorn.run", lambda _application, **options: given.update(options))
    cli.main(["serve"], standalone_mode=False)
    assert given["access_log"] is False


def test_a_fault_on_these_pages_is_logged_without_what_was_sent(
    monkeypatch: pytest.MonkeyPatch, server_log: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: Any, **_more: Any) -> None:
        raise ValueError("He shouts at me.")

    monkeypatch.setattr("viceversa.safeguarding.views.concern.offered", broken)
    answer = Client(raise_request_exception=False).post(REPORT, {"text": "He shouts at me."})
    assert answer.status_code == 500
    assert server_log.messages == ["A fault on a page that keeps no trace: ValueError"]
    assert "shouts" not in server_log.text
    server_log.clear()
    Client(raise_request_exception=False).post("/concern/no-such-page/")
    assert server_log.messages == []


def test_the_servers_log_leaves_these_pages_out() -> None:
    console = LOGGING["handlers"]["console"]
    assert [LOGGING["filters"][name]["()"] for name in console["filters"]] == [
        f"{Traceless.__module__}.{Traceless.__qualname__}"
    ]
    assert LOGGING["root"]["handlers"] == ["console"]


def test_every_page_leads_there_signed_in_and_out(signed_in: SignIn) -> None:
    client = signed_in(make_user(make_person()))
    for answer in (client.get("/"), client.get("/people/"), Client().get("/sign-in/")):
        assert '<a href="/concern/" rel="noreferrer">If something is wrong</a>' in text(answer)


def test_without_two_contacts_the_page_says_what_to_do_instead(now: datetime) -> None:
    make_contact(now=now)
    make_contact(now=now, ready=False)
    assert "speak with somebody you trust" in text(Client().get(REPORT))
    page = text(Client().post(REPORT, {"text": "Help."}))
    assert "Nothing has been sent or kept" in page
    assert "Help." in page
    assert not Concern.objects.exists()


def test_whoever_is_in_the_line_of_the_person_named_is_not_shown(
    now: datetime, two: list[Person]
) -> None:
    boss = make_contact("Cora Chief", now=now)
    make_person("Max Vane", manager=boss)
    page = text(Client().post(REPORT, {"text": "Help.", "named": "max vane"}))
    assert "Ada Low" in page
    assert "Cora Chief" not in page
    words = hidden(page, "words")
    forged = {"text": "Help.", "named": "max vane", "words": words}
    page = text(Client().post(REPORT, {**forged, "handlers": [boss.key, two[0].key]}), 422)
    assert "cannot receive this concern" in page


def test_the_page_says_the_same_whether_or_not_somebody_goes_by_that_name(
    two: list[Person],
) -> None:
    make_person("Max Vane")
    pages = [
        text(Client().post(REPORT, {"text": "x", "named": name})) for name in ("Max Vane", "Xyz Qq")
    ]
    masked = [re.sub(r'value="(Max Vane|Xyz Qq)"', "", _masked(page)) for page in pages]
    assert masked[0] == masked[1]


def test_one_alone_is_refused_in_words_and_what_was_written_stays(two: list[Person]) -> None:
    given = {"text": "Help.", "named": "", "words": receipt.new_words()}
    for chosen in ([], [two[0].key]):
        page = text(Client().post(REPORT, {**given, "handlers": chosen}), 422)
        assert "Choose two or more" in page
        assert 'value="Help."' in page
    back = text(Client().post(REPORT, {**given, "back": "yes"}))
    assert "Help.</textarea>" in back


def test_pressing_twice_shows_the_same_receipt_and_sends_once(two: list[Person]) -> None:
    words = receipt.new_words()
    given = {"text": "Once.", "words": words, "handlers": [one.key for one in two]}
    pages = [text(Client().post(REPORT, given)) for _time in range(2)]
    assert all(words in page for page in pages)
    assert Concern.objects.count() == 1


@pytest.mark.parametrize(
    ("size", "status"), [(15_001, 422), (400_000, 422), (5 * 1024 * 1024 + 1, 413)]
)
def test_a_text_that_is_too_long_is_refused_in_words(
    size: int, status: int, two: list[Person]
) -> None:
    page = text(Client().post(REPORT, {"text": "x" * size}), status)
    assert "15,000 characters" in page
    _page, words = send(Client(), two)
    page = text(Client().post(INBOX, {"words": words, "text": "x" * size}), status)
    assert "15,000 characters" in page


@pytest.mark.parametrize("typed", ["", "hello", "zoo " * 8, "\x00", "abandon " * 9, "%s" * 8])
def test_wrong_words_open_nothing_and_say_so(typed: str, two: list[Person]) -> None:
    page = text(Client().post(INBOX, {"words": typed}), 422)
    assert "eight words" in page or "Nothing opens" in page or "Null characters" in page


def test_after_ten_wrong_words_one_waits_and_no_address_is_kept(two: list[Person]) -> None:
    client = Client()
    for _try in range(10):
        text(client.post(INBOX, {"words": receipt.new_words()}), 422)
    assert "Wait ten minutes" in text(client.post(INBOX, {"words": receipt.new_words()}), 409)
    other = client.post(INBOX, {"words": receipt.new_words()}, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 422
    assert "127.0.0.1" not in str(vars(WRONG_WORDS))


def test_a_form_from_another_site_is_turned_away_and_needs_no_token(two: list[Person]) -> None:
    client = Client(enforce_csrf_checks=True)
    given = {"text": "x", "words": receipt.new_words(), "handlers": [one.key for one in two]}
    for site in ("cross-site", "same-site"):
        for path in (REPORT, INBOX):
            answer = client.post(path, given, headers={"sec-fetch-site": site})
            assert "another site" in text(answer, 403)
    assert not Concern.objects.exists()
    text(client.post(REPORT, given, headers={"sec-fetch-site": "same-origin"}))
    assert Concern.objects.count() == 1


def test_the_page_of_the_person_named_is_byte_for_byte_the_same(
    two: list[Person], signed_in: SignIn, now: datetime
) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    named, reporter = partnership.learner.person, partnership.adviser.person
    coordinator = make_coordinator(partnership.programme)
    administrator = make_user(make_person(), roles=("directory_administrator", "operator"))
    seen_by = {
        signed_in(make_user(named)): ("/", "/inbox/", f"/people/{named.key}/"),
        signed_in(make_user(reporter)): ("/", f"/partnerships/{partnership.key}/"),
        signed_in(make_user(coordinator)): (
            f"/people/{named.key}/",
            f"/partnerships/{partnership.key}/",
            f"/programmes/{partnership.programme.slug}/partnerships/",
            f"/programmes/{partnership.programme.slug}/concerns/",
        ),
        signed_in(administrator): (f"/people/{named.key}/", "/history/"),
    }

    def look() -> list[str]:
        return [
            _masked(text(client.get(path))) for client, paths in seen_by.items() for path in paths
        ]

    look()
    before = look()
    _concern, words = report(two, now=now, named=named.name)
    handler = signed_in(make_user(two[0]))
    key = Concern.objects.get().key
    handler.post(f"/concerns/{key}/", {"text": "We read it."})
    handler.post(f"/concerns/{key}/ask/")
    Client().post(INBOX, {"words": words, "leave": "yes"})
    handler.post(f"/concerns/{key}/spoken/")
    assert Concern.objects.get().has_spoken
    assert look() == before


def _masked(page: str) -> str:
    """Without what is drawn by chance for each answer, and what fills its length up."""
    page = page.rstrip()
    page = re.sub(r'nonce="[^"]+"', "", page)
    page = re.sub(r'name="words" value="[^"]+"', "", page)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_handler_reads_answers_asks_marks_and_closes(
    two: list[Person], signed_in: SignIn, now: datetime
) -> None:
    concern, words = report(two, now=now, text="He shouts.", named="Max Vane")
    client, address = signed_in(make_user(two[0])), f"/concerns/{concern.key}/"
    assert "Something is new to you" in text(client.get("/concerns/"))
    page = text(client.get(address))
    assert "He shouts." in page
    assert "Max Vane" in page
    assert "Something is new to you" not in text(client.get("/concerns/"))
    assert "We have spoken" not in page
    assert client.post(f"{address}spoken/").status_code == 409
    client.post(address, {"text": "Shall we speak with him?"})
    client.post(f"{address}ask/")
    inbox = text(Client().post(INBOX, {"words": words}))
    assert "Shall we speak with him?" in inbox
    assert "Ada Low" in inbox
    inbox = text(Client().post(INBOX, {"words": words, "leave": "yes"}))
    assert "You said yes" in inbox
    assert "We have spoken" in text(client.get(address))
    client.post(f"{address}spoken/")
    client.post(f"{address}close/")
    assert "It is closed" in text(Client().post(INBOX, {"words": words}))
    assert "cannot" not in text(client.get("/concerns/"))
    assert client.post(address, {"text": ""}).status_code == 422


def test_other_people_find_no_concerns(two: list[Person], signed_in: SignIn, now: datetime) -> None:
    concern, _words = report(two, now=now)
    coordinator = make_coordinator(make_programme())
    third = make_contact(now=now)
    for person, listed in ((make_person(), 403), (coordinator, 403), (third, 200)):
        client = signed_in(make_user(person))
        assert client.get("/concerns/").status_code == listed
        for path in ("", "ask/", "spoken/", "close/"):
            answer = client.post(f"/concerns/{concern.key}/{path}", {"text": "x"})
            assert answer.status_code in {403, 404}, path
        missing = client.get("/concerns/nothing/")
        other = client.get(f"/concerns/{concern.key}/")
        assert _masked(missing.content.decode()).replace("nothing", concern.key) == _masked(
            other.content.decode()
        )


def test_a_contact_without_a_key_makes_one_by_one_press(signed_in: SignIn, now: datetime) -> None:
    contact = make_contact(now=now, ready=False)
    client = signed_in(make_user(contact))
    assert "Nobody can choose you yet" in text(client.get("/concerns/"))
    client.post("/concerns/ready/")
    assert "Nobody can choose you yet" not in text(client.get("/concerns/"))


def test_coordinators_see_bands_of_quarters_that_are_over_and_nothing_else(
    signed_in: SignIn, now: datetime
) -> None:
    programme = make_programme(state="running")
    today = datetime.now(tz=now.tzinfo).date()
    over = today.replace(day=1) - timedelta(days=100)
    for day, number in ((over, 7), (today, 13)):
        first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
        ConcernCount.objects.create(quarter=first, number=number)
    address = f"/programmes/{programme.slug}/concerns/"
    page = text(signed_in(make_user(make_coordinator(programme))).get(address))
    assert "5 to 9" in page
    assert "10 to 19" not in page
    assert signed_in(make_user(make_person())).get(address).status_code == 404
