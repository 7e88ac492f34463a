from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from tests.factories import actor_for_person, make_person
from tests.notifications.sink import Sink, serving
from tests.notifications.test_delivery import port
from tests.notifications.test_telling import Hello, ImportantHello, MailedHello
from viceversa.notifications.actions import (
    deliver_waiting,
    gather_digests,
    notify,
    notify_many,
    set_hours,
)
from viceversa.notifications.jobs import gather
from viceversa.notifications.models import Delivery, Gathered, Hours, Notification, Preference
from viceversa.notifications.rules.rhythm import Rhythm
from viceversa.people.models import Person

__all__ = ["port"]
pytestmark = pytest.mark.django_db


def reader(pace: str = "daily", **fields: Any) -> Person:
    person = make_person(**fields)
    Preference.objects.create(person=person, kind=Hello.kind, channel="email", pace=pace)
    return person


def test_what_waits_for_a_digest_is_in_the_inbox_and_not_in_the_mail(now: datetime) -> None:
    person = reader(time_zone="Europe/Berlin")

    notify(to=[person], message=Hello(), now=now)

    assert Notification.objects.get().read_at is None
    assert Delivery.objects.count() == 0
    assert DBTaskResult.objects.count() == 0
    assert Gathered.objects.get().due_at == datetime(2026, 3, 3, 7, 0, tzinfo=now.tzinfo)


def test_a_digest_is_one_letter_with_the_same_words_in_both_forms(
    now: datetime, settings: Any
) -> None:
    settings.BASE_URL = "https://mentoring.example"
    person = reader(time_zone="Europe/Berlin")
    for number in (1, 2, 3):
        notify(to=[person], message=Hello(number=number), now=now)

    gather_digests(now=now + timedelta(days=1))
    deliver_waiting(now=now + timedelta(days=1))

    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    html = str(letter.alternatives[0][0])
    assert letter.subject == "3 things since your last digest"
    for line in Notification.objects.filter(kind=Hello.kind):
        link = f"https://mentoring.example/inbox/{line.key}/"
        assert f"* {line.title}\n  Monday 2 March, 10:12\n  {link}" in letter.body
        assert f'<a href="{link}"' in html
        assert line.title in html
    assert "Monday 2 March, 10:12" in html


def test_nothing_is_sent_when_nothing_came(now: datetime) -> None:
    reader()

    gather_digests(now=now + timedelta(days=8))

    assert Delivery.objects.count() == 0
    assert DBTaskResult.objects.count() == 0


def test_it_waits_for_its_hour_and_comes_once(now: datetime) -> None:
    notify(to=[reader()], message=Hello(), now=now)
    eight = datetime(2026, 3, 3, 8, 0, tzinfo=now.tzinfo)

    gather_digests(now=eight - timedelta(minutes=1))
    assert Delivery.objects.count() == 0
    for minute in range(3):
        gather_digests(now=eight + timedelta(minutes=minute))

    assert Delivery.objects.count() == 1


def test_a_job_that_was_down_for_days_makes_one_letter_of_all(now: datetime) -> None:
    person = reader()
    for days in range(4):
        notify(to=[person], message=Hello(number=days), now=now + timedelta(days=days))

    gather_digests(now=now + timedelta(days=5))

    assert Delivery.objects.count() == 1
    assert Notification.objects.get(kind="notifications.digest").gathers.count() == 4


def test_the_weekly_one_comes_on_its_weekday(now: datetime) -> None:
    person = reader("weekly")
    Hours.objects.create(person=person, digest_at=time(16), digest_weekday=4)

    notify(to=[person], message=Hello(), now=now)

    assert Gathered.objects.get().due_at == datetime(2026, 3, 6, 16, 0, tzinfo=now.tzinfo)


@pytest.mark.parametrize("change", [{"left_on": date(2026, 3, 2)}, {"email": None}])
def test_who_left_or_has_no_address_gets_none(change: dict[str, Any], now: datetime) -> None:
    person = reader()
    notify(to=[person], message=Hello(), now=now)
    Person.objects.filter(pk=person.pk).update(**change)

    gather_digests(now=now + timedelta(days=1))

    assert Delivery.objects.count() == 0
    assert Gathered.objects.count() == 0


def test_what_was_read_in_the_inbox_is_not_told_again(now: datetime) -> None:
    person = reader()
    notify(to=[person, person], message=Hello(), now=now)
    first = Notification.objects.order_by("pk")[0]
    Notification.objects.filter(pk=first.pk).update(read_at=now)

    gather_digests(now=now + timedelta(days=1))

    assert Notification.objects.get(kind="notifications.digest").title.startswith("One thing")


def test_what_cannot_wait_goes_at_once_whatever_was_chosen(now: datetime) -> None:
    person = make_person()
    for kind in (ImportantHello, MailedHello):
        Preference.objects.create(person=person, kind=kind.kind, channel="email", pace="daily")

    notify_many([(person, ImportantHello()), (person, MailedHello())], now=now)

    assert Gathered.objects.count() == 0
    assert Delivery.objects.count() == 2


def test_new_hours_hold_for_what_already_waits(now: datetime) -> None:
    person = reader()
    notify(to=[person], message=Hello(), now=now)

    set_hours(rhythm=Rhythm(digest_at=time(17)), by=actor_for_person(person), now=now)

    assert Gathered.objects.get().due_at == datetime(2026, 3, 2, 17, 0, tzinfo=now.tzinfo)


def test_quiet_hours_hold_mails_but_not_required_ones(now: datetime) -> None:
    night = datetime(2026, 3, 2, 22, 0, tzinfo=now.tzinfo)
    person = make_person(time_zone="Europe/London")

    notify_many([(person, Hello()), (person, ImportantHello())], now=night)

    morning = datetime(2026, 3, 3, 7, 0, tzinfo=now.tzinfo)
    waiting = dict(Delivery.objects.values_list("notification__kind", "not_before"))
    assert waiting == {Hello.kind: morning, ImportantHello.kind: night}
    deliver_waiting(now=night)
    assert len(mail.outbox) == 1
    deliver_waiting(now=morning)
    assert len(mail.outbox) == 2


def test_many_readers_take_as_many_queries_to_tell_as_one(now: datetime) -> None:
    def queries(people: list[Person]) -> int:
        with CaptureQueriesContext(connection) as captured:
            notify(to=people, message=Hello(), now=now)
        return len(captured)

    assert queries([reader()]) == queries([reader() for _number in range(10)])


def test_the_job_makes_all_that_are_due(now: datetime, monkeypatch: Any) -> None:
    for _number in range(5):
        notify(to=[reader()], message=Hello(), now=now)
    monkeypatch.setattr("viceversa.notifications.actions.digest.PEOPLE_AT_ONCE", 2)
    monkeypatch.setattr("viceversa.toolkit.clock.now", lambda: now + timedelta(days=1))

    gather()

    assert Delivery.objects.count() == 5


def test_digests_survive_an_hour_without_a_mail_server(port: int, now: datetime) -> None:
    """300 letters of three kinds wait for the same hour, in which there is no server."""
    at_once, daily = [make_person() for _ in range(150)], [reader() for _ in range(100)]
    late = [make_person(time_zone="Asia/Tokyo") for _ in range(50)]
    notify(to=at_once + daily + late, message=Hello(), now=now)
    morning = now + timedelta(days=1)
    for minute in range(0, 60, 3):
        gather_digests(now=morning + timedelta(minutes=minute))
        deliver_waiting(now=morning + timedelta(minutes=minute))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}

    with serving(Sink(dies_after=40), port) as first:
        for minute in range(60, 80):
            deliver_waiting(now=morning + timedelta(minutes=minute))
    with serving(Sink(), port) as second:
        for minute in range(80, 160):
            deliver_waiting(now=morning + timedelta(minutes=minute))

    everybody = sorted(person.email or "" for person in at_once + daily + late)
    assert sorted(first.recipients + second.recipients) == everybody
    assert len(set(first.ids + second.ids)) == 300
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
