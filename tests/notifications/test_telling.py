from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from tests.factories import make_person
from viceversa.notifications.actions import notify, notify_many
from viceversa.notifications.models import Delivery, Notification, Preference
from viceversa.notifications.rules import Message

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class Hello(Message):
    kind: ClassVar[str] = "tests.hello"
    label: ClassVar[str] = "A greeting"
    number: int = 1

    @property
    def title(self) -> str:
        return f"Hello {self.number}"

    @property
    def path(self) -> str:
        return "/people/"


@dataclass(frozen=True, kw_only=True)
class QuietHello(Hello):
    kind: ClassVar[str] = "tests.quiet_hello"
    by_email: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class ImportantHello(Hello):
    kind: ClassVar[str] = "tests.important_hello"
    required: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class MailedHello(Hello):
    kind: ClassVar[str] = "tests.mailed_hello"
    in_inbox: ClassVar[bool] = False


def test_each_person_gets_a_line_an_email_and_one_job_sends_them(now: datetime) -> None:
    people = [make_person(), make_person()]

    notify(to=people, message=Hello(), now=now)

    lines = Notification.objects.order_by("pk")
    assert [(line.person, line.title, line.read_at) for line in lines] == [
        (people[0], "Hello 1", None),
        (people[1], "Hello 1", None),
    ]
    assert set(Delivery.objects.values_list("address", "state", "not_before")) == {
        (person.email, "waiting", now) for person in people
    }
    assert DBTaskResult.objects.count() == 1


def test_nobody_to_tell_is_no_mail_and_no_job(now: datetime) -> None:
    notify(to=[], message=Hello(), now=now)

    assert DBTaskResult.objects.count() == 0


@pytest.mark.parametrize("fields", [{"email": None}, {"left_on": "2026-01-01"}])
def test_without_an_address_or_after_leaving_there_is_only_the_line(
    fields: dict[str, str | None], now: datetime
) -> None:
    person = make_person(**fields)

    notify(to=[person], message=ImportantHello(), now=now)

    assert Notification.objects.filter(person=person).count() == 1
    assert Delivery.objects.count() == 0


def test_a_wish_overrules_the_default_both_ways(now: datetime) -> None:
    silent, curious = make_person(), make_person()
    Preference.objects.create(person=silent, kind=Hello.kind, channel="email", pace="never")
    Preference.objects.create(person=curious, kind=QuietHello.kind, channel="email", pace="now")

    told = [(who, what) for who in (silent, curious) for what in (Hello(), QuietHello())]
    notify_many(told, now=now)

    assert set(Delivery.objects.values_list("notification__person", "notification__kind")) == {
        (curious.pk, Hello.kind),
        (curious.pk, QuietHello.kind),
    }


def test_what_is_required_is_sent_against_a_wish(now: datetime) -> None:
    person = make_person()
    Preference.objects.create(
        person=person, kind=ImportantHello.kind, channel="email", pace="never"
    )

    notify(to=[person], message=ImportantHello(), now=now)

    assert Delivery.objects.count() == 1


def test_what_is_only_mailed_never_counts_as_unread(now: datetime) -> None:
    notify(to=[make_person()], message=MailedHello(), now=now)

    line = Notification.objects.get()
    assert (line.in_inbox, line.read_at) == (False, now)
    assert Delivery.objects.count() == 1


def test_telling_many_different_things_takes_as_many_queries_as_one(now: datetime) -> None:
    def queries(number: int) -> int:
        told = [(make_person(), Hello(number=turn)) for turn in range(number)]
        with CaptureQueriesContext(connection) as captured:
            notify_many(told, now=now)
        return len(captured)

    assert queries(1) == queries(40)
    assert set(Notification.objects.values_list("title", flat=True)) >= {"Hello 0", "Hello 39"}
