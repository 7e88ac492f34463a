"""The key store: one secret in a file outside the database and its backups. With it a signed-in
person needs no passphrase; without it the database opens nothing."""

import base64
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NAME = "key-store"


class StoreMissing(RuntimeError):
    """The file that the keys were locked with is not here."""


@lru_cache(maxsize=4)
def _secret_in(path: Path) -> bytes:
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return base64.b64decode(path.read_text())
    with os.fdopen(made, "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)).decode())
        file.flush()
        os.fsync(file.fileno())
    return base64.b64decode(path.read_text())


def secret() -> bytes:
    """Made once; given by the environment where several machines share a database."""
    if settings.KEY_STORE_SECRET:
        return base64.b64decode(settings.KEY_STORE_SECRET)
    folder = Path(settings.KEY_STORE)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _secret_in(folder / NAME)


def vouch(what: str, content: bytes) -> bytes:
    """A mark that only this store can make: whoever writes into the database cannot."""
    text = f"viceversa voucher {what}\n".encode() + content
    return hmac.digest(secret(), text, hashlib.sha256)


def name() -> str:
    """Which store this is, without saying anything about its secret."""
    return hashlib.sha256(b"viceversa key store" + secret()).hexdigest()[:16]
