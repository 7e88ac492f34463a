from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.helpers import is_signed_in, signed_in_by_password
from tests.factories import actor_for_person, make_person, make_user
from viceversa.accounts.actions import (
    authenticate_token,
    bootstrap_operator,
    close_account,
    end_sessions,
    grant_role,
    invite_person,
    revoke_access,
    revoke_role,
)
from viceversa.accounts.management.operators import run_operator
from viceversa.accounts.models import Invitation, RoleGrant, Token, User
from viceversa.accounts.rules import hash_of
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.people.events import PeopleLeft, PersonLeft
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.toolkit.events import announce

pytestmark = pytest.mark.django_db

BY = system("tests", via="command")


def _operator() -> tuple[User, Actor]:
    user = make_user(roles=("operator",))
    assert user.person is not None
    return user, actor_for_person(user.person)


def _administrator() -> Actor:
    return actor_for_person(make_person(), roles=("directory_administrator",))


def _give_token(user: User, raw: str, now: datetime) -> None:
    Token.objects.create(
        user=user,
        name="n",
        prefix=raw[:8],
        token_hash=hash_of(raw),
        scopes=["read"],
        created_at=now,
        expires_at=now.replace(year=2027),
    )


RAW = "vv_" + "a" * 40


def test_leaving_ends_every_way_in_at_once(now: datetime) -> None:
    user = make_user(roles=("directory_administrator",))
    browser = signed_in_by_password(user)
    _give_token(user, RAW, now)
    assert authenticate_token(RAW, now=now) is not None

    closed = revoke_access(person_ids=[user.person_id or 0], by=BY, now=now)

    assert closed == 1
    assert not is_signed_in(browser)
    assert authenticate_token(RAW, now=now) is None
    assert RoleGrant.objects.count() == 0
    user.refresh_from_db()
    assert (user.is_active, user.session_epoch, user.has_usable_password()) == (False, 2, False)
    assert Entry.objects.latest("id").verb == "accounts.access_revoked"


def test_an_open_invitation_of_a_leaver_is_withdrawn(now: datetime) -> None:
    invitation = invite_person(person=make_person(), by=BY, now=now)

    revoke_access(person_ids=[invitation.person_id], by=BY, now=now)

    assert Invitation.objects.get().withdrawn_at == now


def test_access_ends_when_the_directory_says_that_people_left() -> None:
    one, several = make_user(), [make_user(), make_user()]
    assert one.person is not None

    announce(PersonLeft(person=one.person))
    announce(PeopleLeft(person_ids=frozenset(user.person_id or 0 for user in several)))

    assert User.objects.filter(is_active=True).count() == 0


def test_only_those_who_look_after_accounts_revoke_access(now: datetime) -> None:
    user = make_user()

    with pytest.raises(NotAllowed):
        revoke_access(person_ids=[user.person_id or 0], by=actor_for_person(make_person()), now=now)


def test_revoking_for_many_takes_as_many_queries_as_for_one(now: datetime) -> None:
    def queries(number: int) -> int:
        ids = [make_user().person_id or 0 for _ in range(number)]
        with CaptureQueriesContext(connection) as captured:
            revoke_access(person_ids=ids, by=BY, now=now)
        return len(captured)

    queries(1)
    assert queries(1) == queries(6)


def test_signing_out_everywhere_ends_all_my_sessions_and_no_other(now: datetime) -> None:
    user, other = make_user(), signed_in_by_password(make_user())
    here, elsewhere = signed_in_by_password(user), signed_in_by_password(user)

    answer = here.post(reverse("accounts:end_my_sessions"), follow=True)

    assert "signed out everywhere" in answer.content.decode()
    assert not is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(other)
    assert Entry.objects.get().verb == "accounts.sessions_ended"


def test_nobody_ends_the_sessions_of_others_without_the_role(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        end_sessions(user=make_user(), by=actor_for_person(make_person()), now=now)


def test_a_directory_administrator_cannot_touch_an_operators_account(now: datetime) -> None:
    operator, _actor = _operator()

    for action in (end_sessions, close_account):
        with pytest.raises(NotAllowed, match="Only another operator"):
            action(user=operator, by=_administrator(), now=now)


def test_closing_an_account_is_recorded_and_cannot_be_done_twice(now: datetime) -> None:
    user, by = make_user(), _administrator()

    close_account(user=user, by=by, now=now)

    assert Entry.objects.get().verb == "accounts.closed"
    with pytest.raises(Refused, match="closed already"):
        close_account(user=user, by=by, now=now)


def test_the_last_operator_can_be_neither_closed_nor_lose_the_role(now: datetime) -> None:
    operator, actor = _operator()

    with pytest.raises(Refused, match="last operator"):
        close_account(user=operator, by=actor, now=now)
    with pytest.raises(Refused, match="last operator"):
        revoke_role(grant=RoleGrant.objects.get(), by=actor, now=now)


def test_a_closed_operator_does_not_count_as_one(now: datetime) -> None:
    _user, actor = _operator()
    closed = make_user(roles=("operator",))
    User.objects.filter(pk=closed.pk).update(is_active=False)

    with pytest.raises(Refused, match="last operator"):
        revoke_role(grant=RoleGrant.objects.exclude(user=closed).get(), by=actor, now=now)


def test_granting_a_role_is_recorded_and_told(now: datetime) -> None:
    user, (_operator_user, actor) = make_user(), _operator()

    grant = grant_role(user=user, role="safeguarding_contact", by=actor, now=now)

    told = Notification.objects.get()
    assert (told.person, told.kind) == (user.person, "accounts.role_granted")
    entry = Entry.objects.get()
    assert (entry.verb, entry.detail) == ("accounts.role_granted", {"role": "safeguarding_contact"})
    revoke_role(grant=grant, by=actor, now=now)
    assert Notification.objects.latest("id").kind == "accounts.role_taken"
    with pytest.raises(Refused, match="taken this role back"):
        revoke_role(grant=grant, by=actor, now=now)


def test_a_role_is_granted_once_and_to_open_accounts_only(now: datetime) -> None:
    user, (_operator_user, actor) = make_user(roles=("operator",)), _operator()
    with pytest.raises(Refused, match="has this role already"):
        grant_role(user=user, role="operator", by=actor, now=now)

    user.is_active = False
    with pytest.raises(Refused, match="closed"):
        grant_role(user=user, role="safeguarding_contact", by=actor, now=now)


def test_a_directory_administrator_cannot_grant_roles(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        grant_role(user=make_user(), role="operator", by=_administrator(), now=now)


def test_the_first_operator_comes_from_the_command_line(client: Client) -> None:
    said: list[str] = []

    assert run_operator(email="Ops@firm.example", name="Pip Larch", echo=said.append) == 0

    user = User.objects.get()
    assert (user.email, user.label) == ("ops@firm.example", "Pip Larch (ops@firm.example)")
    assert RoleGrant.objects.get().role == "operator"
    path = said[0].split("http://localhost:8000")[1].strip()
    form_page = client.get(path)["Location"]
    client.post(form_page, {"password1": "four plain words here"})
    assert client.login(email=user.email, password="four plain words here")
    assert client.get(reverse("accounts:roles")).status_code == 200


def test_the_first_operator_of_the_directory_is_that_person(now: datetime) -> None:
    person = make_person(email="ops@firm.example")

    bootstrap_operator(email="ops@firm.example", name="", by=BY, now=now)
    bootstrap_operator(email="ops@firm.example", name="", by=BY, now=now)

    assert User.objects.get().person == person
    assert RoleGrant.objects.count() == 1


def test_the_command_refuses_what_is_no_address() -> None:
    said: list[str] = []

    assert run_operator(email="ops", name="", echo=said.append) == 2
    assert "not an e-mail address" in said[0]


def test_only_an_operator_or_the_machine_makes_operators(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        bootstrap_operator(email="a@b.example", name="", by=_administrator(), now=now)
