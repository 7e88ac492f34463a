"""An envelope: padded text under a key of its own, bound to the place where it belongs."""

import json
import secrets
from dataclasses import astuple, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = 1
NONCE = 12
HEAD = 1 + 4
STEPS = (256, 1024, 4096, 16384)
MOST_BYTES = 65_536

SEALED, PERSONAL = "sealed", "personal"


class TooLong(ValueError):
    """More than an envelope takes."""


class Broken(ValueError):
    """The envelope was changed, or belongs somewhere else."""


@dataclass(frozen=True)
class Place:
    """Where a text belongs. An envelope opens in its own place only.

    `field` is the model and field, `item` the key of the row, `author` the id of the person.
    """

    tier: str
    field: str
    item: str
    author: int


def seal(text: str, *, ring: str, version: int, key: bytes, place: Place) -> bytes:
    """`key` is the 32 bytes of this version of the ring. Raises TooLong."""
    bound = _bound(ring, version, place)
    nonce = secrets.token_bytes(NONCE)
    hidden = AESGCM(_item_key(key, bound)).encrypt(nonce, _padded(text.encode()), bound)
    return bytes([FORMAT]) + version.to_bytes(4, "big") + nonce + hidden


def version_of(envelope: bytes) -> int:
    """Raises Broken when it is no envelope."""
    if len(envelope) < HEAD + NONCE or envelope[0] != FORMAT:
        raise Broken("This is not an envelope.")
    return int.from_bytes(envelope[1:HEAD], "big")


def open_(envelope: bytes, *, ring: str, key: bytes, place: Place) -> str:
    """Raises Broken."""
    bound = _bound(ring, version_of(envelope), place)
    nonce, hidden = envelope[HEAD : HEAD + NONCE], envelope[HEAD + NONCE :]
    try:
        padded = AESGCM(_item_key(key, bound)).decrypt(nonce, hidden, bound)
    except InvalidTag:
        raise Broken("This envelope was changed, or belongs somewhere else.") from None
    length = int.from_bytes(padded[:4], "big")
    return padded[4 : 4 + length].decode()


def _bound(ring: str, version: int, place: Place) -> bytes:
    return json.dumps(["viceversa", ring, version, *astuple(place)]).encode()


def _item_key(key: bytes, bound: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"item " + bound).derive(key)


def _padded(content: bytes) -> bytes:
    """The length says no more than the next step: 256 bytes, 1, 4, 16 KiB and so on."""
    if len(content) > MOST_BYTES:
        raise TooLong(f"{len(content)} bytes")
    needed = 4 + len(content)
    step = next((step for step in STEPS if step >= needed), -(-needed // STEPS[-1]) * STEPS[-1])
    return (len(content).to_bytes(4, "big") + content).ljust(step, b"\0")
