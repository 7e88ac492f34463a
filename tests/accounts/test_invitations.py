from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.helpers import is_signed_in, path_in_mail, type_password
from tests.factories import actor_for_person, make_person, make_user
from viceversa.accounts.actions import (
    accept_invitation,
    invite_people,
    invite_person,
    revoke_access,
    withdraw_invitation,
)
from viceversa.accounts.models import Invitation, RoleGrant, User
from viceversa.accounts.queries import link_secret
from viceversa.history.models import Entry
from viceversa.notifications.actions import deliver_waiting
from viceversa.notifications.models import Delivery, Notification
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db

BY = system("tests", via="command")
WORDS = "four plain words here"


def _secret(invitation: Invitation) -> str:
    return link_secret(invitation.key)


def test_an_invitation_is_a_mail_with_a_link_that_is_stored_nowhere(now: datetime) -> None:
    person = make_person("Tamsin Marlow")
    administrator = actor_for_person(make_person("Ada Quill"), roles=("directory_administrator",))

    invitation = invite_person(person=person, by=administrator, now=now)
    deliver_waiting(now=now)

    secret = _secret(invitation)
    assert mail.outbox[0].to == [person.email]
    assert "Ada Quill invites you" in str(mail.outbox[0].body)
    assert path_in_mail() == reverse("accounts:invitation", args=[secret])
    assert secret not in str(Notification.objects.values_list()[0])
    assert secret not in str(Invitation.objects.values_list()[0])
    assert invitation.expires_at == now + timedelta(days=14)
    assert Entry.objects.get().verb == "accounts.invited"


@pytest.mark.parametrize("roles", [(), ("safeguarding_contact",)])
def test_others_cannot_invite(roles: tuple[str, ...], now: datetime) -> None:
    with pytest.raises(NotAllowed):
        invite_person(
            person=make_person(), by=actor_for_person(make_person(), roles=roles), now=now
        )

    assert Invitation.objects.count() == 0


def test_a_standing_that_another_package_checked_is_enough(now: datetime) -> None:
    coordinator = actor_for_person(make_person())

    invite_person(person=make_person(), by=coordinator, now=now, standing_allows=True)

    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"left_on": "2026-01-01"}, "has left"),
        ({"email": None}, "has no e-mail address"),
    ],
)
def test_who_cannot_be_invited_is_named_with_the_reason(
    fields: dict[str, Any], sentence: str, now: datetime
) -> None:
    with pytest.raises(Refused, match=sentence):
        invite_person(person=make_person(**fields), by=BY, now=now)


def test_somebody_with_an_account_is_not_invited(now: datetime) -> None:
    user = make_user()
    assert user.person is not None

    with pytest.raises(Refused, match="has an account already"):
        invite_person(person=user.person, by=BY, now=now)


def test_an_address_that_opens_another_account_is_not_invited(now: datetime) -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(email="shared@firm.example")

    with pytest.raises(Refused, match="Another account"):
        invite_person(person=make_person(email="Shared@firm.example"), by=BY, now=now)


def test_many_are_invited_at_once_and_the_unfit_left_out(now: datetime) -> None:
    fit = [make_person() for _ in range(3)]
    gone = make_person(left_on="2026-01-01")

    outcome = invite_people(people=[*fit, gone, fit[0]], by=BY, now=now)

    assert [row.person for row in outcome.invitations] == fit
    assert list(outcome.left_out) == [gone]
    assert Delivery.objects.count() == 3


def test_inviting_many_takes_as_many_queries_as_inviting_one(now: datetime) -> None:
    def queries(number: int) -> int:
        people = [make_person() for _ in range(number)]
        with CaptureQueriesContext(connection) as captured:
            invite_people(people=people, by=BY, now=now)
        return len(captured)

    queries(1)
    assert queries(1) == queries(30)


def test_inviting_again_kills_the_earlier_link(now: datetime) -> None:
    person = make_person()
    first = invite_person(person=person, by=BY, now=now)
    second = invite_person(person=person, by=BY, now=now)

    with pytest.raises(Refused):
        accept_invitation(secret=_secret(first), password=WORDS, now=now)

    assert accept_invitation(secret=_secret(second), password=WORDS, now=now).person == person


def test_accepting_opens_the_account_and_signs_in(client: Client, now: datetime) -> None:
    person = make_person("Tamsin Marlow", email="Tamsin@Firm.example")
    secret = _secret(invite_person(person=person, by=BY, now=clock.now()))
    address = reverse("accounts:invitation", args=[secret])
    assert "Welcome, Tamsin Marlow" in client.get(address).content.decode()

    answer = client.post(address, {"password": WORDS})

    assert answer.status_code == 302
    assert is_signed_in(client)
    assert User.objects.get().email == "tamsin@firm.example"
    assert type_password(Client(), "tamsin@firm.example", WORDS).status_code == 302
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.actor_id) == ("accounts.invitation_accepted", person.pk)


def test_one_can_go_on_without_a_password(client: Client) -> None:
    secret = _secret(invite_person(person=make_person(), by=BY, now=clock.now()))

    client.post(reverse("accounts:invitation", args=[secret]), {"without_password": "yes"})

    assert is_signed_in(client)
    assert not User.objects.get().has_usable_password()
    page = client.get(reverse("account_change_password"))
    assert page["Location"] == reverse("account_set_password")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "go on without one"),
        ("short", "too short"),
        ("tamsin.marlow@firm", "too similar"),
        ("password1234", "too common"),
    ],
)
def test_a_bad_password_uses_nothing_up(client: Client, typed: str, sentence: str) -> None:
    person = make_person(email="tamsin.marlow@firm.example")
    secret = _secret(invite_person(person=person, by=BY, now=clock.now()))
    address = reverse("accounts:invitation", args=[secret])

    answer = client.post(address, {"password": typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.count() == 0
    assert client.post(address, {"password": WORDS}).status_code == 302


def test_dead_links_answer_alike(client: Client) -> None:
    def page(invitation: Invitation | None) -> tuple[int, str]:
        secret = _secret(invitation) if invitation else "no.such"
        answer = client.get(reverse("accounts:invitation", args=[secret]))
        return answer.status_code, answer.content.decode()

    now = clock.now()
    used, expired, withdrawn, left = (
        invite_person(person=make_person(), by=BY, now=now) for _ in range(4)
    )
    accept_invitation(secret=_secret(used), password=WORDS, now=now)
    Invitation.objects.filter(pk=expired.pk).update(expires_at=now)
    withdraw_invitation(invitation=withdrawn, by=BY, now=now)
    left.person.left_on = now.date()
    left.person.save()

    status, text = page(None)

    assert status == 404
    assert "no longer good" in text
    assert page(used) == page(expired) == page(withdrawn) == page(left) == (status, text)


def test_a_link_works_once(now: datetime) -> None:
    invitation = invite_person(person=make_person(), by=BY, now=now)
    accept_invitation(secret=_secret(invitation), password=WORDS, now=now)

    with pytest.raises(Refused, match="has been used"):
        accept_invitation(secret=_secret(invitation), password="other words entirely", now=now)


def test_a_used_invitation_cannot_be_withdrawn(now: datetime) -> None:
    invitation = invite_person(person=make_person(), by=BY, now=now)
    accept_invitation(secret=_secret(invitation), password=WORDS, now=now)

    with pytest.raises(Refused, match="no longer open"):
        withdraw_invitation(invitation=invitation, by=BY, now=now)


def test_coming_back_needs_a_new_invitation_and_brings_no_role_back(now: datetime) -> None:
    user = make_user(roles=("directory_administrator",))
    person = user.person
    assert person is not None
    revoke_access(person_ids=[person.pk], by=BY, now=now)

    invitation = invite_person(person=person, by=BY, now=now)
    again = accept_invitation(secret=_secret(invitation), password=WORDS, now=now)

    assert (again.pk, again.is_active, again.session_epoch) == (user.pk, True, 3)
    assert RoleGrant.objects.count() == 0


def test_the_accepting_page_shows_an_error_when_the_address_was_taken_meanwhile(
    client: Client,
) -> None:
    person = make_person(email="shared@firm.example")
    secret = _secret(invite_person(person=person, by=BY, now=clock.now()))
    other = make_user()
    User.objects.filter(pk=other.pk).update(email="shared@firm.example")

    answer = client.post(reverse("accounts:invitation", args=[secret]), {"password": WORDS})

    assert answer.status_code == 409
    assert User.objects.filter(person=person).count() == 0
