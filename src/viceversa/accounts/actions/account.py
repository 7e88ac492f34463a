from collections.abc import Collection, Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from viceversa.accounts.actions.passkey import forget_passkeys
from viceversa.accounts.actions.role import check_operator_remains
from viceversa.accounts.actions.sign_in import reset_path
from viceversa.accounts.messages import PasswordChanged
from viceversa.accounts.models import Invitation, Role, RoleGrant, Token, User
from viceversa.accounts.permissions import (
    check_can_administer_accounts,
    check_can_grant_roles,
    check_can_steer,
    is_own,
)
from viceversa.accounts.queries import account_by_email, accounts_of_people, actor_for, in_parts
from viceversa.history.actions import record, record_many
from viceversa.notifications.actions import notify
from viceversa.people.events import PeopleLeft, PersonLeft
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import Refused


@transaction.atomic
def end_sessions(*, user: User, by: Actor, now: datetime) -> None:
    """Signs the account out of every browser at once; tokens for programs stay."""
    if not is_own(by, user):
        check_can_steer(by, user)
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    record(by=by, verb="accounts.sessions_ended", target=user, now=now)


@transaction.atomic
def close_account(*, user: User, by: Actor, now: datetime) -> None:
    """Ends all access. It is opened again by a new invitation only."""
    check_can_steer(by, user)
    locked = User.objects.select_for_update(of=("self",)).select_related("person")
    user = locked.get(pk=user.pk)
    if not user.is_active:
        raise Refused(_("This account is closed already."), code="already_closed")
    check_operator_remains(without=user)
    _shut([user], now=now)
    record(by=by, verb="accounts.closed", target=user, now=now)


@transaction.atomic
def revoke_access(*, person_ids: Iterable[int], by: Actor, now: datetime) -> int:
    """Ends all access of these people at once: sessions, tokens, codes, reset links, invitations,
    roles. Counts the accounts closed."""
    check_can_administer_accounts(by)
    ids = set(person_ids)
    users = [user for user in accounts_of_people(ids).values() if user.is_active]
    for some in in_parts(ids):
        Invitation.objects.filter(
            person__in=some, accepted_at__isnull=True, withdrawn_at__isnull=True
        ).update(withdrawn_at=now)
    _shut(users, now=now)
    record_many(by=by, verb="accounts.access_revoked", targets=users, now=now)
    return len(users)


def end_access_of_leavers(event: PeopleLeft | PersonLeft) -> None:
    """Reaction to people leaving."""
    ids = event.person_ids if isinstance(event, PeopleLeft) else {event.person.pk}
    by = system(_("Viceversa, because they left"), via="job")
    revoke_access(person_ids=ids, by=by, now=clock.now())


def _shut(users: Collection[User], *, now: datetime) -> None:
    for some in in_parts(user.pk for user in users):
        User.objects.filter(pk__in=some).update(
            is_active=False, session_epoch=F("session_epoch") + 1, password=make_password(None)
        )
        Token.objects.filter(user__in=some, revoked_at__isnull=True).update(revoked_at=now)
        RoleGrant.objects.filter(user__in=some).delete()
        EmailAddress.objects.filter(user__in=some).delete()
        forget_passkeys(some)


@transaction.atomic
def note_password_change(*, user_id: int, now: datetime) -> None:
    """Recorded, and told to the owner in case it was somebody else."""
    user = User.objects.select_related("person").get(pk=user_id)
    record(by=actor_for(user), verb="accounts.password_changed", target=user, now=now)
    if user.person is not None:
        notify(to=[user.person], message=PasswordChanged(), now=now)


@transaction.atomic
def bootstrap_operator(*, email: str, name: str, by: Actor, now: datetime) -> str:
    """Makes the account an operator's, and answers a one-time address that sets its password."""
    check_can_grant_roles(by)
    user = account_by_email(email) or User.objects.create_user(
        email=email, name=name, person=Person.objects.filter(email__iexact=email.strip()).first()
    )
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    _grant, is_new = RoleGrant.objects.get_or_create(user=user, role=Role.OPERATOR)
    if is_new:
        record(
            by=by, verb="accounts.role_granted", target=user, detail={"role": "operator"}, now=now
        )
    return f"{settings.BASE_URL}{reset_path(user)}"
