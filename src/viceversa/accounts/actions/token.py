from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from viceversa.accounts.messages import TokenMade
from viceversa.accounts.models import Token, User
from viceversa.accounts.permissions import check_own
from viceversa.accounts.queries import may_sign_in, tokens_of
from viceversa.accounts.rules import (
    MOST_TOKENS,
    SCOPES,
    TOKEN_SEEN_EVERY,
    hash_of,
    is_token_time,
    looks_like_token,
    new_token,
    was_seen_long_ago,
)
from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def create_token(
    *,
    user: User,
    name: str,
    scopes: Collection[str],
    expires_at: datetime,
    by: Actor,
    now: datetime,
) -> tuple[Token, str]:
    """The token, and the secret that is shown this once and not kept."""
    check_own(by, user)
    _check_new_token(user, scopes, expires_at, now=now)
    raw = new_token()
    token = Token.objects.create(
        user=user,
        name=name,
        prefix=raw[:8],
        token_hash=hash_of(raw),
        scopes=[scope for scope in SCOPES if scope in scopes],
        created_at=now,
        expires_at=expires_at,
    )
    record(
        by=by, verb="accounts.token_made", target=token, detail={"scopes": token.scopes}, now=now
    )
    if user.person is not None:
        notify(to=[user.person], message=TokenMade(name=name), now=now)
    return token, raw


def _check_new_token(
    user: User, scopes: Collection[str], expires_at: datetime, *, now: datetime
) -> None:
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Refused(_("Choose what the token may do: read, or read and write."), code="scopes")
    if not is_token_time(expires_at, now=now):
        raise Refused(_("A token lasts for a year at most."), code="too_long")
    if tokens_of(user).count() >= MOST_TOKENS:
        raise Refused(
            _("You have %(most)s tokens. Revoke one that is no longer needed first.")
            % {"most": MOST_TOKENS},
            code="too_many",
        )


@transaction.atomic
def revoke_token(*, token: Token, by: Actor, now: datetime) -> None:
    check_own(by, token.user)
    revoked = Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now)
    if not revoked:
        raise Refused(_("This token is revoked already."), code="already_revoked")
    record(by=by, verb="accounts.token_revoked", target=token, now=now)


def authenticate_token(raw: str, *, now: datetime | None = None) -> Token | None:
    """The token if it is good. Only its hash is looked up, so timing tells nothing about it."""
    if not looks_like_token(raw):
        return None
    now = now or clock.now()
    token = (
        Token.objects.select_related("user__person__level")
        .filter(token_hash=hash_of(raw), revoked_at__isnull=True, expires_at__gt=now)
        .first()
    )
    if token is None or not may_sign_in(token.user):
        return None
    if was_seen_long_ago(token.last_used_at, now=now):
        _note_use(token, now=now)
    return token


def _note_use(token: Token, *, now: datetime) -> None:
    """At most one writer a minute, however many requests come at once."""
    Token.objects.filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - TOKEN_SEEN_EVERY), pk=token.pk
    ).update(last_used_at=now)
