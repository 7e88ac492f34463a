from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import actor_for_person, make_user
from tests.meetings.half_hours import book, make_pair
from tests.meetings.test_ics import ZONES
from viceversa.accounts.models import User
from viceversa.history.models import Entry
from viceversa.meetings.actions.busy import choose_meeting_days
from viceversa.meetings.models import BusyCalendar, Holiday, Meeting, MeetingDays
from viceversa.meetings.queries.suggestions import suggested_times
from viceversa.meetings.rules.suggest import HORIZON, SOONEST, Week, merged, suggest
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules.agreement import SIDES
from viceversa.programmes.models import Programme
from viceversa.toolkit.errors import Refused

SignIn = Callable[..., Client]
NOW = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)
BERLIN = Week("Europe/Berlin", time(9), time(17))
moments = st.integers(0, 365 * 96).map(
    lambda quarters: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
)
weeks = st.builds(
    Week,
    st.sampled_from(ZONES),
    st.integers(5, 11).map(time),
    st.integers(14, 21).map(time),
    st.lists(
        st.tuples(moments, st.integers(1, 40)).map(
            lambda pair: (pair[0], pair[0] + timedelta(minutes=20 * pair[1]))
        ),
        max_size=20,
    ),
    st.frozensets(st.integers(0, 6), min_size=1),
)


@pytest.mark.pure
@given(one=weeks, other=weeks, now=moments, minutes=st.sampled_from([15, 30, 45, 60]))
def test_what_is_suggested_suits_both(one: Week, other: Week, now: datetime, minutes: int) -> None:
    found = suggest(one, other, minutes=minutes, now=now)

    assert found == sorted(set(found))
    assert len(found) <= 3
    for start in found:
        assert now + SOONEST <= start <= now + HORIZON
        end = start + timedelta(minutes=minutes)
        for week in (one, other):
            here, until = (at.astimezone(ZoneInfo(week.zone)) for at in (start, end))
            assert here.weekday() in week.days
            assert here.date() == until.date()
            assert week.hours_from <= here.time()
            assert until.time() <= week.hours_to
            assert not any(a < end and start < b for a, b in week.taken)


@pytest.mark.pure
@given(one=weeks, other=weeks, now=moments)
def test_none_is_suggested_only_when_none_is_possible(
    one: Week, other: Week, now: datetime
) -> None:
    if suggest(one, other, minutes=15, now=now):
        return
    start = (now + SOONEST).replace(minute=0)
    while start <= now + HORIZON:
        assert not all(_suits(week, start) for week in (one, other)), start
        start += timedelta(hours=1)


def _suits(week: Week, start: datetime) -> bool:
    end = start + timedelta(minutes=15)
    here, until = (at.astimezone(ZoneInfo(week.zone)) for at in (start, end))
    return (
        here.weekday() in week.days
        and here.date() == until.date()
        and week.hours_from <= here.time()
        and until.time() <= week.hours_to
        and not any(a < end and start < b for a, b in week.taken)
        and start >= NOW
    )


@pytest.mark.pure
def test_three_days_and_different_hours_away_from_lunch_and_edges() -> None:
    found = [at.astimezone(ZoneInfo("Europe/Berlin")) for at in _for_two_in_berlin()]

    assert len({at.date() for at in found}) == 3
    assert len({at.hour for at in found}) == 3
    assert all(time(9, 30) <= at.time() <= time(16) for at in found)
    assert all(not time(11, 45) < at.time() < time(13, 30) for at in found)
    assert all(at.minute in (0, 30) for at in found)
    assert all(at.date() < (NOW + timedelta(days=5)).date() for at in found)


def _for_two_in_berlin() -> list[datetime]:
    return suggest(BERLIN, BERLIN, minutes=30, now=NOW)


@pytest.mark.pure
def test_a_week_that_is_full_is_passed_over() -> None:
    full = [(NOW - timedelta(days=1), NOW + timedelta(days=7))]
    found = suggest(BERLIN, Week("Europe/Berlin", time(9), time(17), full), minutes=30, now=NOW)

    assert found
    assert found[0] >= NOW + timedelta(days=7)


@pytest.mark.pure
def test_hours_that_never_meet_give_nothing() -> None:
    found = suggest(Week("Pacific/Auckland", time(9), time(12)), BERLIN, minutes=30, now=NOW)

    assert found == []


@pytest.mark.pure
def test_taken_times_are_put_together() -> None:
    hour = timedelta(hours=1)
    found = merged(
        [(NOW + 3 * hour, NOW + 4 * hour), (NOW, NOW + hour), (NOW + hour, NOW + 2 * hour)]
    )

    assert found == [(NOW, NOW + 2 * hour), (NOW + 3 * hour, NOW + 4 * hour)]


@pytest.mark.django_db
def test_a_pair_is_offered_only_days_on_which_both_meet(now: datetime) -> None:
    partnership = make_pair(learner_zone="Asia/Riyadh", adviser_zone="Asia/Riyadh")
    learner, adviser = (actor_for_person(partnership.person_on(side)) for side in SIDES)
    choose_meeting_days(days=[6, 0, 1, 2, 3], by=learner, now=now)
    choose_meeting_days(days=[6, 4, 5, 6], by=adviser, now=now)

    found = suggested_times(seat_at(learner, partnership), minutes=30, now=now)

    assert {at.astimezone(ZoneInfo("Asia/Riyadh")).weekday() for at in found} == {6}
    assert Entry.objects.filter(verb="meetings.days_chosen").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("days", [[], [7], [0, -1]])
def test_a_week_needs_a_day_of_the_week(now: datetime, days: list[int]) -> None:
    by = actor_for_person(make_pair().learner.person)

    with pytest.raises(Refused):
        choose_meeting_days(days=days, by=by, now=now)

    assert not MeetingDays.objects.exists()


@pytest.mark.django_db
def test_the_page_of_ones_calendar_takes_the_days_and_asks_for_one(signed_in: SignIn) -> None:
    person = make_pair().learner.person
    client, address = signed_in(make_user(person)), reverse("meetings:days_choose")

    assert client.post(address, {"days": ["6", "0"]}).status_code == 302
    refused = client.post(address, {})

    assert refused.status_code == 422
    assert "Choose at least one day of the week." in refused.content.decode()
    assert MeetingDays.objects.get(person=person).days == "06"
    assert client.get(reverse("meetings:calendar")).content.decode().count(" checked") == 2


@pytest.mark.django_db
def test_an_account_of_nobody_has_no_week(signed_in: SignIn) -> None:
    client = signed_in(User.objects.create_user(email="nobody@fern.example"))

    assert client.post(reverse("meetings:days_choose"), {"days": ["0"]}).status_code == 403


@pytest.mark.django_db
def test_a_pair_is_offered_times_beside_what_both_have(now: datetime) -> None:
    partnership = make_pair(learner_zone="Europe/Berlin", adviser_zone="Europe/Berlin")
    learner, adviser = partnership.learner.person, partnership.adviser.person
    seat = seat_at(actor_for_person(learner), partnership)
    before = suggested_times(seat, minutes=30, now=now)
    book(partnership, starts_at=before[0])
    BusyCalendar.objects.create(
        person=adviser,
        address="https://c.example/a.ics",
        busy=[[before[1].isoformat(), (before[1] + timedelta(hours=1)).isoformat()]],
    )

    after = suggested_times(seat, minutes=30, now=now)

    assert len(before) == len(after) == 3
    assert not set(before[:2]) & set(after)


@pytest.mark.django_db
def test_half_hours_with_others_count_and_those_called_off_do_not(now: datetime) -> None:
    partnership = make_pair(learner_zone="Europe/Berlin", adviser_zone="Europe/Berlin")
    other = make_pair(learner_zone="Europe/Berlin", adviser_zone="Europe/Berlin")
    other.adviser = partnership.adviser
    other.save()
    seat = seat_at(actor_for_person(partnership.learner.person), partnership)
    first = suggested_times(seat, minutes=30, now=now)[0]
    meeting = book(other, starts_at=first)

    assert first not in suggested_times(seat, minutes=30, now=now)
    meeting.state = Meeting.State.CANCELLED
    meeting.save()
    assert first in suggested_times(seat, minutes=30, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "zone", ["Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe"]
)
def test_nothing_is_suggested_on_a_holiday_where_either_is(now: datetime, zone: str) -> None:
    partnership = make_pair(learner_zone="Europe/Berlin", adviser_zone=zone)
    for part in (partnership.learner, partnership.adviser):
        part.hours_from, part.hours_to = time(0), time(23, 59)
        part.save()
    seat = seat_at(actor_for_person(partnership.learner.person), partnership)
    zones = [ZoneInfo("Europe/Berlin"), ZoneInfo(zone)]
    off = suggested_times(seat, minutes=30, now=now)[0].astimezone(zones[0]).date()
    make_holiday(partnership.programme, off)
    elsewhere = make_pair().programme
    make_holiday(elsewhere, off + timedelta(days=1))

    after = suggested_times(seat, minutes=30, now=now, most=20)

    assert after
    assert off not in {at.astimezone(place).date() for at in after for place in zones}
    assert off + timedelta(days=1) in {at.astimezone(zones[0]).date() for at in after}


def make_holiday(programme: Programme, day: date) -> None:
    Holiday.objects.create(programme=programme, name="A holiday", first=day, last=day)


@pytest.mark.django_db
def test_suggesting_costs_the_same_for_one_and_for_ten(
    now: datetime, django_assert_num_queries: Any
) -> None:
    partnership = make_pair()
    seat = seat_at(actor_for_person(partnership.learner.person), partnership)
    for days in range(10):
        book(partnership, starts_at=now + timedelta(days=days, hours=5))
    with django_assert_num_queries(4):
        suggested_times(seat, minutes=30, now=now)
