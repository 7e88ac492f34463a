import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django_tasks_db.models import DBTaskResult

from tests.factories import make_person
from tests.notifications.sink import Sink, free_port, serving
from tests.notifications.test_telling import Hello, ImportantHello, MailedHello
from viceversa.notifications.actions import deliver_waiting, notify
from viceversa.notifications.jobs import deliver
from viceversa.notifications.models import Delivery
from viceversa.notifications.rules import LEASE, MOST_ATTEMPTS, wait_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(settings: Any) -> int:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    settings.EMAIL_TIMEOUT = 5
    settings.BASE_URL = "https://mentoring.example"
    return int(settings.EMAIL_PORT)


def _tell(number: int, now: datetime) -> list[str]:
    people = [make_person() for _ in range(number)]
    notify(to=people, message=Hello(), now=now)
    return [person.email or "" for person in people]


def test_a_letter_says_that_there_is_something_and_links_to_it(port: int, now: datetime) -> None:
    [address] = _tell(1, now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    delivery = Delivery.objects.get()
    [(recipient, message)] = sink.taken
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert (recipient, message["To"], message["Subject"]) == (address, address, "Hello 1")
    assert message["Message-ID"] == f"<{delivery.key}@mentoring.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    link = f"https://mentoring.example/inbox/{delivery.notification.key}/"
    assert link in text.get_content()
    assert f'href="{link}"' in html.get_content()
    assert "https://mentoring.example/inbox/preferences/" in text.get_content()
    assert (delivery.state, delivery.sent_at, delivery.attempts) == ("sent", now, 1)


def test_one_connection_carries_the_batch_and_nothing_is_sent_twice(
    port: int, now: datetime
) -> None:
    addresses = _tell(5, now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)
        deliver_waiting(now=now + timedelta(days=1))

    assert sink.recipients == addresses
    assert sink.connections == 1


def test_an_hour_without_a_server_loses_nothing_and_doubles_nothing(
    port: int, now: datetime
) -> None:
    addresses = _tell(4, now)
    for minute in range(60):
        deliver_waiting(now=now + timedelta(minutes=minute))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    assert all("Refused" in error for error in Delivery.objects.values_list("error", flat=True))

    with serving(Sink(), port) as sink:
        for minute in range(60, 130):
            deliver_waiting(now=now + timedelta(minutes=minute))

    assert sorted(sink.recipients) == sorted(addresses)
    assert set(Delivery.objects.values_list("state", "error")) == {("sent", "")}


def test_a_server_that_dies_in_the_middle_gets_only_the_rest_later(
    port: int, now: datetime
) -> None:
    addresses = _tell(6, now)
    with serving(Sink(dies_after=2), port) as first:
        assert deliver_waiting(now=now) is False
    assert (
        sorted(Delivery.objects.values_list("state", flat=True)) == ["sent"] * 2 + ["waiting"] * 4
    )

    with serving(Sink(), port) as second:
        deliver_waiting(now=now + timedelta(minutes=1))

    assert first.recipients + second.recipients == addresses
    assert len(set(first.ids + second.ids)) == 6


def test_a_letter_that_no_server_survives_holds_back_no_other(port: int, now: datetime) -> None:
    addresses = _tell(4, now)
    with serving(Sink(dies_of=addresses[0]), port) as sink:
        for minute in range(10):
            deliver_waiting(now=now + timedelta(minutes=minute))

    assert sink.recipients == addresses[1:]
    left = Delivery.objects.get(state="waiting")
    assert left.address == addresses[0]
    assert left.attempts > 1
    assert set(Delivery.objects.filter(state="sent").values_list("attempts", flat=True)) == {1}


def test_a_second_sending_carries_the_same_message_id(port: int, now: datetime) -> None:
    _tell(1, now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)
        Delivery.objects.update(state="waiting", not_before=now)  # the worker died before it wrote
        deliver_waiting(now=now)

    assert len(sink.ids) == 2
    assert len(set(sink.ids)) == 1


def test_an_address_refused_for_good_fails_alone_and_says_why(port: int, now: datetime) -> None:
    addresses = _tell(3, now)
    with serving(Sink(refuses={addresses[1]: "550 No such mailbox"}), port) as sink:
        deliver_waiting(now=now)

    assert sink.recipients == [addresses[0], addresses[2]]
    failed = Delivery.objects.get(state="failed")
    assert (failed.address, failed.error) == (addresses[1], "550 No such mailbox")


def test_an_address_refused_for_now_is_tried_again(port: int, now: datetime) -> None:
    [address] = _tell(1, now)
    with serving(Sink(refuses={address: "450 Greylisted"}), port):
        deliver_waiting(now=now)
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.error) == ("waiting", "450 Greylisted")
    assert waiting.not_before == now + wait_after(1)

    with serving(Sink(), port) as sink:
        deliver_waiting(now=now + wait_after(1))

    assert sink.recipients == [address]


def test_after_the_last_attempt_it_is_given_up_with_the_reason(port: int, now: datetime) -> None:
    _tell(1, now)
    Delivery.objects.update(attempts=MOST_ATTEMPTS - 1)

    deliver_waiting(now=now)

    failed = Delivery.objects.get()
    assert failed.state == "failed"
    assert "Refused" in failed.error


def test_attempts_last_for_two_days() -> None:
    total = sum((wait_after(attempt) for attempt in range(1, MOST_ATTEMPTS)), timedelta())

    assert total > timedelta(days=2)


def test_who_left_in_the_meantime_is_not_written_to(now: datetime) -> None:
    person = make_person()
    notify(to=[person], message=ImportantHello(), now=now)
    person.left_on = now.date()
    person.save()

    deliver_waiting(now=now)

    assert mail.outbox == []
    assert Delivery.objects.get().error == "The person has left."


@pytest.mark.parametrize(
    "title",
    ["Juno\nBcc: all@firm.example", "Juno\r\n\r\n<script>", "Juno\x0bTo: x", "\u2028Bcc: a@b.c"],
)
def test_a_name_with_line_breaks_stays_one_subject(title: str, port: int, now: datetime) -> None:
    [address] = _tell(1, now)
    Delivery.objects.get().notification.__class__.objects.update(title=title)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    [(recipient, message)] = sink.taken
    assert recipient == address
    assert message["Bcc"] is None
    assert message["To"] == address
    assert "\n" not in str(message["Subject"])


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "no address", "ü@ü.example"])
def test_an_address_that_cannot_be_used_fails_alone(address: str, port: int, now: datetime) -> None:
    addresses = _tell(2, now)
    Delivery.objects.filter(address=addresses[0]).update(address=address)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    assert sink.recipients == [addresses[1]]
    assert Delivery.objects.get(state="failed").address == address


def test_a_path_to_another_host_is_not_linked(now: datetime) -> None:
    notify(to=[make_person()], message=MailedHello(), now=now)
    Delivery.objects.get().notification.__class__.objects.update(path="//evil.example/")

    deliver_waiting(now=now)

    assert "evil" not in mail.outbox[0].body


def test_a_dead_worker_leaves_its_batch_to_the_next(now: datetime) -> None:
    _tell(2, now)
    Delivery.objects.update(not_before=now + LEASE, attempts=1)  # claimed and never sent

    deliver_waiting(now=now + LEASE - timedelta(seconds=1))
    assert mail.outbox == []
    deliver_waiting(now=now + LEASE)

    assert len(mail.outbox) == 2


def test_the_job_goes_on_later_when_much_waits(now: datetime, monkeypatch: Any) -> None:
    _tell(2, now)
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr("viceversa.notifications.jobs.BATCHES_AT_ONCE", 0)

    deliver()

    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_without_doubling(port: int, now: datetime) -> None:
    addresses = _tell(40, now)

    def work() -> None:
        while deliver_waiting(now=now, batch=5):
            pass
        connections.close_all()

    with serving(Sink(), port) as sink:
        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert sorted(sink.recipients) == sorted(addresses)
