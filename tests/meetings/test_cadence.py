"""Planned against kept, and how soon answers come: facts for the two, and for coordinators."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_coordinator, make_partnership, make_user
from tests.factories.goals import sign_level
from tests.meetings.half_hours import book, make_pair
from tests.meetings.writing import adviser_of, clients_of, learner_of
from viceversa.meetings.models import Delegate, Holiday, Meeting, Pause
from viceversa.meetings.queries.cadence import ProgrammeCadence, cadence_in, cadence_of
from viceversa.meetings.rules import cadence as rules
from viceversa.meetings.rules.cadence import Answers, Cadence
from viceversa.meetings.rules.help import Turn
from viceversa.partnerships.actions.letter import write_letter
from viceversa.partnerships.models import Partnership
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def signed_pair(*, days: int = 28, now: datetime = NOW) -> Partnership:
    """They signed so many days ago, to meet weekly."""
    pair: Partnership = make_pair()
    begin(pair, now - days * DAY)
    return pair


def begin(pair: Partnership, at: datetime) -> None:
    sign_level(pair, "nothing", at=at)
    Partnership.objects.filter(pk=pair.pk).update(started_at=at)
    pair.refresh_from_db()


def met(pair: Partnership, *days_ago: int, now: datetime = NOW) -> None:
    for days in days_ago:
        at = now - days * DAY
        book(pair, starts_at=at, state=Meeting.State.HELD, held_at=at, created_at=at)


def kept(pair: Partnership, now: datetime = NOW) -> Cadence:
    found = cadence_of(pair, "learner", now)
    assert found is not None
    return found.cadence


def test_what_was_planned_stands_beside_what_was_kept() -> None:
    pair = signed_pair(days=29)
    met(pair, 22, 15, 1)
    book(pair, starts_at=NOW - 8 * DAY, state=Meeting.State.CANCELLED)

    assert kept(pair) == Cadence(every_days=7, planned=4, met=3, last_at=NOW - DAY)
    assert not kept(pair).is_kept


def test_only_the_last_eight_weeks_count() -> None:
    pair = signed_pair(days=200)
    met(pair, 100, 90, 10)

    assert (kept(pair).planned, kept(pair).met) == (8, 1)


def test_pauses_and_holidays_are_left_out() -> None:
    pair = signed_pair(days=28)
    Pause.objects.create(partnership=pair, first=NOW - 20 * DAY, last=NOW - 13 * DAY)
    assert kept(pair).planned == 3
    first = (NOW - 10 * DAY).date()
    Holiday.objects.create(
        programme=pair.programme, name="Summer", first=first, last=first + 6 * DAY
    )

    assert kept(pair).planned == 2


def test_before_both_have_signed_there_is_nothing_to_keep() -> None:
    assert cadence_of(make_pair(), "learner", NOW) is None


@pytest.mark.pure
def test_an_answer_is_timed_from_the_first_word_that_waited() -> None:
    turns = [
        Turn("learner", NOW),
        Turn("learner", NOW + 5 * HOUR),
        Turn("adviser", NOW + 6 * HOUR),
        Turn("learner", NOW + 8 * HOUR),
        Turn("both", NOW + 9 * HOUR),
        Turn("adviser", NOW + 30 * HOUR),
    ]

    waits = rules.waits(turns, since=NOW, stops=[])

    assert waits == {"adviser": [6 * HOUR], "learner": [2 * HOUR]}


@pytest.mark.pure
@pytest.mark.parametrize(
    ("half", "days", "hours"),
    [(10 * timedelta(minutes=1), 0, 1), (47 * HOUR, 0, 47), (60 * HOUR, 2, 60)],
)
def test_half_of_the_answers_is_said_in_hours_or_days(
    half: timedelta, days: int, hours: int
) -> None:
    answers = rules.answers([half, half, 9 * DAY])

    assert answers == Answers(3, half)
    assert (answers.days, answers.hours) == (days, hours)


@pytest.mark.pure
def test_a_programme_learns_how_soon_answers_come_from_five_pairs_on() -> None:
    assert rules.within([HOUR] * 4) is None
    assert rules.within([HOUR] * 5) == "day"
    assert rules.within([HOUR, HOUR, 2 * DAY, 9 * DAY, 9 * DAY]) == "days"
    assert rules.within([8 * DAY] * 5) == "longer"


def test_both_read_it_on_the_page_of_their_half_hours_and_an_assistant_does_not(
    signed_in: SignIn,
) -> None:
    now = clock.now()
    pair = signed_pair(days=29, now=now)
    met(pair, 22, 15, 8, now=now)
    for by, hours in ((learner_of(pair), 30), (adviser_of(pair), 25)):
        write_letter(partnership=pair, text="Well?", by=by, now=now - hours * HOUR)
    address = reverse("meetings:list", args=[pair.key])
    learner, adviser = clients_of(signed_in, pair)

    page = adviser.get(address).content.decode()
    assert "You met 3 of 4 times" in page
    assert "within 5 hours" in page.partition("You answer")[2]
    page = learner.get(address).content.decode()
    assert f"{pair.adviser.person.name} answers" in page
    helper = make_partnership().learner.person
    delegate = Delegate.objects.create(principal=pair.learner.person, person=helper, named_at=now)
    address = reverse("meetings:assistant_list", args=[delegate.key, pair.key])
    assert "You met" not in signed_in(make_user(helper)).get(address).content.decode()


def test_coordinators_read_when_pairs_meet_and_nobodys_reply_times(signed_in: SignIn) -> None:
    now = clock.now()
    pair = signed_pair(days=29, now=now)
    met(pair, 22, 15, now=now)
    for by, hours in ((learner_of(pair), 30), (adviser_of(pair), 25)):
        write_letter(partnership=pair, text="Well?", by=by, now=now - hours * HOUR)
    address = reverse("meetings:cadence", args=[pair.programme.slug])
    coordinator = signed_in(make_user(make_coordinator(pair.programme)))

    page = coordinator.get(address).content.decode()

    assert pair.learner.person.name in page
    assert "2 of 4" in page
    assert "hours</" not in page
    assert "shown from five pairs on" in page
    learner, _adviser = clients_of(signed_in, pair)
    assert learner.get(address).status_code == 404


def test_a_programme_is_summed_up_in_as_many_queries_for_two_pairs_as_for_twenty() -> None:
    programme = make_partnership().programme

    def add(pairs: int) -> None:
        for _number in range(pairs):
            pair = make_partnership(programme, state="active")
            begin(pair, NOW - 15 * DAY)
            met(pair, 3)
            _write(pair, learner_of(pair), NOW - 40 * HOUR)
            _write(pair, adviser_of(pair), NOW - 30 * HOUR)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            cadence_in(programme, NOW)
        return len(queries)

    add(2)
    few = asked()
    add(4)

    assert asked() == few
    assert cadence_in(programme, NOW) == ProgrammeCadence(pairs=6, planned=12, kept=6, within="day")


def _write(pair: Partnership, by: Actor, at: datetime) -> None:
    write_letter(partnership=pair, text="Well?", by=by, now=at)


def test_who_meets_more_often_than_planned_makes_up_for_nobody_else() -> None:
    programme = make_partnership().programme
    eager, quiet = (make_partnership(programme, state="active") for _ in range(2))
    for pair in (eager, quiet):
        begin(pair, NOW - 15 * DAY)
    met(eager, 12, 9, 6, 3)

    whole = cadence_in(programme, NOW)

    assert (whole.planned, whole.kept) == (4, 2)
