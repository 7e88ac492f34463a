from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from fido2.webauthn import AttestedCredentialData

from viceversa.accounts.models import Invitation, RoleGrant, Token, User
from viceversa.accounts.rules import hash_of, invitation_secret
from viceversa.accounts.rules.ceremony import credential_of, evaluates, to_text
from viceversa.people.models import Person
from viceversa.people.queries.searching import named
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound

NOBODY = Actor(person_id=None, label="signed out")
AT_ONCE = 5000

ACTIVE, NEVER, CLOSED = "active", "never", "closed"


def actor_for(user: Any, *, via: str = "page") -> Actor:
    """One query: the account's roles. Signed out gives an actor without any right."""
    if not user.is_authenticated:
        return NOBODY
    roles = frozenset(user.grants.values_list("role", flat=True))
    return Actor(person_id=user.person_id, label=user.label, roles=roles, via=via)


def accounts(*, search: str = "", state: str = "") -> QuerySet[User]:
    """Accounts by address; `state` is active, never (signed in), closed or empty."""
    found = User.objects.select_related("person").order_by("email")
    if state == ACTIVE:
        found = found.filter(is_active=True, last_login__isnull=False)
    elif state == NEVER:
        found = found.filter(is_active=True, last_login__isnull=True)
    elif state == CLOSED:
        found = found.filter(is_active=False)
    if search:
        found = found.filter(named(search, "person__") | Q(email__contains=search.casefold()))
    return found


def account_by_id(user_id: int) -> User:
    user = User.objects.select_related("person").filter(pk=user_id).first()
    if user is None:
        raise NotFound("There is no such account.")
    return user


def account_by_email(email: str) -> User | None:
    return User.objects.select_related("person").filter(email=email.strip().lower()).first()


def active_account(email: str) -> User | None:
    user = account_by_email(email)
    return user if user is not None and may_sign_in(user) else None


def may_sign_in(user: User) -> bool:
    """An account of somebody who has left is shut, even before anything has closed it."""
    return user.is_active and (user.person is None or user.person.is_present)


@dataclass(frozen=True)
class Passkey:
    """A passkey as the sign-in library keeps it. `credential` is its id, in base64url."""

    row: Authenticator

    @property
    def pk(self) -> int:
        return int(self.row.pk)

    @property
    def user(self) -> User:
        return cast(User, self.row.user)

    @property
    def name(self) -> str:
        return str(self.row.data["name"])

    @property
    def credential(self) -> str:
        return to_text(self.key.credential_id)

    @property
    def key(self) -> AttestedCredentialData:
        return credential_of(self.row.data["credential"])

    @property
    def can_open_key(self) -> bool:
        return evaluates(self.row.data["credential"])


def passkeys_of(user: Any) -> list[Passkey]:
    """Oldest first."""
    rows = Authenticator.objects.filter(user=user.pk, type=Authenticator.Type.WEBAUTHN)
    return [Passkey(row) for row in rows.select_related("user__person").order_by("pk")]


def passkey_of(user: Any, passkey_id: int) -> Passkey:
    for passkey in passkeys_of(user):
        if passkey.pk == passkey_id:
            return passkey
    raise NotFound("There is no such passkey, or it is not yours.")


def account_by_handle(handle: str) -> User | None:
    """Whose passkey it says it is, if that account may sign in."""
    try:
        user = User.objects.select_related("person").filter(pk=url_str_to_user_pk(handle)).first()
    except (ValueError, ValidationError, OverflowError):
        return None
    return user if user is not None and may_sign_in(user) else None


def open_invitations(*, search: str = "") -> QuerySet[Invitation]:
    """Newest first, expired ones too: they can be sent again."""
    found = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    if search:
        found = found.filter(named(search, "person__"))
    return found.select_related("person").order_by("-id")


def open_invitation_by_id(invitation_id: int) -> Invitation:
    invitation = open_invitations().filter(pk=invitation_id).first()
    if invitation is None:
        raise NotFound("There is no such open invitation.")
    return invitation


def invitation_by_link(secret: str) -> Invitation | None:
    return Invitation.objects.select_related("person").filter(token_hash=hash_of(secret)).first()


def link_secret(key: str) -> str:
    return invitation_secret(key, signing_key=settings.SECRET_KEY)


def people_without_account(*, search: str = "") -> QuerySet[Person]:
    """Present, reachable, and neither invited nor signed up."""
    accounts = User.objects.filter(person=OuterRef("pk"), is_active=True)
    invitations = Invitation.objects.filter(
        person=OuterRef("pk"), accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    found = Person.objects.filter(
        ~Exists(accounts), ~Exists(invitations), left_on__isnull=True, email__isnull=False
    ).exclude(email="")
    if search:
        found = found.filter(named(search))
    return found.order_by("name", "id")


def accounts_of_people(person_ids: Iterable[int]) -> dict[int, User]:
    """By person."""
    return {
        user.person_id: user
        for some in in_parts(person_ids)
        for user in User.objects.filter(person__in=some).select_related("person")
        if user.person_id is not None
    }


def owners_of_addresses(emails: Iterable[str]) -> dict[str, int | None]:
    """Whose account signs in with each of these addresses, as far as one does."""
    return {
        email: person_id
        for some in in_parts(emails)
        for email, person_id in User.objects.filter(email__in=some).values_list("email", "person")
    }


def in_parts(values: Iterable[Any]) -> list[list[Any]]:
    """Portions that both databases take in one question."""
    all_of_them = sorted(values)
    return [all_of_them[start : start + AT_ONCE] for start in range(0, len(all_of_them), AT_ONCE)]


def role_grants(*, role: str = "", search: str = "") -> QuerySet[RoleGrant]:
    found = RoleGrant.objects.select_related("user__person").order_by("role", "user__email")
    if search:
        words = search.casefold()
        found = found.filter(named(search, "user__person__") | Q(user__email__contains=words))
    return found.filter(role=role) if role else found


def role_grant_by_id(grant_id: int) -> RoleGrant:
    grant = role_grants().filter(pk=grant_id).first()
    if grant is None:
        raise NotFound("There is no such role to take back.")
    return grant


def roles_of(users: Collection[User]) -> dict[int, list[str]]:
    """The names of the roles of these accounts, by account."""
    found: dict[int, list[str]] = {user.pk: [] for user in users}
    for grant in RoleGrant.objects.filter(user__in=found).order_by("role"):
        found[grant.user_id].append(grant.get_role_display())
    return found


def holds_role(user: User, role: str) -> bool:
    return RoleGrant.objects.filter(user=user, role=role).exists()


def tokens_of(user: User) -> QuerySet[Token]:
    """Those that were not revoked, newest first."""
    return Token.objects.filter(user=user, revoked_at__isnull=True).order_by("-id")


def token_of(user: User, token_id: int) -> Token:
    token = tokens_of(user).filter(pk=token_id).first()
    if token is None:
        raise NotFound("There is no such token, or it is not yours.")
    return token
