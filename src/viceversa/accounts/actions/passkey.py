"""Passkeys: another way to sign in, and a way to one's own key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.accounts.messages import (
    KeyOpenedByPasskey,
    PasskeyAdded,
    PasskeyOpensKey,
    PasskeyOpensKeyNoMore,
    PasskeyRemoved,
)
from viceversa.accounts.models import User
from viceversa.accounts.permissions import check_own
from viceversa.accounts.queries import Passkey, may_sign_in, passkeys_of
from viceversa.accounts.rules import MOST_PASSKEYS
from viceversa.accounts.rules.ceremony import to_text
from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.notifications.rules import Message
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.vault import actions as vault
from viceversa.vault.queries import passkeys_of as key_passkeys_of


@transaction.atomic
def add_passkey(
    *, user: User, name: str, registration: Mapping[str, Any], by: Actor, now: datetime
) -> Passkey:
    """`registration` is what the ceremony found good."""
    check_own(by, user)
    _locked(user)
    known = passkeys_of(user)
    if len(known) >= MOST_PASSKEYS:
        raise Refused(_("You have %(n)s passkeys. Remove one first.") % {"n": MOST_PASSKEYS})
    if registration["id"] in {passkey.credential for passkey in known}:
        raise Refused(_("You have added this passkey already."), code="known")
    row = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": dict(registration)},
        created_at=now,
    )
    record(by=by, verb="accounts.passkey_added", target=user, now=now)
    _tell(user, PasskeyAdded(name=name), now=now)
    return Passkey(row)


@transaction.atomic
def rename_passkey(*, passkey: Passkey, name: str, by: Actor, now: datetime) -> None:
    check_own(by, passkey.user)
    passkey.row.data["name"] = name
    passkey.row.save(update_fields=["data"])
    if by.person_id is not None:
        vault.name_passkey(credential=passkey.credential, name=name, by=by)
    record(by=by, verb="accounts.passkey_renamed", target=passkey.user, now=now)


@transaction.atomic
def remove_passkey(*, passkey: Passkey, by: Actor, now: datetime) -> None:
    """Ends both that it signs in and that it opens the key. The last way in stays."""
    user = passkey.user
    check_own(by, user)
    _locked(user)
    if not _gets_in_without(passkey):
        raise Refused(
            _("This is your only way in. Choose a password or add another passkey first."),
            code="last_way",
        )
    if passkey.credential in {one.credential for one in key_passkeys_of(by.person_id)}:
        vault.remove_passkey(credential=passkey.credential, by=by, now=now)
    passkey.row.delete()
    record(by=by, verb="accounts.passkey_removed", target=user, now=now)
    _tell(user, PasskeyRemoved(name=passkey.name), now=now)


@transaction.atomic
def let_passkey_open_key(
    *, passkey: Passkey, salt: bytes, secret: bytes, by: Actor, now: datetime
) -> None:
    check_own(by, passkey.user)
    vault.add_passkey(
        credential=passkey.credential,
        name=passkey.name,
        public=to_text(bytes(passkey.key)),
        salt=to_text(salt),
        secret=secret,
        by=by,
        now=now,
    )
    _tell(passkey.user, PasskeyOpensKey(name=passkey.name), now=now)


@transaction.atomic
def keep_passkey_from_key(*, user: User, credential: str, by: Actor, now: datetime) -> str:
    """It goes on signing in. Answers its name."""
    check_own(by, user)
    name = vault.remove_passkey(credential=credential, by=by, now=now)
    _tell(user, PasskeyOpensKeyNoMore(name=name), now=now)
    return name


@transaction.atomic
def open_key_with_passkey(
    *, user: User, credential: str, secret: bytes, by: Actor, now: datetime
) -> None:
    check_own(by, user)
    vault.open_with_passkey(credential=credential, secret=secret, by=by, now=now)
    _tell(user, KeyOpenedByPasskey(), now=now)


def forget_passkeys(user_ids: list[int]) -> None:
    """Of accounts that are closed."""
    Authenticator.objects.filter(user__in=user_ids).delete()


def _locked(user: User) -> None:
    """Two browsers of one person take turns."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def _gets_in_without(passkey: Passkey) -> bool:
    user = passkey.user
    by_code = settings.ACCOUNT_LOGIN_BY_CODE_ENABLED and may_sign_in(user)
    return by_code or user.has_usable_password() or len(passkeys_of(user)) > 1


def _tell(user: User, message: Message, *, now: datetime) -> None:
    if user.person is not None:
        notify(to=[user.person], message=message, now=now)
