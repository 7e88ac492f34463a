from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.accounts.helpers import signed_in_by_password
from tests.factories import actor_for_person, make_person, make_user
from viceversa.accounts.actions import authenticate_token, create_token, revoke_token
from viceversa.accounts.api import TokenAuth
from viceversa.accounts.models import Token, User
from viceversa.accounts.queries import actor_for
from viceversa.accounts.rules import MOST_TOKENS
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def _make(user: User, now: datetime, *scopes: str, days: int = 30) -> tuple[Token, str]:
    return create_token(
        user=user,
        name="nightly file",
        scopes=scopes or ("read",),
        expires_at=now + timedelta(days=days),
        by=actor_for(user),
        now=now,
    )


def test_a_token_is_shown_once_and_only_its_hash_is_kept(now: datetime) -> None:
    user = make_user()

    token, raw = _make(user, now)

    assert raw.startswith("vv_")
    assert len(raw) == 43
    assert raw not in str(Token.objects.values_list()[0])
    assert authenticate_token(raw, now=now) == token
    assert Entry.objects.get().verb == "accounts.token_made"
    assert Notification.objects.get().kind == "accounts.token_made"


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_token_lasts_a_year_at_most(days: int, now: datetime) -> None:
    with pytest.raises(Refused, match="a year at most"):
        _make(make_user(), now, days=days)


@pytest.mark.parametrize("scopes", [("delete",), ("read", "delete")])
def test_scopes_are_read_and_write_only(scopes: tuple[str, ...], now: datetime) -> None:
    with pytest.raises(Refused, match="may do"):
        _make(make_user(), now, *scopes)


def test_nobody_makes_a_token_of_somebody_else(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        create_token(
            user=make_user(),
            name="x",
            scopes=["read"],
            expires_at=now + timedelta(days=1),
            by=actor_for_person(make_person(), roles=("operator",)),
            now=now,
        )


def test_accounts_without_a_person_own_their_tokens_alone(now: datetime) -> None:
    one, other = (
        User.objects.create_user(email=f"{name}@firm.example", name="Pip") for name in ("a", "b")
    )
    token, _raw = _make(one, now)

    with pytest.raises(NotAllowed):
        revoke_token(token=token, by=actor_for(other), now=now)


def test_there_are_not_more_tokens_than_one_can_keep_in_mind(now: datetime) -> None:
    user = make_user()
    for _ in range(MOST_TOKENS):
        _make(user, now)

    with pytest.raises(Refused, match="Revoke one"):
        _make(user, now)


def test_a_revoked_token_works_no_more_and_is_revoked_once(now: datetime) -> None:
    user = make_user()
    token, raw = _make(user, now)

    revoke_token(token=token, by=actor_for(user), now=now)

    assert authenticate_token(raw, now=now) is None
    with pytest.raises(Refused, match="revoked already"):
        revoke_token(token=token, by=actor_for(user), now=now)


def test_a_token_stops_when_its_time_is_over(now: datetime) -> None:
    _token, raw = _make(make_user(), now, days=30)

    assert authenticate_token(raw, now=now + timedelta(days=30)) is None


@pytest.mark.parametrize(
    "raw", ["", "vv_", "vv_" + "a" * 40, "vv_" + "a" * 39 + "é", "x" * 10000, "vv_" + "\x00" * 40]
)
def test_what_is_no_token_of_ours_is_refused(raw: str, now: datetime) -> None:
    _make(make_user(), now)

    assert authenticate_token(raw, now=now) is None


def test_the_last_use_is_written_once_a_minute(now: datetime) -> None:
    _token, raw = _make(make_user(), now)

    def used_at(moment: datetime) -> datetime | None:
        authenticate_token(raw, now=moment)
        return Token.objects.get().last_used_at

    assert used_at(now) == now
    assert used_at(now + timedelta(seconds=59)) == now
    assert used_at(now + timedelta(seconds=60)) == now + timedelta(seconds=60)


def _call(method: str, raw: str) -> Any:
    request = RequestFactory().generic(method, "/api/v1/people")
    return request, TokenAuth().authenticate(request, raw)


def test_the_api_acts_as_the_owner_with_the_owners_roles(now: datetime) -> None:
    user = make_user(roles=("directory_administrator",))
    token, raw = _make(user, clock.now())

    request, found = _call("GET", raw)

    assert found == token
    assert (request.actor.person_id, request.actor.via) == (user.person_id, "api")
    assert request.actor.has("directory_administrator")


def test_a_reading_token_does_not_write(now: datetime) -> None:
    _token, raw = _make(make_user(), clock.now(), "read")

    for method in ("POST", "PUT", "PATCH", "DELETE"):
        with pytest.raises(NotAllowed, match="may only read"):
            _call(method, raw)


def test_a_writing_token_writes() -> None:
    token, raw = _make(make_user(), clock.now(), "read", "write")

    assert _call("POST", raw)[1] == token


def test_the_page_shows_the_token_once_and_revokes_it(client: Client) -> None:
    browser = signed_in_by_password(make_user())

    made = browser.post(
        reverse("accounts:token_new"), {"name": "nightly file", "may": "write", "days": "90"}
    )

    token = Token.objects.get()
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    assert token.scopes == ["read", "write"]
    page = browser.get(reverse("accounts:account")).content.decode()
    assert f"{token.prefix}…" in page
    assert page.count("vv_") == 1
    browser.post(reverse("accounts:token_revoke", args=[token.pk]))
    assert "nightly file" not in browser.get(reverse("accounts:account")).content.decode().replace(
        "“nightly file” no longer works", ""
    )


def test_the_token_of_somebody_else_looks_like_none() -> None:
    token, _raw = _make(make_user(), clock.now())
    browser = signed_in_by_password(make_user())

    answer = browser.post(reverse("accounts:token_revoke", args=[token.pk]))

    assert answer.status_code == 404
    assert Token.objects.get().revoked_at is None
