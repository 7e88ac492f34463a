"""Secrets that are shown once, how long they last, and what a token allows."""

import hashlib
import hmac
import secrets
import string
from base64 import urlsafe_b64encode
from collections.abc import Collection
from datetime import datetime, timedelta

INVITATION_LASTS = timedelta(days=14)
LOGIN_CODE_LASTS = timedelta(minutes=10)
RESET_LINK_LASTS = timedelta(hours=1)

PREFIX = "vv_"
TOKEN_LENGTH = 40
TOKEN_LASTS_AT_MOST = timedelta(days=366)
TOKEN_SEEN_EVERY = timedelta(minutes=1)
MOST_TOKENS = 20
MOST_PASSKEYS = 10
READ, WRITE = "read", "write"
SCOPES = (READ, WRITE)
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

OPERATOR = "operator"

_ALPHABET = string.ascii_letters + string.digits


def hash_of(secret: str) -> str:
    """Our secrets are long and random, so one round is enough to keep them from a thief."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_token() -> str:
    return PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(TOKEN_LENGTH))


def looks_like_token(raw: str) -> bool:
    body = raw.removeprefix(PREFIX)
    return (
        raw.startswith(PREFIX)
        and len(body) == TOKEN_LENGTH
        and all(letter in _ALPHABET for letter in body)
    )


def token_allows(scopes: Collection[str], method: str) -> bool:
    return (READ if method in READING_METHODS else WRITE) in scopes


def is_token_time(expires_at: datetime, *, now: datetime) -> bool:
    return now < expires_at <= now + TOKEN_LASTS_AT_MOST


def was_seen_long_ago(last_used_at: datetime | None, *, now: datetime) -> bool:
    return last_used_at is None or now - last_used_at >= TOKEN_SEEN_EVERY


def invitation_secret(key: str, *, signing_key: str) -> str:
    """What stands in the link: made anew from the key for each sending, so it is never stored."""
    digest = hmac.new(signing_key.encode(), f"invitation\x00{key}".encode(), hashlib.sha256)
    return f"{key}.{urlsafe_b64encode(digest.digest()).decode().rstrip('=')}"


def may_accept(
    *,
    accepted_at: datetime | None,
    withdrawn_at: datetime | None,
    expires_at: datetime,
    now: datetime,
) -> bool:
    return accepted_at is None and withdrawn_at is None and now < expires_at
