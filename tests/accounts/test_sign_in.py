from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django_tasks_db.models import DBTaskResult

from tests.accounts.helpers import (
    LIMITS,
    PASSWORD,
    code_in_mail,
    is_signed_in,
    path_in_mail,
    run_jobs,
    signed_in_by_password,
    type_password,
)
from tests.factories import make_person, make_user
from viceversa.accounts.actions import revoke_access
from viceversa.accounts.jobs import forget_sessions, send_login_code
from viceversa.accounts.models import User
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system

pytestmark = pytest.mark.django_db

WRONG = "The address or the password is not right."
SLOW = "Too many wrong tries."
BY = system("tests", via="command")


@pytest.fixture
def limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def test_the_right_password_lets_in_whatever_the_case_of_the_address(client: Client) -> None:
    user = make_user()

    answer = type_password(client, user.email.upper(), PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_address_read_alike(client: Client, known: bool) -> None:
    email = make_user().email if known else "nobody@firm.example"

    answer = type_password(client, email, "wrong password here")

    assert WRONG in answer.content.decode()
    assert not is_signed_in(client)


def test_a_closed_account_reads_like_a_wrong_password(client: Client) -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_active=False)

    answer = type_password(client, user.email, PASSWORD)

    assert answer.status_code == 200
    assert WRONG in answer.content.decode()


def test_somebody_who_left_is_not_let_in_even_before_the_account_is_closed(
    client: Client,
) -> None:
    user = make_user(make_person(left_on="2026-01-01"))

    assert WRONG in type_password(client, user.email, PASSWORD).content.decode()


@pytest.mark.parametrize(
    ("asked", "landed"),
    [
        ("/account/", "/account/"),
        ("/people/?q=a", "/people/?q=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("http:///evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://127.0.0.1:8000/account/", "/"),
    ],
)
def test_after_signing_in_one_lands_on_our_own_pages_only(
    client: Client, asked: str, landed: str
) -> None:
    form = {"login": make_user().email, "password": PASSWORD, "next": asked}

    assert client.post(reverse("account_login"), form)["Location"] == landed


@pytest.mark.usefixtures("limits")
def test_the_sixth_wrong_password_is_refused_and_a_right_one_too(client: Client) -> None:
    user = make_user()
    for _ in range(5):
        assert WRONG in type_password(client, user.email, "wrong password").content.decode()

    sixth = type_password(client, user.email, "wrong password")
    right = type_password(client, user.email, PASSWORD)

    assert SLOW in sixth.content.decode()
    assert SLOW in right.content.decode()
    assert not is_signed_in(client)


@pytest.mark.usefixtures("limits")
def test_the_lock_out_counts_in_the_database(client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "toolkit_cache",
        }
    }
    user = make_user()
    for _ in range(6):
        type_password(client, user.email, "wrong password")

    assert SLOW in type_password(Client(), user.email, PASSWORD).content.decode()


@pytest.mark.usefixtures("limits")
def test_another_host_name_or_browser_does_not_get_round_the_lock_out() -> None:
    user = make_user()
    for turn in range(5):
        type_password(Client(), user.email, "wrong", HTTP_HOST=f"127.0.0.1:{8000 + turn}")

    answer = type_password(Client(), f" {user.email.upper()}", PASSWORD, HTTP_HOST="localhost:1")

    assert SLOW in answer.content.decode()


@pytest.mark.usefixtures("limits")
def test_a_lock_out_concerns_one_address_only(client: Client) -> None:
    for _ in range(6):
        type_password(client, make_user().email, "wrong password")

    assert type_password(client, make_user().email, PASSWORD).status_code == 302


def _ask_for_code(client: Client, email: str) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": email})


def test_a_code_by_email_lets_in(client: Client) -> None:
    user = make_user()
    _ask_for_code(client, user.email)
    run_jobs()

    answer = client.post(reverse("account_confirm_login_code"), {"code": code_in_mail().lower()})

    assert mail.outbox[-1].to == [user.email]
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert EmailAddress.objects.count() == 0


def test_three_wrong_codes_end_the_try(client: Client) -> None:
    user = make_user()
    _ask_for_code(client, user.email)
    run_jobs()
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})

    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})

    assert not is_signed_in(client)


def test_asking_for_a_code_says_the_same_for_every_address_and_does_the_same_work() -> None:
    def ask(email: str) -> tuple[int, int, str]:
        client = Client()
        with CaptureQueriesContext(connection) as captured:
            answer = _ask_for_code(client, email)
        page = client.get(answer["Location"]).content.decode().replace(email, "…")
        token = "csrfmiddlewaretoken"
        kept = "\n".join(line for line in page.splitlines() if token not in line)
        return len(captured), answer.status_code, kept

    known, unknown = ask(make_user().email), ask("nobody@firm.example")

    assert known == unknown


def test_an_unknown_address_gets_no_code_and_no_empty_code_lets_in(client: Client) -> None:
    _ask_for_code(client, "nobody@firm.example")
    run_jobs()

    for code in ("", " ", "AAAA-AAAA"):
        client.post(reverse("account_confirm_login_code"), {"code": code})

    assert mail.outbox == []
    assert not is_signed_in(client)


def test_a_code_of_somebody_who_left_meanwhile_is_useless(client: Client) -> None:
    user = make_user()
    _ask_for_code(client, user.email)
    run_jobs()
    revoke_access(person_ids=[user.person_id or 0], by=BY, now=clock.now())

    answer = client.post(
        reverse("account_confirm_login_code"), {"code": code_in_mail()}, follow=True
    )

    assert WRONG in answer.content.decode()
    assert not is_signed_in(client)


def test_a_code_that_comes_too_late_is_not_sent() -> None:
    asked_at = clock.now() - timedelta(minutes=11)

    send_login_code(make_user().email, "ABCD-EFGH", asked_at.isoformat())

    assert mail.outbox == []


@pytest.mark.usefixtures("limits")
def test_codes_are_asked_for_three_times_a_minute_at_most(client: Client) -> None:
    user = make_user()
    for _ in range(3):
        _ask_for_code(Client(), user.email)

    assert SLOW in _ask_for_code(client, user.email).content.decode()


def _ask_for_reset(client: Client, email: str) -> Any:
    return client.post(reverse("account_reset_password"), {"email": email})


def test_a_reset_link_sets_a_password_once_and_ends_every_session(client: Client) -> None:
    user = make_user()
    elsewhere = signed_in_by_password(user)
    _ask_for_reset(client, user.email.upper())
    run_jobs()
    link = path_in_mail()
    form_page = client.get(link)["Location"]

    answer = client.post(form_page, {"password1": "four plain words here"}, follow=True)

    assert "Your password is changed" in answer.content.decode()
    assert not is_signed_in(elsewhere)
    assert "no longer good" in Client().get(link, follow=True).content.decode()
    assert type_password(Client(), user.email, "four plain words here").status_code == 302


def test_the_reset_link_begins_with_our_address_whatever_the_caller_says(client: Client) -> None:
    user = make_user()
    client.post(reverse("account_reset_password"), {"email": user.email}, HTTP_HOST="evil.example")
    run_jobs()

    assert "evil" not in str(mail.outbox[-1].body)
    assert path_in_mail().startswith("/sign-in/password/")


def test_asking_for_a_reset_does_the_same_for_every_address(client: Client) -> None:
    def ask(email: str) -> tuple[int, str]:
        with CaptureQueriesContext(connection) as captured:
            answer = _ask_for_reset(Client(), email)
        return len(captured), answer["Location"]

    assert ask(make_user().email) == ask("nobody@firm.example")
    run_jobs()
    assert len(mail.outbox) == 1


def test_a_reset_link_dies_when_the_person_leaves(client: Client) -> None:
    user = make_user()
    _ask_for_reset(client, user.email)
    run_jobs()

    revoke_access(person_ids=[user.person_id or 0], by=BY, now=clock.now())

    assert "no longer good" in client.get(path_in_mail(), follow=True).content.decode()


def test_a_weak_password_is_refused_with_a_sentence(client: Client) -> None:
    user = make_user()
    client.force_login(user, backend="viceversa.accounts.backend.Backend")

    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "short"}
    )

    assert "too short" in answer.content.decode()


def test_changing_the_password_ends_other_sessions_and_tells_the_owner(client: Client) -> None:
    user = make_user()
    here, elsewhere = signed_in_by_password(user), signed_in_by_password(user)

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "four plain words here"},
    )

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    inbox = here.get(reverse("notifications:inbox")).content.decode()
    assert "Your password was changed" in inbox


def test_signing_out_needs_a_form(client: Client) -> None:
    user = make_user()
    browser = signed_in_by_password(user)

    assert browser.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(browser)
    answer = browser.post(reverse("account_logout"))

    assert answer["Location"] == reverse("account_login")
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_add_webauthn",
        "mfa_login_webauthn",
        "account_inactive",
        "account_email_verification_sent",
        "mfa_index",
    ],
)
def test_what_is_not_in_use_cannot_be_reached(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_form_from_elsewhere_is_not_taken() -> None:
    browser = Client(enforce_csrf_checks=True)

    assert type_password(browser, make_user().email, PASSWORD).status_code == 403


def test_too_many_calls_get_a_page_in_words(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**LIMITS, "login": "1/m/ip"}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    type_password(client, "one@firm.example", "wrong")

    answer = type_password(client, "two@firm.example", "wrong")

    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()


def test_the_job_holds_no_reset_link(client: Client) -> None:
    _ask_for_reset(client, make_user().email)

    assert "/password/" not in str(DBTaskResult.objects.get().args_kwargs)


def test_ended_sessions_are_forgotten_and_nobody_else_is_signed_out(client: Client) -> None:
    type_password(client, make_user().email, PASSWORD)
    Session.objects.create(session_key="ended", expire_date=clock.now() - timedelta(minutes=1))

    forget_sessions()

    assert is_signed_in(client)
    assert Session.objects.count() == 1
