"""Keys of people and how they are kept: an X25519 pair, its private half locked into slots, and the
key of a ring wrapped for each member (HPKE, RFC 9180; Argon2id, RFC 9106)."""

import base64
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STORE, PASSPHRASE, RECOVERY, PASSKEY = "store", "passphrase", "recovery", "passkey"
SHORTEST_PASSPHRASE = 12
ARGON2_PASSES, ARGON2_LANES, ARGON2_KIB = 3, 4, 64 * 1024
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class WrongSecret(ValueError):
    """The passphrase, code or store does not open this slot."""


def new_pair() -> tuple[bytes, bytes]:
    """Private and public half, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def new_ring_key() -> bytes:
    return secrets.token_bytes(32)


def wrap(ring_key: bytes, public: bytes, *, about: str) -> bytes:
    """The key of a ring for one member; `about` names ring, version and member."""
    return bytes(
        SUITE.encrypt(ring_key, X25519PublicKey.from_public_bytes(public), info=about.encode())
    )


def unwrap(wrapped: bytes, private: bytes, *, about: str) -> bytes:
    """Raises WrongSecret."""
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        return bytes(SUITE.decrypt(wrapped, key, info=about.encode()))
    except (InvalidTag, ValueError) as error:
        raise WrongSecret("This key was wrapped for somebody else.") from error


def fingerprint(public: bytes) -> str:
    """Eight groups of four letters that two people can compare aloud."""
    digest = Hash(SHA256())
    digest.update(b"viceversa fingerprint" + public)
    return grouped(base64.b32encode(digest.finalize()).decode()[:32])


def grouped(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def new_recovery_code() -> str:
    """160 random bits in eight groups of four."""
    return grouped(base64.b32encode(secrets.token_bytes(20)).decode())


def lock(
    private: bytes, kind: str, secret: bytes | str, *, owner: str
) -> tuple[bytes, dict[str, Any]]:
    """The private half in a slot, and what is needed beside the secret to open it."""
    salt = secrets.token_bytes(16)
    nonce = secrets.token_bytes(12)
    key = _slot_key(kind, secret, salt)
    hidden = AESGCM(key).encrypt(nonce, private, _slot(kind, owner))
    return nonce + hidden, {"salt": base64.b64encode(salt).decode()}


def unlock(
    slot: bytes, kind: str, secret: bytes | str, parameters: dict[str, Any], *, owner: str
) -> bytes:
    """Raises WrongSecret."""
    key = _slot_key(kind, secret, base64.b64decode(parameters["salt"]))
    try:
        return AESGCM(key).decrypt(slot[:12], slot[12:], _slot(kind, owner))
    except InvalidTag:
        raise WrongSecret("This does not open the lock.") from None


def _slot(kind: str, owner: str) -> bytes:
    return f"viceversa slot {kind} {owner}".encode()


def _slot_key(kind: str, secret: bytes | str, salt: bytes) -> bytes:
    """A passphrase is slow to try; a code, the store's key and what a passkey makes of its salt
    cannot be guessed."""
    if kind == PASSPHRASE:
        slow = Argon2id(
            salt=salt,
            length=32,
            iterations=ARGON2_PASSES,
            lanes=ARGON2_LANES,
            memory_cost=ARGON2_KIB,
        )
        return slow.derive(str(secret).encode())
    known = secret if isinstance(secret, bytes) else _letters(secret).encode()
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=f"slot {kind}".encode()).derive(
        known
    )


def _letters(code: str) -> str:
    """A code as it was shown, however it was typed."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
