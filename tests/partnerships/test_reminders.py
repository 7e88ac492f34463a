"""Reminders of what waits: once of each turn, of the last day beforehand, without a word of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_partnership, make_programme, make_user
from tests.factories.agreement import answer, make_agreement, make_draft
from tests.factories.goals import actor_of_side
from viceversa.history.models import Entry
from viceversa.notifications.models import Delivery, Notification
from viceversa.notifications.rules import REGISTRY
from viceversa.partnerships.actions.answering import accept_partnership
from viceversa.partnerships.actions.closing import hand_in_look_back
from viceversa.partnerships.actions.lifecycle import pause_partnership
from viceversa.partnerships.actions.reminding import remind_of_turns
from viceversa.partnerships.actions.signing import change_terms, sign_agreement
from viceversa.partnerships.jobs.lifecycle import remind
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.turns import may_wait
from viceversa.partnerships.rules import reminders as rules
from viceversa.toolkit.actor import system

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def run(now: datetime, **more: Any) -> int:
    return remind_of_turns(by=system("reminders", via="job"), now=now, **more)


def reminded() -> list[tuple[str, str]]:
    """Kind and name of each reminder so far."""
    rows = Notification.objects.filter(kind__startswith="partnerships.reminder_").order_by("id")
    return [
        (kind.removeprefix("partnerships.reminder_"), name)
        for kind, name in rows.values_list("kind", "person__name")
    ]


def names(pair: Partnership) -> tuple[str, str]:
    return pair.learner.person.name, pair.adviser.person.name


def test_whoever_has_not_answered_is_reminded_once_after_three_days(now: datetime) -> None:
    pair = make_partnership(created_at=now)
    learner, adviser = names(pair)
    accept_partnership(partnership=pair, by=actor_of_side(pair, "learner"), now=now)

    assert run(now + 2 * DAY) == 0
    assert run(now + 3 * DAY) == 1
    assert run(now + 9 * DAY) == 0
    assert reminded() == [("answer", adviser)]
    line = Notification.objects.get(kind="partnerships.reminder_answer")
    assert line.title == f"{learner} is proposed to you: yes or no?"
    assert line.path == reverse("partnerships:detail", args=[pair.key])


def test_a_reminder_is_recorded_as_the_systems_doing(now: datetime) -> None:
    pair = make_partnership(created_at=now)
    run(now + 3 * DAY)
    entry = Entry.objects.get(verb="partnerships.reminded")
    assert (entry.actor_id, entry.target_id) == (None, str(pair.pk))


def test_each_stage_of_the_agreement_reminds_whose_turn_it_is(now: datetime) -> None:
    pair = make_partnership(state="accepted", created_at=now)
    adviser = pair.adviser.person.name
    answer(pair, "learner", now=now)
    run(now + 3 * DAY)
    assert reminded() == [("agreement", adviser)]

    answer(pair, "adviser", now=now + 4 * DAY)
    assert run(now + 6 * DAY) == 0
    assert run(now + 7 * DAY) == 1
    assert reminded()[1:] == [("agreement", adviser)]


def test_a_missing_signature_is_asked_for_and_a_new_version_anew(now: datetime) -> None:
    pair = make_partnership(state="accepted", created_at=now)
    learner, adviser = names(pair)
    draft = make_draft(pair, now=now)
    by = actor_of_side(pair, "learner")
    sign_agreement(partnership=pair, version=draft.version, commits=True, by=by, now=now)
    run(now + 3 * DAY)
    assert reminded() == [("agreement", adviser)]

    later = now + 4 * DAY
    change_terms(partnership=pair, seen=1, changes={"minutes": 45}, by=by, now=later)
    run(later + 3 * DAY)
    assert sorted(reminded()[1:]) == sorted([("agreement", learner), ("agreement", adviser)])


def test_nobody_is_reminded_while_the_two_pause(now: datetime) -> None:
    pair = make_partnership(state="accepted", created_at=now)
    pause_partnership(partnership=pair, by=actor_of_side(pair, "learner"), now=now)
    assert run(now + 9 * DAY) == 0


def test_both_hear_of_the_last_day_a_week_before_and_on_it(now: datetime) -> None:
    pair = make_partnership(state="accepted", created_at=now)
    make_agreement(pair, now=now, ends_on=(now + 20 * DAY).date())
    both = sorted(names(pair))

    assert run(now + 12 * DAY) == 0
    assert run(now + 13 * DAY) == 2
    assert run(now + 14 * DAY) == 0
    assert run(now + 20 * DAY) == 2
    assert run(now + 21 * DAY) == 0
    assert sorted(reminded()[:2]) == [("ends_soon", name) for name in both]
    assert sorted(reminded()[2:]) == [("ends_now", name) for name in both]


def test_the_last_day_is_the_programmes_where_the_two_named_none(now: datetime) -> None:
    programme = make_programme(ends_on=(now + 5 * DAY).date())
    pair = make_partnership(programme, state="accepted", created_at=now)
    make_agreement(pair, now=now, ends_on=None)
    assert run(now) == 2
    pair.refresh_from_db()
    pair.extended_until = (now + 60 * DAY).date()
    pair.save()
    assert run(now + 5 * DAY) == 0


def test_whoever_has_not_looked_back_is_reminded(now: datetime) -> None:
    pair = make_partnership(state="closing", closing_at=now)
    hand_in_look_back(
        partnership=pair,
        words={"worked": "It did", "take_along": "", "even_better": ""},
        gained=True,
        wants_more=False,
        more_until=None,
        story_consent=False,
        by=actor_of_side(pair, "adviser"),
        now=now,
    )
    run(now + 3 * DAY)
    assert reminded() == [("look_back", pair.learner.person.name)]


def test_a_mail_that_waited_is_dropped_when_it_is_no_longer_true(now: datetime) -> None:
    pair = make_partnership(created_at=now)
    run(now + 3 * DAY)
    line = Notification.objects.get(person=pair.learner.person)
    kind = REGISTRY[line.kind]
    assert kind.stands(line.about, now=now + 3 * DAY)
    accept_partnership(partnership=pair, by=actor_of_side(pair, "learner"), now=now + 3 * DAY)
    assert not kind.stands(line.about, now=now + 3 * DAY)
    assert Delivery.objects.count() >= 2


def test_nobody_is_reminded_in_a_programme_that_is_put_away(now: datetime) -> None:
    make_partnership(make_programme(state="archived"), created_at=now)
    assert run(now + 9 * DAY) == 0


def test_batches_reach_everybody_and_many_cost_what_one_costs(
    now: datetime, django_assert_max_num_queries: Any
) -> None:
    programme = make_programme()
    for _number in range(5):
        make_partnership(programme, created_at=now)
    assert run(now + 3 * DAY, batch=2) == 10
    with django_assert_max_num_queries(12):
        assert run(now + 4 * DAY) == 0


def test_every_turn_that_can_be_due_is_among_those_looked_at(now: datetime) -> None:
    looked_at = [
        make_partnership(created_at=now),
        make_partnership(state="accepted", created_at=now),
        make_partnership(state="closing", closing_at=now),
    ]
    make_partnership(state="active", created_at=now)
    make_partnership(state="paused", created_at=now)
    assert set(may_wait(now)) == set(looked_at)


def test_the_job_runs_twice_without_harm() -> None:
    make_partnership()
    remind()
    remind()
    assert len(reminded()) == 2


def test_a_notice_speaks_of_days_that_are_near_only(now: datetime) -> None:
    today = now.date()
    notices = {
        ahead: rules.notice_of(today + ahead * DAY, today) for ahead in (8, 7, 1, 0, -14, -15)
    }
    assert notices == {
        8: None,
        7: "ends_soon",
        1: "ends_soon",
        0: "ends_now",
        -14: "ends_now",
        -15: None,
    }


def test_reminders_stand_together_where_mails_are_chosen(
    signed_in: Callable[..., Client],
) -> None:
    pair = make_partnership()
    page = signed_in(make_user(pair.learner.person)).get(reverse("notifications:preferences"))
    shown = page.content.decode()
    assert shown.count("Reminders <span") == 1
    assert "Reminder: your agreement waits for you" in shown
