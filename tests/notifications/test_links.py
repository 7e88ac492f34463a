import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from tests.factories import make_person, make_user
from tests.notifications.sink import Sink, serving
from tests.notifications.test_delivery import port
from tests.notifications.test_telling import Hello, ImportantHello, QuietHello
from viceversa.config.guard import is_open
from viceversa.notifications.actions import deliver_waiting, gather_digests, notify
from viceversa.notifications.models import Delivery, Notification, Preference
from viceversa.notifications.rules import REGISTRY
from viceversa.people.models import Person

__all__ = ["port"]
pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


@pytest.fixture(autouse=True)
def _over_https(settings: Any) -> None:
    settings.BASE_URL = "https://mentoring.example"


def told(now: datetime, message: Any = None) -> tuple[Person, EmailMultiAlternatives]:
    person = make_person()
    notify(to=[person], message=message or Hello(), now=now)
    deliver_waiting(now=now)
    letter = mail.outbox[-1]
    assert isinstance(letter, EmailMultiAlternatives)
    return person, letter


def stop_of(letter: EmailMultiAlternatives) -> str:
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    return address.removeprefix("https://mentoring.example")


def test_every_link_asks_for_a_sign_in_and_signs_nothing(now: datetime, client: Client) -> None:
    _person, letter = told(now)
    html = str(letter.alternatives[0][0])

    links = {*ADDRESS.findall(str(letter.body)), *ADDRESS.findall(html)}

    assert len(links) == 2
    for link in links:
        path = link.removeprefix("https://mentoring.example")
        assert path.startswith("/inbox/")
        assert not is_open(path)
        assert client.get(path)["Location"].startswith("/sign-in/")
    assert Notification.objects.get().read_at is None


def test_only_these_kinds_carry_an_address_of_their_own() -> None:
    """All others lead through the inbox of whoever was told."""
    alone = {
        kind.kind
        for kind in REGISTRY.values()
        if not kind.in_inbox and not kind.kind.startswith("tests.")
    }

    assert alone == {
        "accounts.invited",
        "meetings.calendar_invitation",
        "meetings.calendar_cancellation",
        "notifications.digest",
        "safeguarding.look_at_concerns",
    }


def test_a_letter_has_no_pixel_no_parameters_and_nothing_from_elsewhere(now: datetime) -> None:
    _person, letter = told(now)
    html = str(letter.alternatives[0][0])

    assert not re.search(r"<(img|script|link|iframe|object|video)\b", html)
    assert "url(" not in html
    assert all("?" not in link for link in ADDRESS.findall(str(letter.body) + html))


def test_one_tap_leads_on_after_the_sign_in_and_marks_the_line_read(
    now: datetime, signed_in: Callable[..., Client]
) -> None:
    person, _letter = told(now)
    line = Notification.objects.get()
    page = reverse("notifications:open", args=[line.key])

    assert signed_in(make_user()).get(page).status_code == 404
    assert signed_in(make_user(person)).get(page)["Location"] == "/people/"
    line.refresh_from_db()
    assert line.read_at is not None


def test_a_mail_program_can_stop_the_kind_in_one_tap(now: datetime, port: int) -> None:
    person = make_person()
    notify(to=[person], message=Hello(), now=now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)
    [(_address, message)] = sink.taken
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = str(message["List-Unsubscribe"]).strip(" <>").removeprefix("https://mentoring.example")

    browser = Client(enforce_csrf_checks=True)
    for _tap in range(2):
        answer = browser.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert person.name not in answer.content.decode()
        assert not answer.cookies

    assert list(Preference.objects.values_list("person", "kind", "pace")) == [
        (person.pk, Hello.kind, "never")
    ]
    notify(to=[person], message=Hello(), now=now)
    assert Delivery.objects.count() == 1
    assert Notification.objects.filter(read_at=None).count() == 2


def test_following_that_link_changes_nothing_and_leads_to_the_choices(
    now: datetime, client: Client
) -> None:
    _person, letter = told(now)

    answer = client.get(stop_of(letter))

    assert answer["Location"] == reverse("notifications:preferences")
    assert Preference.objects.count() == 0


@pytest.mark.parametrize("change", ["other key", "no signature", "other signature", "cut"])
def test_a_forged_link_stops_nothing(change: str, now: datetime, client: Client) -> None:
    _person, letter = told(now)
    told(now)
    keys = list(Delivery.objects.order_by("pk").values_list("key", flat=True))
    path = stop_of(letter)
    forged = {
        "other key": path.replace(keys[0], keys[1]),
        "no signature": path.rsplit(":", 1)[0] + "/",
        "other signature": path.rsplit(":", 1)[0] + ":" + "A" * 43 + "/",
        "cut": path[:-8] + "/",
    }[change]

    assert client.post(forged).status_code == 404
    assert Preference.objects.count() == 0


def test_what_is_required_has_no_switch(now: datetime) -> None:
    _person, letter = told(now, ImportantHello())

    assert "List-Unsubscribe" not in letter.extra_headers
    assert "preferences" not in str(letter.body)


def test_stopping_a_digest_stops_the_kinds_in_it_and_no_others(
    now: datetime, client: Client
) -> None:
    person = make_person()
    for kind in (Hello, QuietHello):
        Preference.objects.create(person=person, kind=kind.kind, channel="email", pace="weekly")
    notify(to=[person], message=Hello(), now=now)
    gather_digests(now=now.replace(day=20))
    deliver_waiting(now=now.replace(day=20))
    letter = mail.outbox[0]
    assert isinstance(letter, EmailMultiAlternatives)

    client.post(stop_of(letter))

    assert dict(Preference.objects.values_list("kind", "pace")) == {
        Hello.kind: "never",
        QuietHello.kind: "weekly",
    }
