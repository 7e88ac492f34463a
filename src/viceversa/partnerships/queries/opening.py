"""Opening what is sealed, for a page: what cannot be opened says so and breaks nothing."""

import json
from dataclasses import dataclass, field
from typing import Any

from viceversa.partnerships.queries.seat import Seat
from viceversa.vault.models import Ring
from viceversa.vault.queries import Keyring, NoKey
from viceversa.vault.rules.envelope import Broken, Place

CLOSED, BROKEN, ERASED = "closed", "broken", "erased"


@dataclass(frozen=True)
class Words:
    """What was written, or why it cannot be read: one holds no key, it was changed, or both
    wished it destroyed."""

    values: dict[str, Any] = field(default_factory=dict, repr=False)
    trouble: str = ""

    def __getitem__(self, name: str) -> Any:
        """For templates, which take what is missing for empty."""
        return self.values[name]

    def get(self, name: str) -> Any:
        return self.values.get(name, "")


def words_with(
    keys: Keyring, ring: Ring | None, place: Place, blob: bytes | memoryview | None
) -> Words:
    if not blob:
        return Words()
    if ring is None:
        return Words(trouble=CLOSED)
    if ring.shredded_at is not None:
        return Words(trouble=ERASED)
    try:
        return Words(json.loads(keys.open(ring, place, blob)))
    except NoKey:
        return Words(trouble=CLOSED)
    except Broken:
        return Words(trouble=BROKEN)


def words(seat: Seat, place: Place, blob: bytes | memoryview | None) -> Words:
    """With the key of the two."""
    return words_with(seat.keys, seat.partnership.ring, place, blob)
