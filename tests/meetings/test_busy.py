"""Busy times out of a calendar of one's own, and an address that is slow, huge, private, forged or
no calendar at all."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.factories import actor_for_person, make_person, make_user
from tests.meetings.certificates import certificate_in
from viceversa.history.models import Entry
from viceversa.meetings.actions import busy as actions
from viceversa.meetings.actions import reading
from viceversa.meetings.actions.reading import CannotRead, read_address
from viceversa.meetings.jobs.calendars import read_busy_calendar, read_busy_calendars
from viceversa.meetings.models import BusyCalendar
from viceversa.meetings.queries.calendar import sentence
from viceversa.meetings.rules.busy import (
    MOST_DAYS_LOOKED_AT,
    NotACalendar,
    busy_times,
    is_public,
    tidied,
    wrong_with_address,
)
from viceversa.meetings.rules.recurrence import TooMuch
from viceversa.toolkit.errors import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)  # a Monday


def calendar(*events: str) -> bytes:
    lines = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Other//EN\n{lines}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def busy(*events: str, zone: str = "Europe/Berlin") -> list[str]:
    """As `3T10:00-11:00`: day of March, in UTC."""
    return [
        f"{start:%-d.%-mT%H:%M}-{end:%H:%M}"
        for start, end in busy_times(calendar(*events), zone=zone, now=NOW)
    ]


def test_an_event_is_a_busy_time_and_nothing_of_it_but_when() -> None:
    event = "UID:1\nSUMMARY:Dentist\nDTSTART:20260303T100000Z\nDTEND:20260303T110000Z"

    assert busy(event) == ["3.3T10:00-11:00"]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART;TZID=America/New_York:20260303T100000\nDURATION:PT30M", ["3.3T15:00-15:30"]),
        (
            "DTSTART;TZID=W. Europe Standard Time:20260303T100000\nDURATION:PT1H",
            ["3.3T09:00-10:00"],
        ),
        (
            "DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20260303T100000\nDURATION:PT1H",
            ["3.3T09:00-10:00"],
        ),
        (
            "DTSTART;TZID=tzone://Microsoft/Custom:20260303T100000\nDURATION:PT1H",
            ["3.3T09:00-10:00"],
        ),
        ("DTSTART:20260303T100000\nDURATION:PT1H", ["3.3T09:00-10:00"]),
        ("DTSTART;VALUE=DATE:20260303", ["2.3T23:00-23:00"]),
        ("DTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330", ["27.3T23:00-22:00"]),
        ("DTSTART:20260303T100000Z", []),
        ("DTSTART:20260303T100000Z\nDTEND:20260303T090000Z", []),
        ("DTSTART:20260303T100000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20260303T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        ("DTSTART:20260303T100000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        ("DTSTART:20260302T080000Z\nDURATION:PT2H", ["2.3T09:12-10:00"]),
        ("DTSTART:20260301T080000Z\nDURATION:PT2H", []),
        ("DTSTART:20260601T080000Z\nDURATION:PT2H", []),
        ("DTSTART:nonsense\nDURATION:PT2H", []),
        ("SUMMARY:no start", []),
    ],
)
def test_what_counts_as_busy(event: str, expected: list[str]) -> None:
    assert busy(f"UID:1\n{event}") == expected


def test_what_comes_back_keeps_its_clock_when_the_clocks_change() -> None:
    event = "UID:1\nDTSTART;TZID=Europe/Berlin:20260105T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"

    assert busy(event)[1:6] == [
        "9.3T09:00-10:00",
        "16.3T09:00-10:00",
        "23.3T09:00-10:00",
        "30.3T08:00-09:00",
        "6.4T08:00-09:00",
    ]


def test_exceptions_and_moved_occurrences_are_understood() -> None:
    series = (
        "UID:1\nDTSTART;TZID=Europe/Berlin:20260302T150000\nDURATION:PT1H\n"
        "RRULE:FREQ=DAILY;COUNT=6\nEXDATE;TZID=Europe/Berlin:20260303T150000,20260304T150000"
    )
    moved = (
        "UID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20260305T150000\n"
        "DTSTART;TZID=Europe/Berlin:20260305T170000\nDURATION:PT1H"
    )
    off = "UID:1\nRECURRENCE-ID:20260306T140000Z\nDTSTART:20260306T140000Z\nSTATUS:CANCELLED"

    assert busy(series, moved, off) == ["2.3T14:00-15:00", "5.3T16:00-17:00", "7.3T14:00-15:00"]


def test_a_day_left_out_of_what_has_an_hour_is_left_out() -> None:
    series = (
        "UID:1\nDTSTART;TZID=Europe/Berlin:20260303T003000\nDURATION:PT1H\n"
        "RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260304"
    )

    assert busy(series) == ["2.3T23:30-00:30", "4.3T23:30-00:30"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;UNTIL=20260304T140000Z", ["2.3", "3.3", "4.3"]),
        ("FREQ=DAILY;UNTIL=20260304T135959Z", ["2.3", "3.3"]),
        ("FREQ=DAILY;UNTIL=20260304", ["2.3", "3.3", "4.3"]),
        ("FREQ=WEEKLY;BYDAY=TU,WE;COUNT=2", ["2.3", "3.3", "4.3"]),
        ("FREQ=SECONDLY", []),
        ("FREQ=DAILY;INTERVAL=x", []),
    ],
)
def test_rules_end_when_they_say(rule: str, days: list[str]) -> None:
    event = f"UID:1\nDTSTART;TZID=Europe/Berlin:20260302T150000\nDURATION:PT1H\nRRULE:{rule}"

    assert [when.partition("T")[0] for when in busy(event)] == days


def test_further_dates_and_free_busy_lists_count() -> None:
    event = (
        "UID:1\nDTSTART:20260303T100000Z\nDURATION:PT1H\n"
        "RDATE:20260304T100000Z\nRDATE;VALUE=PERIOD:20260305T100000Z/PT1H"
    )
    assert busy(event) == ["3.3T10:00-11:00", "4.3T10:00-11:00", "5.3T10:00-11:00"]

    text = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VFREEBUSY\r\n"
        b"FREEBUSY:20260303T100000Z/20260303T110000Z,20260304T100000Z/PT1H\r\n"
        b"FREEBUSY;FBTYPE=FREE:20260305T100000Z/PT1H\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    )
    assert len(busy_times(text, zone="UTC", now=NOW)) == 2


def test_busy_times_that_touch_are_one() -> None:
    first = "UID:1\nDTSTART:20260303T100000Z\nDURATION:PT1H"
    second = "UID:2\nDTSTART:20260303T103000Z\nDURATION:PT2H"

    assert busy(first, second) == ["3.3T10:00-12:30"]


@pytest.mark.parametrize(
    "text", [b"", b"<html>", b"\xff\xfe\x00", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"]
)
def test_what_is_no_calendar_is_said_to_be_none(text: bytes) -> None:
    with pytest.raises(NotACalendar):
        busy_times(text, zone="UTC", now=NOW)


def test_a_calendar_made_to_tire_us_is_given_up() -> None:
    event = "DTSTART;TZID=UTC:19000101T000000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=999999"
    started = time.monotonic()
    with pytest.raises(TooMuch):
        busy_times(calendar(*[f"UID:{n}\n{event}" for n in range(100)]), zone="UTC", now=NOW)

    assert time.monotonic() - started < 15
    assert MOST_DAYS_LOOKED_AT < 100 * 126 * 365


# Which address


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("10.0.0.8", False),
        ("172.16.1.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.1.2.3", False),
        ("64:ff9b::7f00:1", False),
        ("fec0::1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd12:3456::1", False),
        ("ff02::1", False),
    ],
)
def test_private_places_are_known_in_every_disguise(text: str, public: bool) -> None:
    assert is_public(text) is public


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://calendar.example/private/abc.ics", ""),
        ("webcal://calendar.example/abc.ics", ""),
        ("http://calendar.example/abc.ics", "not_https"),
        ("file:///etc/passwd", "no_address"),
        ("ftp://calendar.example/a", "not_https"),
        ("gopher://calendar.example/a", "not_https"),
        ("https://", "no_address"),
        ("calendar.example/abc.ics", "no_address"),
        ("https://calendar.example/\r\nX: 1", "no_address"),
        ("https://calendar.example/a b", "no_address"),
        ("https://calendar.example:99999/", "no_address"),
        ("https://[broken", "no_address"),
        ("https://me:secret@calendar.example/", "with_password"),
        ("https://localhost/a.ics", "private"),
        ("https://LOCALHOST./a.ics", "private"),
        ("https://printer.local/a.ics", "private"),
        ("https://127.0.0.1/a.ics", "private"),
        ("https://[::1]/a.ics", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("https://x.example/" + "a" * 1000, "no_address"),
    ],
)
def test_an_address_is_looked_at_before_anything_is_asked(address: str, problem: str) -> None:
    assert wrong_with_address(tidied(address), allow_private=False) == problem
    assert sentence(problem or "unreachable").endswith(".")


# Reading


class Server(ThreadingHTTPServer):
    answer: Callable[[BaseHTTPRequestHandler], None]
    asked: int = 0


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name is the library's
        assert isinstance(self.server, Server)
        self.server.asked += 1
        self.server.answer(self)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving(
    answer: Callable[[BaseHTTPRequestHandler], None], secured: ssl.SSLContext | None = None
) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.answer = answer  # type: ignore[method-assign]
    if secured:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def address_of(server: Server, scheme: str = "http", host: str = "127.0.0.1") -> str:
    return f"{scheme}://{host}:{server.server_address[1]}/private/abc.ics?x=1"


def gives(body: bytes, status: int = 200, **headers: str) -> Callable[[Any], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


EVENT = "UID:1\nSUMMARY:Secret dinner\nDTSTART:20260303T100000Z\nDURATION:PT1H"


def code_of(server: Server, **where: str) -> str:
    try:
        read_address(address_of(server, **where), allow_private=True)
    except CannotRead as problem:
        return str(problem)
    return ""


def test_a_calendar_is_read_and_only_busy_times_are_kept(settings: Any) -> None:
    settings.BUSY_ALLOW_PRIVATE = True
    person = make_person()
    with serving(gives(calendar(EVENT))) as server:
        given = actions.give_busy_calendar(
            address=address_of(server), by=actor_for_person(person), now=NOW
        )
        assert actions.read_busy_calendar(calendar_id=given.pk, now=NOW) == ""

    kept = BusyCalendar.objects.values().get()
    assert kept["busy"] == [["2026-03-03T10:00:00+00:00", "2026-03-03T11:00:00+00:00"]]
    assert (kept["read_at"], kept["problem"]) == (NOW, "")
    assert "Secret dinner" not in str(kept)
    assert "abc.ics" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (gives(b"", 404), "refused"),
        (gives(b"", 500), "refused"),
        (gives(b"", 302, Location="http://169.254.169.254/"), "elsewhere"),
        (gives(b"", 307, Location="/same"), "elsewhere"),
        (gives(b"x" * (2 * 1024 * 1024 + 1)), "huge"),
        (gives(b"", Content_Length=str(10**12)), "huge"),
        (lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n"), "unreachable"),
        (lambda handler: None, "unreachable"),
    ],
)
def test_places_that_answer_something_else(answer: Any, problem: str) -> None:
    with serving(answer) as server:
        assert code_of(server) == problem
        assert server.asked == 1


def test_a_huge_answer_without_a_length_is_left_after_two_megabytes() -> None:
    sent = []

    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _chunk in range(4000):
                handler.wfile.write(b"x" * 65536)
                sent.append(65536)
        except OSError:
            return

    with serving(pour) as server:
        assert code_of(server) == "huge"
    assert sum(sent) < 20 * 1024 * 1024


def _drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    _drip(handler)


def _drip(handler: BaseHTTPRequestHandler) -> None:
    try:
        for _byte in range(600):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def _drip_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(handler)


@pytest.mark.parametrize(
    "answer", [_drip_body, _drip_head, lambda handler: time.sleep(3)], ids=["body", "head", "still"]
)
def test_a_slow_place_is_left_in_time(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ALTOGETHER", 1.0)
    started = time.monotonic()
    with serving(answer) as server:
        assert code_of(server) == "slow"
        assert time.monotonic() - started < 2.5


def test_the_limits_are_five_and_fifteen_seconds() -> None:
    assert (reading.EACH_STEP, reading.ALTOGETHER) == (5.0, 15.0)
    assert reading.MOST_BYTES == 2 * 1024 * 1024


def test_nobody_there_is_said_so() -> None:
    with serving(gives(b"")) as server:
        address = address_of(server)
    with pytest.raises(CannotRead, match="unreachable"):
        read_address(address, allow_private=True)
    with pytest.raises(CannotRead, match="not_found"):
        read_address("https://nowhere.invalid/a.ics", allow_private=False)


def _resolving_to(monkeypatch: pytest.MonkeyPatch, *places: str) -> list[str]:
    asked: list[str] = []

    def found(host: str, port: int, **_options: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", (place, port)) for place in places]

    monkeypatch.setattr(reading.socket, "getaddrinfo", found)
    return asked


@pytest.mark.parametrize(
    "places",
    [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"], ["fe80::1"], ["169.254.169.254"]],
)
def test_a_name_that_leads_inside_is_not_asked(
    places: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _resolving_to(monkeypatch, *places)
    with serving(gives(calendar(EVENT))) as server:
        address = f"https://calendar.example:{server.server_address[1]}/a.ics"
        with pytest.raises(CannotRead, match="private"):
            read_address(address, allow_private=False)
        assert server.asked == 0


def test_the_place_that_was_checked_is_the_place_that_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that leads elsewhere the second time is looked up only once."""
    with serving(gives(calendar(EVENT))) as server:
        asked = _resolving_to(monkeypatch, "127.0.0.1")
        monkeypatch.setattr(
            reading.socket,
            "create_connection",
            lambda place, timeout: _connect(place, timeout),
        )
        read_address(address_of(server, host="calendar.example"), allow_private=True)

    assert asked == ["calendar.example"]


def _connect(place: tuple[str, int], timeout: float) -> Any:
    connection = reading.socket.socket()
    connection.settimeout(timeout)
    connection.connect(place)
    return connection


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return certificate_in(tmp_path)


def test_a_place_must_prove_who_it_is(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(gives(calendar(EVENT)), context) as server:
        assert code_of(server, scheme="https", host="localhost") == "insecure"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert code_of(server, scheme="https", host="localhost") == ""
        assert code_of(server, scheme="https", host="127.0.0.1") == "insecure"


def test_a_place_that_never_shakes_hands_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ALTOGETHER", 1.0)
    with reading.socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(CannotRead, match="slow"):
            read_address(f"https://127.0.0.1:{silent.getsockname()[1]}/", allow_private=True)
        assert time.monotonic() - started < 2.5


# By the person


def test_giving_an_address_is_recorded_without_it_and_read_in_a_moment(settings: Any) -> None:
    person = make_person()
    actions.give_busy_calendar(
        address="webcal://calendar.example/secret.ics", by=actor_for_person(person), now=NOW
    )

    assert BusyCalendar.objects.get().address == "https://calendar.example/secret.ics"
    assert [entry.verb for entry in Entry.objects.all()] == ["meetings.busy_calendar_given"]
    [job] = DBTaskResult.objects.all()
    assert "meetings.read_busy_calendar" in str(job.args_kwargs)
    assert "secret" not in str(job.args_kwargs)


def test_a_private_address_is_refused_at_once() -> None:
    with pytest.raises(Refused, match="private network"):
        actions.give_busy_calendar(
            address="https://10.0.0.1/a.ics", by=actor_for_person(make_person()), now=NOW
        )
    assert not BusyCalendar.objects.exists()


def test_a_failure_is_said_and_what_was_read_before_stays(settings: Any) -> None:
    settings.BUSY_ALLOW_PRIVATE = True
    before = [["2026-03-03T10:00:00+00:00", "2026-03-03T11:00:00+00:00"]]
    with serving(gives(b"<html>Sign in</html>")) as server:
        row = BusyCalendar.objects.create(
            person=make_person(), address=address_of(server), busy=before
        )
        read_busy_calendar(row.pk)

    row.refresh_from_db()
    assert (row.problem, row.busy) == ("not_a_calendar", before)


def test_an_address_changed_while_it_was_read_wins(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BUSY_ALLOW_PRIVATE = True
    look_up = reading.socket.getaddrinfo

    def change_meanwhile(*where: Any, **how: Any) -> Any:
        BusyCalendar.objects.update(address="https://other.example/a.ics")
        return look_up(*where, **how)

    monkeypatch.setattr(reading.socket, "getaddrinfo", change_meanwhile)
    with serving(gives(calendar(EVENT))) as server:
        row = BusyCalendar.objects.create(person=make_person(), address=address_of(server))
        actions.read_busy_calendar(calendar_id=row.pk, now=NOW)
        assert server.asked == 1

    row.refresh_from_db()
    assert (row.busy, row.read_at) == ([], None)


def test_each_is_read_every_half_hour_and_leavers_never(settings: Any) -> None:
    settings.BUSY_ALLOW_PRIVATE = True
    gone = make_person(left_on=NOW.date())
    with serving(gives(calendar(EVENT))) as server:
        rows = [
            BusyCalendar.objects.create(person=person, address=address_of(server))
            for person in (make_person(), make_person(), gone)
        ]
        read_busy_calendars()
        read_busy_calendars()
        assert server.asked == 2

    later = datetime.now(UTC) + timedelta(minutes=31)
    waiting = actions.busy_calendars_to_read(now=later, most=9)
    assert waiting == [rows[0].pk, rows[1].pk]
    assert actions.read_busy_calendar(calendar_id=rows[2].pk, now=NOW) == "gone"


def test_removing_forgets_everything() -> None:
    person = make_person()
    BusyCalendar.objects.create(person=person, address="https://c.example/a.ics", busy=[["a", "b"]])
    actions.remove_busy_calendar(by=actor_for_person(person), now=NOW)

    assert not BusyCalendar.objects.exists()
    assert [entry.verb for entry in Entry.objects.all()] == ["meetings.busy_calendar_removed"]


def test_the_page_takes_an_address_says_what_is_wrong_and_never_shows_it(
    signed_in: Callable[..., Client],
) -> None:
    client = signed_in(make_user())
    wrong = client.post("/calendar/busy/", {"address": "http://calendar.example/a.ics"})
    assert wrong.status_code == 422
    assert "must begin with https://" in wrong.content.decode()

    done = client.post(
        "/calendar/busy/", {"address": "https://calendar.example/secret.ics"}, follow=True
    )
    page = done.content.decode()
    assert "Reading calendar.example" in page
    assert "secret.ics" not in page

    BusyCalendar.objects.update(read_at=NOW, problem="slow")
    assert "took longer than 15 seconds" in client.get("/calendar/").content.decode()
    BusyCalendar.objects.update(read_at=NOW, problem="", busy=[["a", "b"]])
    assert "1 busy time in the next 60 days" in client.get("/calendar/").content.decode()
    gone = client.post("/calendar/busy/remove/", follow=True)
    assert "Forgotten" in gone.content.decode()
