"""A passkey made of software, which answers as a device would: to the question it was asked."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from viceversa.accounts.actions import add_passkey, let_passkey_open_key
from viceversa.accounts.models import User
from viceversa.accounts.queries import Passkey, actor_for
from viceversa.accounts.rules.ceremony import Site, ask_to_make, from_text, made, to_text
from viceversa.toolkit import clock

FLAG = AuthenticatorData.FLAG
HERE = FLAG.UP | FLAG.UV
SALT = b"s" * 32


@dataclass
class SoftKey:
    """`evaluates` is whether it knows the PRF extension, `origin` where its browser stands."""

    evaluates: bool = True
    origin: str = "http://localhost"
    rp_id: str = "localhost"
    handle: str = ""
    flags: FLAG = HERE
    id: bytes = field(default_factory=lambda: secrets.token_bytes(20))

    def __post_init__(self) -> None:
        self._private = generate_private_key(SECP256R1())
        self._inner = secrets.token_bytes(32)

    def make(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self._private.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._site(), self.flags | FLAG.AT, 0, credential)
        told = {"prf": {"enabled": True}} if self.evaluates else {}
        return {
            **self._named(),
            "response": {
                "clientDataJSON": to_text(self._client("create", asked["challenge"])),
                "attestationObject": to_text(AttestationObject.create("none", data, {})),
            },
            "clientExtensionResults": {"credProps": {"rk": True}, **told},
        }

    def show(self, asked: dict[str, Any]) -> dict[str, Any]:
        data = AuthenticatorData.create(self._site(), self.flags, 0)
        client = self._client("get", asked["challenge"])
        signature = self._private.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        return {
            **self._named(),
            "response": {
                "clientDataJSON": to_text(client),
                "authenticatorData": to_text(data),
                "signature": to_text(signature),
                "userHandle": self.handle,
            },
            "clientExtensionResults": {},
        }

    def secret(self, asked: dict[str, Any]) -> str:
        """What it makes of the salt that is meant for it."""
        return to_text(self.evaluated(from_text(asked["salts"][to_text(self.id)])))

    def evaluated(self, salt: bytes) -> bytes:
        return hmac.digest(self._inner, salt, "sha256")

    def _named(self) -> dict[str, str]:
        return {"id": to_text(self.id), "rawId": to_text(self.id), "type": "public-key"}

    def _site(self) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": f"webauthn.{kind}", "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()


def make_passkey(
    user: User, key: SoftKey | None = None, *, name: str = "Work laptop", opens_key: bool = False
) -> Passkey:
    key = key or SoftKey()
    site, by, now = Site("localhost", "Viceversa"), actor_for(user), clock.now()
    handle = user_pk_to_url_str(user)
    asked, state = ask_to_make(site, handle=handle, name=name, shown=name, known=[])
    registration = made(site, state, key.make(asked))
    passkey = add_passkey(user=user, name=name, registration=registration, by=by, now=now)
    if opens_key:
        secret = key.evaluated(SALT)
        let_passkey_open_key(passkey=passkey, salt=SALT, secret=secret, by=by, now=now)
    return passkey
