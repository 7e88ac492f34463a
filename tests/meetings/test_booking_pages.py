"""Pages and addresses for programs about half hours, as the two see them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_meeting,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from tests.trust.browsing import Form, forms_of
from viceversa.accounts.actions import create_token
from viceversa.meetings.actions.booking import cancel_meeting
from viceversa.meetings.forms.booking import WhenForm
from viceversa.meetings.models import Meeting
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
ClientOf = Callable[[Person], Client]


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> ClientOf:
    return lambda person: signed_in(make_user(person))


@pytest.fixture
def partnership() -> Partnership:
    programme = make_programme()
    tamsin = make_person("Tamsin Marlow", time_zone="Europe/Berlin")
    juno = make_person("Juno Okapi", time_zone="America/New_York")
    return make_partnership(
        programme,
        learner=make_enrolment(programme, tamsin, learner=True),
        adviser=make_enrolment(programme, juno, adviser=True),
        state="active",
    )


def page(name: str, partnership: Partnership, meeting: Meeting | None = None) -> str:
    keys = [partnership.key, meeting.key] if meeting else [partnership.key]
    return reverse(f"meetings:{name}", args=keys)


def typed(at: datetime, zone: str = "Europe/Berlin", **fields: object) -> dict[str, object]:
    here = at.astimezone(ZoneInfo(zone))
    return {"day": f"{here:%Y-%m-%d}", "at": f"{here:%H:%M}", "minutes": 30, **fields}


def in_days(days: int) -> datetime:
    return (clock.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)


def api_of(person: Person) -> Client:
    now = clock.now()
    _token, secret = create_token(
        user=make_user(person),
        name="test",
        scopes=["read", "write"],
        expires_at=now + timedelta(days=1),
        by=actor_for_person(person),
        now=now,
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_the_learner_books_on_the_own_clock_and_both_see_it_on_theirs(
    partnership: Partnership, client_of: ClientOf
) -> None:
    client, at = client_of(partnership.learner.person), in_days(7)

    answer = client.post(page("book", partnership), typed(at, place="Café Blau"))

    meeting = Meeting.objects.get()
    assert meeting.starts_at == at
    assert answer.headers["Location"] == page("meeting", partnership, meeting)
    for person in (partnership.learner.person, partnership.adviser.person):
        text = client_of(person).get(page("meeting", partnership, meeting)).content.decode()
        for zone in ("Europe/Berlin", "America/New_York"):
            assert f"{at.astimezone(ZoneInfo(zone)):%H:%M}" in text
        assert "Café Blau" in text
    assert answer.status_code == 302


def test_the_book_page_suggests_times_and_says_where_not_to_meet(
    partnership: Partnership, client_of: ClientOf
) -> None:
    answer = client_of(partnership.learner.person).get(page("book", partnership))

    assert len(answer.context["offers"]) == 3
    assert "Not the learner&#x27;s office" in answer.content.decode()
    assert answer.context["form"].initial["minutes"] == 30


@pytest.mark.parametrize("side", ["learner", "adviser"])
def test_another_time_is_one_tap_away_too(
    partnership: Partnership, client_of: ClientOf, side: str
) -> None:
    meeting = make_meeting(partnership, starts_at=in_days(7), place="Café Blau")
    client = client_of(partnership.person_on(side))
    address = page("move" if side == "learner" else "propose", partnership, meeting)

    shown = client.get(address)
    moment = shown.context["offers"][1]["at_moment"]
    (form,) = [one for one in forms_of(shown.content.decode()) if _asks_for(one, moment)]
    answer = client.post(form.action, {one.name: one.value for one in form.fields})

    assert answer.status_code == 302
    meeting.refresh_from_db()
    if side == "learner":
        assert (meeting.starts_at, meeting.place) == (moment, "Café Blau")
    else:
        assert meeting.proposals.get().starts_at == moment


def _asks_for(form: Form, moment: datetime) -> bool:
    here = moment.astimezone(ZoneInfo("Europe/Berlin"))
    there = moment.astimezone(ZoneInfo("America/New_York"))
    said = {one.name: one.value for one in form.fields if one.kind == "hidden"}
    return any(
        said.get("day") == f"{at:%Y-%m-%d}" and said.get("at") == f"{at:%H:%M}"
        for at in (here, there)
    )


def test_what_cannot_be_is_said_above_the_form_which_keeps_what_was_typed(
    partnership: Partnership, client_of: ClientOf
) -> None:
    client, taken = client_of(partnership.learner.person), in_days(3)
    make_meeting(partnership, starts_at=taken)
    wrong = [
        typed(in_days(-1)),
        typed(in_days(500)),
        typed(taken),
        typed(in_days(4), link="http://meet.example"),
        typed(in_days(4), minutes=1000),
        {"day": "soon", "at": "noon", "minutes": 30},
        {},
    ]
    for data in wrong:
        answer = client.post(page("book", partnership), {"place": "Here", **data})
        assert answer.status_code == 422, data
        assert 'value="Here"' in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_a_skipped_hour_is_refused_by_the_form() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    form = WhenForm({"day": "2026-03-29", "at": "02:30"}, zone="Europe/Berlin", now=now)

    assert not form.is_valid()
    assert "jump over" in str(form.errors["at"])


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_answered_in_words(day: str) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    form = WhenForm({"day": day, "at": "00:00"}, zone="Pacific/Auckland", now=now)

    assert not form.is_valid()


def test_moving_calling_off_proposing_and_taking_work_without_javascript(
    partnership: Partnership, client_of: ClientOf
) -> None:
    learner = client_of(partnership.learner.person)
    adviser = client_of(partnership.adviser.person)
    meeting = make_meeting(partnership, starts_at=in_days(3))

    learner.post(page("move", partnership, meeting), typed(in_days(4), seen=0))
    adviser.post(page("propose", partnership, meeting), typed(in_days(5), zone="America/New_York"))
    proposal = learner.get(page("meeting", partnership, meeting)).context["proposal"]
    learner.post(page("take", partnership, meeting), {"proposal": proposal.key})
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (in_days(5), 2)

    assert adviser.get(page("cancel", partnership, meeting)).status_code == 200
    stale = adviser.post(page("cancel", partnership, meeting), {"seen": "1"})
    assert stale.status_code == 409
    adviser.post(page("cancel", partnership, meeting), {"seen": "2"})
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    again = adviser.post(page("cancel", partnership, meeting), {"seen": "3"})
    assert again.status_code == 409


def test_the_list_shows_what_is_ahead_what_was_and_who_called_off(
    partnership: Partnership, client_of: ClientOf
) -> None:
    client = client_of(partnership.adviser.person)
    empty = client.get(page("list", partnership)).content.decode()
    assert "Tamsin Marlow books" in empty
    make_meeting(partnership, starts_at=in_days(-7), state="held")
    meeting = make_meeting(partnership, starts_at=in_days(2))
    client_of(partnership.learner.person).post(page("cancel", partnership, meeting))

    text = client.get(page("list", partnership)).content.decode()

    assert "Took place" in text
    assert "by the side of Tamsin Marlow" in text


def test_before_the_signature_the_page_says_what_is_missing(
    partnership: Partnership, client_of: ClientOf
) -> None:
    Partnership.objects.update(state="preparing")
    for name in ("list", "book", "series"):
        answer = client_of(partnership.learner.person).get(page(name, partnership))
        assert answer.status_code == 200
        assert "sign your agreement" in answer.content.decode()


def test_a_series_is_begun_and_stopped_on_its_pages(
    partnership: Partnership, client_of: ClientOf
) -> None:
    client = client_of(partnership.learner.person)
    data = typed(in_days(2), every_days=7, until=f"{in_days(60):%Y-%m-%d}")

    client.post(page("series", partnership), data)

    assert Meeting.objects.count() == 4
    assert "A series, every week" in client.get(page("list", partnership)).content.decode()
    client.post(page("series_stop", partnership))
    assert client.post(page("series_stop", partnership)).status_code == 404


def test_strangers_coordinators_and_administrators_find_no_half_hours(
    partnership: Partnership, client_of: ClientOf, signed_in: Callable[..., Client]
) -> None:
    meeting = make_meeting(partnership, starts_at=in_days(3))
    power = make_user(make_person(), roles=("operator", "directory_administrator"))
    others = [
        client_of(make_person()),
        client_of(make_coordinator(partnership.programme)),
        signed_in(power),
    ]
    names = ("meeting", "move", "cancel", "propose", "missed")
    for client in others:
        for name in ("list", "book", "series"):
            assert client.get(page(name, partnership)).status_code == 404
        for name in names:
            path = page(name, partnership, meeting)
            assert client.get(path).status_code == 404
            assert client.post(path).status_code in (404, 405)


def test_a_half_hour_of_another_partnership_is_not_found_under_this_one(
    partnership: Partnership, client_of: ClientOf
) -> None:
    other = make_meeting(starts_at=in_days(3))
    client = client_of(partnership.learner.person)

    assert client.get(page("meeting", partnership, other)).status_code == 404


def test_the_pages_ask_the_same_number_of_queries_for_one_and_for_ten(
    partnership: Partnership, client_of: ClientOf
) -> None:
    client = client_of(partnership.learner.person)
    first = make_meeting(partnership, starts_at=in_days(3))
    make_meeting(partnership, starts_at=in_days(-3), state="held")
    paths = [
        page("list", partnership),
        page("book", partnership),
        page("meeting", partnership, first),
    ]

    def counts() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len(queries))
        return found

    counts()
    before = counts()
    for number in range(1, 10):
        make_meeting(partnership, starts_at=in_days(3 + number))
        make_meeting(partnership, starts_at=in_days(-3 - number), state="held")

    assert counts() == before


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(minutes=20), "less than an hour before"),
        (timedelta(minutes=75), "one hour before"),
        (timedelta(hours=3, minutes=20), "3 hours before"),
    ],
)
def test_how_late_it_was_called_off_is_told_in_whole_hours(
    partnership: Partnership, client_of: ClientOf, before: timedelta, words: str
) -> None:
    by = actor_for_person(partnership.learner.person)
    meeting = make_meeting(partnership, starts_at=in_days(3))
    cancel_meeting(meeting=meeting, by=by, now=meeting.starts_at - before)

    seen = client_of(partnership.learner.person).get(page("meeting", partnership, meeting))

    assert f"by your side, {words}" in seen.content.decode()
    assert "Book another time" in seen.content.decode()


def test_a_half_hour_that_has_begun_is_on_and_not_the_next(
    partnership: Partnership, client_of: ClientOf
) -> None:
    make_meeting(partnership, starts_at=clock.now() - timedelta(minutes=5))

    seen = client_of(partnership.learner.person).get(page("list", partnership)).content.decode()

    assert "One is on now" in seen
    assert "The next is on" not in seen


def test_what_cannot_be_changed_is_refused_before_anything_is_typed(
    partnership: Partnership, client_of: ClientOf
) -> None:
    client = client_of(partnership.learner.person)
    ahead = make_meeting(partnership, starts_at=in_days(3))
    gone = make_meeting(partnership, starts_at=in_days(4), state="cancelled")

    for name in ("move", "cancel", "propose"):
        assert client.get(page(name, partnership, gone)).status_code == 409
        assert client.get(page(name, partnership, ahead)).status_code == 200
    for meeting in (gone, ahead):
        assert client.get(page("missed", partnership, meeting)).status_code == 409


@pytest.mark.parametrize(
    ("state", "words"),
    [("completed", "Nothing more is booked here."), ("paused", "None is booked during the pause.")],
)
def test_a_list_that_is_over_or_rests_does_not_speak_of_a_first_half_hour(
    partnership: Partnership, client_of: ClientOf, state: str, words: str
) -> None:
    Partnership.objects.update(state=state)

    seen = client_of(partnership.learner.person).get(page("list", partnership)).content.decode()

    assert words in seen
    assert "The first half hour" not in seen


def test_programs_list_read_book_move_and_call_off(partnership: Partnership) -> None:
    learner, adviser = (
        api_of(partnership.learner.person),
        api_of(partnership.adviser.person),
    )
    base = f"/api/v1/partnerships/{partnership.key}/meetings"
    at = in_days(3).isoformat()

    booked = learner.post(base, {"starts_at": at}, content_type="application/json")
    one = f"{base}/{booked.json()['key']}"
    moved = learner.post(
        f"{one}/move", {"starts_at": in_days(4).isoformat()}, content_type="application/json"
    )
    called_off = adviser.post(f"{one}/cancel")
    listed = adviser.get(base).json()

    assert (booked.status_code, moved.status_code, called_off.status_code) == (201, 200, 200)
    assert listed["items"][0]["called_off_by"] == "adviser"
    assert adviser.get(one).json()["state"] == "cancelled"
    assert adviser.post(f"{one}/cancel").status_code == 409


def test_programs_propose_take_and_leave_another_time(partnership: Partnership) -> None:
    learner, adviser = (
        api_of(partnership.learner.person),
        api_of(partnership.adviser.person),
    )
    meeting = make_meeting(partnership, starts_at=in_days(3))
    base = f"/api/v1/partnerships/{partnership.key}/meetings/{meeting.key}"

    def propose(day: int) -> str:
        body = {"starts_at": in_days(day).isoformat()}
        made = adviser.post(f"{base}/proposal", body, content_type="application/json")
        assert made.status_code == 201
        assert learner.get(f"{base}/proposal").json() == made.json()
        return f"{base}/proposal/{made.json()['key']}"

    assert learner.get(f"{base}/proposal").status_code == 404
    first = propose(4)
    assert learner.post(f"{first}/leave").status_code == 200
    assert learner.post(f"{first}/take").status_code == 409
    second = propose(5)
    assert adviser.post(f"{second}/take").status_code == 403
    moved = learner.post(f"{second}/take").json()
    assert datetime.fromisoformat(moved["starts_at"]) == in_days(5)
    assert api_of(make_person()).get(f"{base}/proposal").status_code == 404


def test_programs_say_that_one_did_not_take_place(partnership: Partnership) -> None:
    adviser = api_of(partnership.adviser.person)
    ahead, past = (make_meeting(partnership, starts_at=in_days(day)) for day in (2, -1))
    base = f"/api/v1/partnerships/{partnership.key}/meetings"

    def say(meeting: Meeting, side: str) -> Any:
        path = f"{base}/{meeting.key}/missed"
        return adviser.post(path, {"side": side}, content_type="application/json")

    assert say(ahead, "learner").status_code == 409
    assert say(past, "nobody").status_code == 422
    assert say(past, "learner").json()["called_off_by"] == "learner"


def test_programs_get_a_reason_for_what_cannot_be(partnership: Partnership) -> None:
    learner, adviser = (
        api_of(partnership.learner.person),
        api_of(partnership.adviser.person),
    )
    base = f"/api/v1/partnerships/{partnership.key}/meetings"

    def status(client: Client, **data: object) -> int:
        return client.post(base, data, content_type="application/json").status_code

    assert status(learner, starts_at=in_days(-1).isoformat()) == 409
    assert status(learner, starts_at="2026-12-01T10:00:00") == 422
    assert status(learner, starts_at=in_days(1).isoformat(), minutes=0) == 422
    assert status(learner, starts_at=in_days(1).isoformat(), link="http://x.example") == 409
    assert status(adviser, starts_at=in_days(1).isoformat()) == 403
    assert api_of(make_person()).get(base).status_code == 404
    assert Meeting.objects.count() == 0


def test_programs_of_the_two_book_read_and_stop_half_hours_that_come_back() -> None:
    partnership = make_partnership(state="active")
    learner, adviser = api_of(partnership.learner.person), api_of(partnership.adviser.person)
    path = f"/api/v1/partnerships/{partnership.key}/series"
    first = (clock.now() + timedelta(days=7)).date()
    wanted = {"first_on": first, "clock": "10:00", "until": first + timedelta(days=60)}

    def book(program: Client, **other: Any) -> Any:
        return program.post(path, wanted | other, content_type="application/json")

    assert learner.get(path).status_code == 404
    assert book(learner, until=first - timedelta(days=1)).status_code == 409
    assert book(learner, minutes=1).status_code == 422
    assert book(adviser).status_code == 403
    made = book(learner)
    assert (made.status_code, made.json()["every_days"], made.json()["minutes"]) == (201, 7, 30)
    assert adviser.get(path).json() == made.json()
    assert book(learner).json()["code"] == "series"
    outside = api_of(make_person())
    assert {outside.get(path).status_code, book(outside).status_code} == {404}
    assert outside.post(f"{path}/stop").status_code == 404
    assert adviser.post(f"{path}/stop").status_code == 204
    assert learner.get(path).status_code == 404
