from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_person, make_user
from viceversa.accounts.actions import grant_role, invite_person
from viceversa.accounts.models import Invitation, RoleGrant, User
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system

pytestmark = pytest.mark.django_db

BY = system("tests", via="command")
LISTS = ["accounts:list", "accounts:invitations", "accounts:without", "accounts:roles"]
SignIn = Callable[..., Client]


@pytest.fixture
def operator(signed_in: SignIn) -> Client:
    return signed_in(make_user(make_person("Opal Reed"), roles=("operator",)))


def _fill(number: int) -> None:
    for _ in range(number):
        make_user(roles=("safeguarding_contact",))
        make_person()
        invite_person(person=make_person(), by=BY, now=clock.now())


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_queries_with_three_rows_as_with_one(
    name: str, operator: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(reverse(name)).status_code == 200
        return len(captured)

    _fill(1)
    queries()
    one = queries()
    _fill(2)

    assert queries() == one


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_are_not_for_everybody(name: str, signed_in: SignIn) -> None:
    assert signed_in(make_user()).get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=marlow", {"Tamsin Marlow"}),
        ("q=TAMSIN", {"Tamsin Marlow"}),
        ("state=closed", {"Kit Tallow"}),
        ("state=never", {"Tamsin Marlow", "Opal Reed"}),
        ("state=nonsense", {"Tamsin Marlow", "Opal Reed", "Kit Tallow"}),
        ("q=nobody", set()),
    ],
)
def test_accounts_are_found_by_name_and_state(
    query: str, found: set[str], operator: Client
) -> None:
    make_user(make_person("Tamsin Marlow"))
    User.objects.filter(pk=make_user(make_person("Kit Tallow")).pk).update(is_active=False)
    User.objects.update(last_login=None)

    answer = operator.get(f"{reverse('accounts:list')}?{query}")

    assert {user.label for user in answer.context["page"].rows} == found


def test_who_is_invited_or_has_an_account_is_not_listed_as_left_out(operator: Client) -> None:
    make_user()
    invite_person(person=make_person(), by=BY, now=clock.now())
    make_person(email=None)
    make_person(left_on="2026-01-01")
    waiting = make_person("Wren Ashby")

    answer = operator.get(reverse("accounts:without"))

    assert answer.context["page"].rows == [waiting]


def test_ticked_people_are_invited(operator: Client) -> None:
    ticked, unticked = make_person(), make_person()

    answer = operator.post(reverse("accounts:invite"), {"person": [ticked.key]}, follow=True)

    assert "1 invitation is on its way" in answer.content.decode()
    assert [row.person for row in Invitation.objects.all()] == [ticked]
    assert unticked != ticked


def test_everybody_whom_a_search_finds_is_invited(operator: Client) -> None:
    for name in ("Ash One", "Ash Two", "Birch"):
        make_person(name)

    operator.post(reverse("accounts:invite"), {"everybody": "yes", "q": "ASH"})

    assert Invitation.objects.count() == 2


def test_nobody_ticked_is_said(operator: Client) -> None:
    make_person()

    answer = operator.post(reverse("accounts:invite"), {}, follow=True)

    assert "nobody was invited" in answer.content.decode()


def test_an_invitation_is_sent_again_and_withdrawn_from_the_list(operator: Client) -> None:
    invite_person(person=make_person(), by=BY, now=clock.now())
    operator.post(reverse("accounts:invite_again", args=[Invitation.objects.get().pk]))
    newer = Invitation.objects.get(withdrawn_at__isnull=True)

    operator.post(reverse("accounts:withdraw", args=[newer.pk]))

    assert Invitation.objects.count() == 2
    assert Invitation.objects.filter(withdrawn_at__isnull=True).count() == 0


def test_an_operator_gives_and_takes_roles_on_the_page(operator: Client) -> None:
    user = make_user()
    form = {"email": user.email.upper(), "role": "safeguarding_contact"}

    assert operator.post(reverse("accounts:roles"), form).status_code == 302
    again = operator.post(reverse("accounts:roles"), form)
    grant = RoleGrant.objects.get(user=user)
    operator.post(reverse("accounts:role_take", args=[grant.pk]))

    assert again.status_code == 422
    assert "has this role already" in again.content.decode()
    assert not RoleGrant.objects.filter(user=user).exists()


def test_a_role_for_an_unknown_address_says_what_to_do(operator: Client) -> None:
    answer = operator.post(
        reverse("accounts:roles"), {"email": "nobody@firm.example", "role": "operator"}
    )

    assert answer.status_code == 422
    assert "Invite the person first" in answer.content.decode()


def test_an_account_is_closed_and_signed_out_from_its_page(operator: Client) -> None:
    user = make_user()

    operator.post(reverse("accounts:end_sessions", args=[user.pk]))
    operator.post(reverse("accounts:close", args=[user.pk]))

    page = operator.get(reverse("accounts:detail", args=[user.pk])).content.decode()
    assert "This account is closed" in page
    assert "Closed" in page


def test_a_missing_account_is_said_to_be_missing(operator: Client) -> None:
    assert operator.get(reverse("accounts:detail", args=[999])).status_code == 404


def test_a_stranger_does_nothing_by_address(signed_in: SignIn) -> None:
    user = make_user(roles=("safeguarding_contact",))
    invitation = invite_person(person=make_person(), by=BY, now=clock.now())
    stranger = signed_in(make_user())
    places: list[tuple[str, list[Any]]] = [
        ("accounts:close", [user.pk]),
        ("accounts:end_sessions", [user.pk]),
        ("accounts:invite", []),
        ("accounts:invite_again", [invitation.pk]),
        ("accounts:withdraw", [invitation.pk]),
        ("accounts:role_take", [RoleGrant.objects.get().pk]),
    ]

    answers = [stranger.post(reverse(name, args=args)).status_code for name, args in places]

    assert answers == [403] * len(places)
    user.refresh_from_db()
    assert (user.is_active, user.session_epoch) == (True, 1)


@pytest.mark.parametrize("shown", [True, False])
def test_the_sample_sign_ins_are_shown_only_when_asked_for(
    shown: bool, client: Client, settings: Any
) -> None:
    settings.SAMPLE_SIGN_IN_HINTS = shown

    page = client.get(reverse("account_login")).content.decode()

    assert ("Try it as one of these" in page) == shown


def test_roles_are_searched_by_name_and_address(operator: Client) -> None:
    grant_role(user=make_user(), role="safeguarding_contact", by=BY, now=clock.now())
    held = make_user(make_person("Mira Ibis"))
    grant_role(user=held, role="safeguarding_contact", by=BY, now=clock.now())

    page = operator.get(reverse("accounts:roles"), {"q": "ibis"})

    assert [grant.user for grant in page.context["page"].rows] == [held]
