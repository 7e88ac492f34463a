"""Opportunities: open to advisers until a day, answered in private, counted without names."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_person,
    make_programme,
    make_user,
)
from tests.factories.community import make_opportunity
from viceversa.community.actions.opportunity import (
    Post,
    close_opportunity,
    hide_opportunity,
    post_opportunity,
    say_outcome,
    show_interest,
    take_interest_back,
)
from viceversa.community.models import Interest, Opportunity
from viceversa.community.queries.opportunity import took_part
from viceversa.community.rules.opportunity import band_of, is_open, wrong_with_end
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotAllowed, Refused

SignedIn = Callable[..., Client]
NOTE = "I made two of these at my last place."
TITLE = "A film for the reading room"


@pytest.fixture
def programme(db: None) -> Programme:
    return make_programme(state="running")


def address(programme: Programme, *parts: str) -> str:
    start = f"/programmes/{programme.slug}/community/opportunities/"
    return start + "".join(f"{part}/" for part in parts)


def adviser(programme: Programme) -> Person:
    return make_enrolment(programme, adviser=True).person


def test_an_interest_is_read_by_the_poster_and_the_adviser_alone(
    signed_in: SignedIn, programme: Programme
) -> None:
    row = make_opportunity(programme, now=clock.now())
    interested = adviser(programme)
    asking = signed_in(make_user(interested))
    here = address(programme, row.key)

    assert asking.post(here, {"note": NOTE}).status_code == 302

    poster = signed_in(make_user(row.author)).get(here).content.decode()
    assert NOTE in poster
    assert interested.name in poster
    assert NOTE in asking.get(here).content.decode()
    for other in (adviser(programme), make_coordinator(programme)):
        client = signed_in(make_user(other))
        for page in (here, address(programme), f"{address(programme)}?which=mine"):
            said = client.get(page).content.decode()
            assert NOTE not in said
            assert interested.name not in said
            assert "interested</span>" not in said
    line = Notification.objects.get(person=row.author)
    assert NOTE not in line.title + line.body


def test_what_came_of_it_is_said_by_the_poster_told_to_the_adviser_and_counted_in_fives(
    signed_in: SignedIn, programme: Programme, now: datetime
) -> None:
    row = make_opportunity(programme)
    people = [adviser(programme) for _number in range(5)]
    for person in people:
        show_interest(opportunity=row, note="", by=actor_for_person(person), now=now)
    assert took_part(programme) == (0, 4)
    client = signed_in(make_user(row.author))
    for number, person in enumerate(people, start=1):
        said = {"person": person.key, "outcome": "taken_part"}
        client.post(address(programme, row.key, "outcome"), said)
        assert took_part(programme) == ((5, 9) if number == 5 else (0, 4))

    assert Notification.objects.filter(kind="community.outcome_said").count() == 5
    page = signed_in(make_user(people[0])).get(address(programme)).content.decode()
    assert "Between 5 and 9 people took part" in page
    say_outcome(
        opportunity=row,
        person=people[0],
        outcome="not_now",
        by=actor_for_person(row.author),
        now=now,
    )
    assert took_part(programme) == (0, 4)


@pytest.mark.pure
def test_bands_are_as_wide_as_five_and_the_lowest_reaches_nobody() -> None:
    assert [band_of(n) for n in (0, 4, 5, 9, 10)] == [(0, 4), (0, 4), (5, 9), (5, 9), (10, 14)]


@pytest.mark.pure
def test_the_last_day_counts_and_is_within_a_year() -> None:
    day = date(2026, 3, 2)
    assert is_open(ends_on=day, is_closed=False, today=day)
    assert not is_open(ends_on=day, is_closed=False, today=day + timedelta(days=1))
    assert not is_open(ends_on=day, is_closed=True, today=day)
    ends = [day - timedelta(days=1), day, day + timedelta(days=365), day + timedelta(days=366)]
    assert [wrong_with_end(end, today=day) for end in ends] == ["past", "", "", "far"]


def test_only_advisers_show_interest_once_and_not_in_their_own(
    programme: Programme, now: datetime
) -> None:
    row = make_opportunity(programme)
    learner = make_enrolment(programme, learner=True).person
    for person in (learner, make_coordinator(programme), make_person()):
        with pytest.raises(NotAllowed):
            show_interest(opportunity=row, note="", by=actor_for_person(person), now=now)
    both = make_enrolment(programme, learner=True, adviser=True).person
    own = make_opportunity(programme, author=both)
    with pytest.raises(Refused, match="yourself"):
        show_interest(opportunity=own, note="", by=actor_for_person(both), now=now)

    for _turn in range(2):
        show_interest(opportunity=row, note=NOTE, by=actor_for_person(both), now=now)
    assert Interest.objects.count() == 1
    assert Notification.objects.filter(person=row.author).count() == 1


def test_after_the_last_day_when_closed_or_hidden_nobody_shows_interest(
    programme: Programme, now: datetime
) -> None:
    by = actor_for_person(adviser(programme))
    late = make_opportunity(programme, now=now, days=2)
    closed, hidden = make_opportunity(programme, now=now), make_opportunity(programme, now=now)
    close_opportunity(opportunity=closed, by=actor_for_person(closed.author), now=now)
    coordinator = actor_for_person(make_coordinator(programme))
    hide_opportunity(opportunity=hidden, reason="Not ours.", by=coordinator, now=now)

    for row, at in ((late, now + timedelta(days=3)), (closed, now), (hidden, now)):
        with pytest.raises(Refused, match="closed"):
            show_interest(opportunity=row, note="", by=by, now=at)


def test_who_waits_learns_that_it_is_closed_and_the_outcome_can_still_be_said(
    programme: Programme, now: datetime
) -> None:
    row, person = make_opportunity(programme, now=now), adviser(programme)
    show_interest(opportunity=row, note="", by=actor_for_person(person), now=now)
    by = actor_for_person(row.author)
    close_opportunity(opportunity=row, by=by, now=now)
    assert Notification.objects.get(person=person).kind == "community.opportunity_closed"

    say_outcome(opportunity=row, person=person, outcome="taken_part", by=by, now=now)
    with pytest.raises(Refused):
        take_interest_back(opportunity=row, by=actor_for_person(person), now=now)


def test_interest_is_taken_back_and_leaves_nothing(programme: Programme, now: datetime) -> None:
    row, person = make_opportunity(programme, now=now), adviser(programme)
    show_interest(opportunity=row, note=NOTE, by=actor_for_person(person), now=now)
    take_interest_back(opportunity=row, by=actor_for_person(person), now=now)

    assert not Interest.objects.exists()
    with pytest.raises(Refused):
        say_outcome(
            opportunity=row,
            person=person,
            outcome="taken_part",
            by=actor_for_person(row.author),
            now=now,
        )


def test_others_neither_close_nor_say_what_came_of_it(
    signed_in: SignedIn, programme: Programme, now: datetime
) -> None:
    row, person = make_opportunity(programme, now=clock.now()), adviser(programme)
    show_interest(opportunity=row, note="", by=actor_for_person(person), now=clock.now())
    for other in (person, make_coordinator(programme)):
        client = signed_in(make_user(other))
        said = {"person": person.key, "outcome": "taken_part"}
        assert client.post(address(programme, row.key, "outcome"), said).status_code == 403
        assert client.post(address(programme, row.key, "close")).status_code == 403
    stranger = signed_in(make_user(make_person()))
    for path in (address(programme), address(programme, row.key), address(programme, "no")):
        assert stranger.get(path).status_code == 404


def test_the_board_shows_open_ones_and_what_is_over_or_mine_when_asked(
    signed_in: SignedIn, programme: Programme
) -> None:
    now = clock.now()
    make_opportunity(programme, now=now, title="Open one")
    over = make_opportunity(programme, now=now, title="Closed one", kind="role")
    close_opportunity(opportunity=over, by=actor_for_person(over.author), now=now)
    client = signed_in(make_user(over.author))

    def titles(query: str) -> list[bool]:
        page = client.get(address(programme) + query).content.decode()
        return [f">{title}</a>" in page for title in ("Open one", "Closed one")]

    assert titles("") == [True, False]
    assert titles("?which=over") == [False, True]
    assert titles("?which=mine") == [False, True]
    assert titles("?kind=role") == [False, False]
    assert titles("?which=broken") == [True, False]


def test_a_post_needs_a_title_a_text_and_a_day_that_lies_ahead(
    signed_in: SignedIn, programme: Programme
) -> None:
    client = signed_in(make_user(make_enrolment(programme, learner=True).person))
    good = {"kind": "group", "title": TITLE, "text": "Two days.", "ends_on": "2035-01-01"}

    answer = client.post(address(programme, "new"), good)
    assert answer.status_code == 422
    assert "Choose a day within a year." in answer.content.decode()
    good["ends_on"] = (clock.now().date() + timedelta(days=3)).isoformat()
    for missing in good:
        assert client.post(address(programme, "new"), {**good, missing: ""}).status_code == 422
    assert client.post(address(programme, "new"), good).status_code == 302
    assert Opportunity.objects.get().kind == "group"


def test_an_action_asks_again_and_the_record_holds_no_names(
    programme: Programme, now: datetime
) -> None:
    for ends_on in (now.date() - timedelta(days=1), now.date() + timedelta(days=400)):
        with pytest.raises(Refused):
            post_opportunity(
                programme=programme,
                post=Post("project", TITLE, "Text", ends_on),
                by=actor_for_person(make_coordinator(programme)),
                now=now,
            )
    row, person = make_opportunity(programme, now=now), adviser(programme)
    show_interest(opportunity=row, note=NOTE, by=actor_for_person(person), now=now)
    by = actor_for_person(row.author)
    say_outcome(opportunity=row, person=person, outcome="taken_part", by=by, now=now)
    last = Entry.objects.order_by("pk").last()
    assert last is not None
    assert last.detail == {"outcome": "taken_part"}
    assert person.name not in last.target_label


def test_five_a_day_and_pages_that_cost_the_same_for_one_and_many(
    signed_in: SignedIn, programme: Programme, django_assert_max_num_queries: Any
) -> None:
    now = clock.now()
    poster = make_enrolment(programme, learner=True).person
    for _number in range(5):
        row = make_opportunity(programme, author=poster, now=now)
    with pytest.raises(Refused, match="come back tomorrow"):
        make_opportunity(programme, author=poster, now=now)
    client = signed_in(make_user(poster))
    pages = (address(programme), address(programme, row.key))
    counts = []
    for turn in range(2):
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(counts[len(counts) - 2] if turn else 13) as used:
                client.get(page)
            counts.append(len(used))
        for _number in range(4):
            make_opportunity(programme, now=now)
            by = actor_for_person(adviser(programme))
            show_interest(opportunity=row, note=NOTE, by=by, now=now)
