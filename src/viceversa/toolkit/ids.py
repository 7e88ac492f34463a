"""Unguessable keys for addresses."""

import secrets


def new_key() -> str:
    return secrets.token_urlsafe(12)
