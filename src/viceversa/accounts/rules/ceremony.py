"""What a server asks of a passkey and how it checks the answer (WebAuthn level 3), on plain values.

A question is put once, for one purpose, and is good for five minutes.
"""

import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

GOOD_FOR = timedelta(minutes=5)
SALT = SECRET = 32
Answer = Mapping[str, Any]
State = dict[str, Any]

# What the parsers of a hostile answer raise.
_BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    struct.error,
)


class Failed(ValueError):
    """The answer is not one to this question, or not by a passkey that was asked."""


@dataclass(frozen=True)
class Site:
    """Who asks. A passkey works on this host and nowhere else."""

    host: str
    name: str

    @property
    def server(self) -> Fido2Server:
        return Fido2Server(PublicKeyCredentialRpEntity(id=self.host, name=self.name))


def ask_to_make(
    site: Site, *, handle: str, name: str, shown: str, known: Sequence[AttestedCredentialData]
) -> tuple[dict[str, Any], State]:
    """For a new passkey: it stays on the device and asks who is there (finger, face or PIN)."""
    options, state = site.server.register_begin(
        user=PublicKeyCredentialUserEntity(id=handle.encode(), name=name, display_name=shown),
        credentials=list(known),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions={"credProps": True, "prf": {}},
    )
    return dict(options["publicKey"]), dict(state)


def made(site: Site, state: State, answer: Answer) -> dict[str, Any]:
    """What to keep of a new passkey: nothing that came with it beside what was asked for."""
    try:
        site.server.register_complete(state, answer)
        told = answer.get("clientExtensionResults") or {}
        return {
            **{name: str(answer[name]) for name in ("id", "rawId", "type")},
            "response": {
                name: str(answer["response"][name])
                for name in ("clientDataJSON", "attestationObject")
            },
            "clientExtensionResults": {
                "credProps": {"rk": bool((told.get("credProps") or {}).get("rk", True))},
                "prf": {"enabled": bool((told.get("prf") or {}).get("enabled"))},
            },
        }
    except _BROKEN as error:
        raise Failed(str(error)) from error


def ask_to_show(
    site: Site,
    *,
    known: Sequence[AttestedCredentialData] = (),
    salts: Mapping[bytes, bytes] | None = None,
) -> tuple[dict[str, Any], State]:
    """For one of `known`, or for whichever passkey the person picks. With `salts`, by the id of the
    passkey, it also evaluates its secret function."""
    options, state = site.server.authenticate_begin(
        credentials=list(known) or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    asked = dict(options["publicKey"])
    if salts:
        asked["salts"] = {to_text(who): to_text(salt) for who, salt in salts.items()}
    return asked, dict(state)


def shown(
    site: Site, state: State, answer: Answer, *, known: Sequence[AttestedCredentialData]
) -> bytes:
    """The id of the passkey that answered."""
    try:
        found = site.server.authenticate_complete(state, list(known), answer)
        return bytes(found.credential_id)
    except _BROKEN as error:
        raise Failed(str(error)) from error


def credential_of(kept: Answer) -> AttestedCredentialData:
    """Name and public key of a passkey, out of what was kept of it."""
    registration = RegistrationResponse.from_dict(kept)
    credential = registration.response.attestation_object.auth_data.credential_data
    if credential is None:
        raise Failed("There is no key in this registration.")
    return credential


def evaluates(kept: Answer) -> bool:
    """Whether the passkey said that it can evaluate a secret function (the PRF extension)."""
    return bool(kept.get("clientExtensionResults", {}).get("prf", {}).get("enabled"))


def handle_of(answer: Answer) -> str:
    """Whose passkey it says it is. Empty when it does not say."""
    try:
        return from_text(answer["response"]["userHandle"]).decode()
    except _BROKEN:
        return ""


def new_salt() -> bytes:
    return secrets.token_bytes(SALT)


def is_fresh(asked_at: datetime, *, now: datetime) -> bool:
    return timedelta(0) <= now - asked_at <= GOOD_FOR


def to_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def secret_of(text: str) -> bytes:
    """The 32 bytes that a passkey made of its salt. Raises Failed."""
    try:
        secret = from_text(text)
    except ValueError as error:
        raise Failed("This is not written in base64url.") from error
    if len(secret) != SECRET:
        raise Failed("This is not as long as the secret of a passkey.")
    return secret
