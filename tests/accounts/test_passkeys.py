"""Passkeys: adding, signing in, naming, removing, and who may not."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as SHOWN
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.helpers import (
    PASSWORD,
    is_signed_in,
    run_jobs,
    signed_in_by_password,
    type_password,
)
from tests.factories import actor_for_person, make_person, make_user
from tests.factories.passkeys import SoftKey, make_passkey
from viceversa.accounts.actions import close_account, remove_passkey, rename_passkey
from viceversa.accounts.models import User
from viceversa.accounts.queries import actor_for, passkeys_of
from viceversa.accounts.rules import MOST_PASSKEYS
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db

ADD = "accounts:passkey_new"
SIGN_IN = "account_login_passkey"
NOT_THIS = "That answer did not fit"
NOBODY = "This passkey does not sign anybody in here"


@pytest.fixture
def user() -> User:
    return make_user(make_person("Odile Wren"))


@pytest.fixture
def inside(user: User) -> Client:
    """Signed in, and shown once more who is there."""
    client = Client(SERVER_NAME="localhost")
    type_password(client, user.email, PASSWORD)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def outside() -> Client:
    return Client(SERVER_NAME="localhost")


def asked(client: Client, name: str, *args: Any) -> dict[str, Any]:
    answer = client.get(reverse(name, args=args), headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return dict(answer.json())


def add(client: Client, credential: Any, name: str = "Blue laptop") -> Any:
    return client.post(reverse(ADD), {"name": name, "credential": json.dumps(credential)})


def sign_in(client: Client, credential: Any, **more: str) -> Any:
    form = {"credential": json.dumps(credential), **more}
    return client.post(reverse(SIGN_IN), form, follow=True)


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    now = clock.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: now)


def test_a_passkey_is_added_recorded_and_told(inside: Client, user: User) -> None:
    answer = add(inside, SoftKey().make(asked(inside, ADD)))

    assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:account"))
    assert [passkey.name for passkey in passkeys_of(user)] == ["Blue laptop"]
    assert "Blue laptop" in inside.get(reverse("accounts:account")).content.decode()
    assert Entry.objects.filter(verb="accounts.passkey_added").count() == 1
    assert Notification.objects.get(person=user.person).kind == "accounts.passkey_added"


def test_a_passkey_signs_in_where_one_wanted_to_go(outside: Client, user: User) -> None:
    key = SoftKey()
    make_passkey(user, key)

    answer = sign_in(outside, key.show(asked(outside, SIGN_IN)), next="/account/")

    assert answer.redirect_chain[0] == ("/account/", 302)
    assert is_signed_in(outside)
    assert passkeys_of(user)[0].row.last_used_at is not None


def test_a_passkey_leads_to_our_own_pages_only(outside: Client, user: User) -> None:
    key = SoftKey()
    make_passkey(user, key)

    answer = sign_in(outside, key.show(asked(outside, SIGN_IN)), next="https://evil.example/")

    assert answer.redirect_chain[0] == ("/", 302)


def test_after_a_passkey_the_password_goes_on_signing_in_alone(user: User) -> None:
    make_passkey(user)

    assert is_signed_in(signed_in_by_password(user))


def test_an_answer_counts_once(outside: Client, user: User) -> None:
    key = SoftKey()
    make_passkey(user, key)
    answer = key.show(asked(outside, SIGN_IN))
    sign_in(outside, answer)
    other = Client(SERVER_NAME="localhost")
    asked(other, SIGN_IN)

    for browser in (Client(SERVER_NAME="localhost"), other):
        assert NOBODY in sign_in(browser, answer).content.decode()
        assert not is_signed_in(browser)


def test_a_question_is_spent_by_a_wrong_answer(outside: Client, user: User) -> None:
    key = SoftKey()
    make_passkey(user, key)
    question = asked(outside, SIGN_IN)
    forged = SoftKey(handle=key.handle, id=key.id)

    assert NOBODY in sign_in(outside, forged.show(question)).content.decode()
    assert NOBODY in sign_in(outside, key.show(question)).content.decode()


def test_an_old_question_is_not_good(
    outside: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = SoftKey()
    make_passkey(user, key)
    answer = key.show(asked(outside, SIGN_IN))
    later(monkeypatch, 6)

    assert NOBODY in sign_in(outside, answer).content.decode()


def test_a_question_for_something_else_is_not_good(inside: Client, user: User) -> None:
    key = SoftKey()
    passkey = make_passkey(user, key)
    answer = key.show(asked(inside, "accounts:passkey_let_open", passkey.pk))

    again = inside.post(reverse("mfa_reauthenticate_webauthn"), {"credential": json.dumps(answer)})

    assert again.status_code == 422
    assert NOT_THIS in again.content.decode()


@pytest.mark.parametrize("answer", ["", "{", "[]", "null", '"x"', "{}", '{"response": 1}'])
def test_whatever_is_sent_instead_of_an_answer_gets_the_same_sentence(
    outside: Client, answer: str
) -> None:
    asked(outside, SIGN_IN)

    page = outside.post(reverse(SIGN_IN), {"credential": answer}, follow=True)

    assert page.status_code == 200
    assert not is_signed_in(outside)


def test_a_passkey_of_somebody_else_signs_in_as_them_only(outside: Client, user: User) -> None:
    key = SoftKey()
    make_passkey(make_user(make_person("Juno Okapi")), key)
    own = SoftKey()
    make_passkey(user, own)
    key.handle = own.handle

    assert NOBODY in sign_in(outside, key.show(asked(outside, SIGN_IN))).content.decode()


@pytest.mark.parametrize("shut", ["closed", "left"])
def test_who_may_not_come_in_does_not_with_a_passkey_either(
    outside: Client, user: User, shut: str
) -> None:
    key = SoftKey()
    make_passkey(user, key)
    if shut == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        type(user.person).objects.filter(pk=user.person_id).update(left_on="2026-01-01")

    assert NOBODY in sign_in(outside, key.show(asked(outside, SIGN_IN))).content.decode()
    assert not is_signed_in(outside)


def test_closing_an_account_ends_its_passkeys(user: User) -> None:
    make_passkey(user)

    close_account(user=user, by=system("tests", via="command"), now=clock.now())

    assert passkeys_of(user) == []


def test_nobody_adds_names_or_removes_without_showing_who_is_there(user: User) -> None:
    client = signed_in_by_password(user)
    passkey = make_passkey(user)
    for name, args in ((ADD, []), ("accounts:passkey_name", [passkey.pk])):
        answer = client.post(reverse(name, args=args), {"name": "x", "credential": "{}"})
        assert answer["Location"].startswith(reverse("account_reauthenticate"))
    answer = client.post(reverse("accounts:passkey_remove", args=[passkey.pk]))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert len(passkeys_of(user)) == 1


def test_a_wrong_password_does_not_show_who_is_there(user: User) -> None:
    client = signed_in_by_password(user)

    client.post(reverse("account_reauthenticate"), {"password": "wrong password"})

    assert client.get(reverse(ADD)).status_code == 302


def test_a_passkey_shows_who_is_there(user: User) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="viceversa.accounts.backend.Backend")
    User.objects.filter(pk=user.pk).update(password="!")
    key = SoftKey()
    make_passkey(user, key)
    client.force_login(User.objects.get(pk=user.pk), backend="viceversa.accounts.backend.Backend")
    assert "/account/again/passkey/" in client.get(reverse(ADD), follow=True).redirect_chain[-1][0]

    answer = key.show(asked(client, "mfa_reauthenticate_webauthn"))
    form = {"credential": json.dumps(answer), "next": reverse(ADD)}
    page = client.post(reverse("mfa_reauthenticate_webauthn"), form, follow=True)

    assert "Make a passkey" in page.content.decode()
    assert client.session[SHOWN][-1]["reauthenticated"]


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_passkey_needs_a_name_of_sensible_length(inside: Client, user: User, name: str) -> None:
    answer = add(inside, SoftKey().make(asked(inside, ADD)), name=name)

    assert answer.status_code == 422
    assert passkeys_of(user) == []


def test_a_registration_that_does_not_fit_makes_nothing(inside: Client, user: User) -> None:
    asked(inside, ADD)
    earlier = asked(inside, ADD)
    asked(inside, ADD)

    answer = add(inside, SoftKey().make(earlier))

    assert answer.status_code == 422
    assert NOT_THIS in answer.content.decode()
    assert passkeys_of(user) == []


def test_the_same_passkey_is_not_added_twice(inside: Client, user: User) -> None:
    key = SoftKey()
    make_passkey(user, key)
    question = asked(inside, ADD)

    assert question["excludeCredentials"]
    assert "added this passkey already" in add(inside, key.make(question)).content.decode()


def test_there_is_a_most_of_passkeys(inside: Client, user: User) -> None:
    for _n in range(MOST_PASSKEYS):
        make_passkey(user)

    answer = add(inside, SoftKey().make(asked(inside, ADD)))

    assert "Remove one first" in answer.content.decode()
    assert len(passkeys_of(user)) == MOST_PASSKEYS


def test_a_passkey_is_renamed_and_removed(inside: Client, user: User) -> None:
    passkey = make_passkey(user)

    inside.post(reverse("accounts:passkey_name", args=[passkey.pk]), {"name": "Green key"})
    assert passkeys_of(user)[0].name == "Green key"

    page = inside.get(reverse("accounts:passkey_remove", args=[passkey.pk])).content.decode()
    assert "Green key" in page
    inside.post(reverse("accounts:passkey_remove", args=[passkey.pk]))
    assert passkeys_of(user) == []
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"accounts.passkey_renamed", "accounts.passkey_removed"} <= verbs
    assert Notification.objects.filter(kind="accounts.passkey_removed").count() == 1


def test_a_passkey_of_somebody_else_is_not_there(inside: Client) -> None:
    passkey = make_passkey(make_user(make_person("Juno Okapi")))

    for name in ("passkey_name", "passkey_remove", "passkey_let_open"):
        address = reverse(f"accounts:{name}", args=[passkey.pk])
        assert inside.get(address).status_code == 404
        assert inside.post(address, {"name": "mine"}).status_code == 404


def test_actions_refuse_a_passkey_of_somebody_else(user: User, now: datetime) -> None:
    passkey = make_passkey(user)
    other = actor_for_person(make_person("Juno Okapi"))

    with pytest.raises(NotAllowed):
        rename_passkey(passkey=passkey, name="mine", by=other, now=now)
    with pytest.raises(NotAllowed):
        remove_passkey(passkey=passkey, by=other, now=now)


def test_the_only_way_in_stays(user: User, now: datetime, settings: Any) -> None:
    passkey = make_passkey(user)
    User.objects.filter(pk=user.pk).update(password="!")
    settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = False
    last = passkeys_of(user)[0]

    with pytest.raises(Refused, match="only way in"):
        remove_passkey(passkey=last, by=actor_for(user), now=now)

    make_passkey(user, name="Another")
    remove_passkey(passkey=passkey, by=actor_for(user), now=now)
    assert [one.name for one in passkeys_of(user)] == ["Another"]


def test_an_account_without_a_person_has_passkeys_too(outside: Client) -> None:
    user = User.objects.create_user(email="operator@firm.example", password=PASSWORD)
    key = SoftKey()
    make_passkey(user, key)

    sign_in(outside, key.show(asked(outside, SIGN_IN)))

    assert is_signed_in(outside)


def test_passkeys_are_tried_as_often_as_passwords(outside: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    sign_in(outside, {})

    assert sign_in(outside, {}).status_code == 429


def test_a_form_from_elsewhere_is_not_taken() -> None:
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(reverse(SIGN_IN), {"credential": "{}"}).status_code == 403


def test_letters_about_passkeys_name_them_and_hold_nothing_else(inside: Client, user: User) -> None:
    key = SoftKey()
    add(inside, key.make(asked(inside, ADD)))
    run_jobs()

    letter = str(mail.outbox[-1].message())
    assert "Blue laptop" in letter
    assert passkeys_of(user)[0].credential not in letter
