from viceversa.vault.models.ring import Ring, RingWrap
from viceversa.vault.models.user_key import KeySlot, UserKey

PERSONAL_DATA = {
    "UserKey.person": "whose key",
    "KeySlot.user_key": "how the person's key is locked away",
    "Ring.owner": "whose own notes it seals",
    "RingWrap.person": "who can open what is sealed with the ring",
}

__all__ = ["KeySlot", "Ring", "RingWrap", "UserKey"]
