"""Keys and rings: making, turning, sharing again, destroying."""

from viceversa.vault.actions.ring import make_ring, make_rings, own_ring, reshare, shred, turn
from viceversa.vault.actions.user_key import (
    add_passphrase,
    make_recovery_code,
    recover,
    start_anew,
)

__all__ = [
    "add_passphrase",
    "make_recovery_code",
    "make_ring",
    "make_rings",
    "own_ring",
    "recover",
    "reshare",
    "shred",
    "start_anew",
    "turn",
]
