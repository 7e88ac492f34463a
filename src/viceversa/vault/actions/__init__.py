"""Keys and rings: making, turning, sharing again, destroying."""

from viceversa.vault.actions.passkey import (
    add_passkey,
    name_passkey,
    open_with_passkey,
    remove_passkey,
)
from viceversa.vault.actions.ring import make_ring, make_rings, own_ring, reshare, shred, turn
from viceversa.vault.actions.user_key import (
    add_passphrase,
    make_recovery_code,
    recover,
    start_anew,
)

__all__ = [
    "add_passkey",
    "add_passphrase",
    "make_recovery_code",
    "make_ring",
    "make_rings",
    "name_passkey",
    "open_with_passkey",
    "own_ring",
    "recover",
    "remove_passkey",
    "reshare",
    "shred",
    "start_anew",
    "turn",
]
