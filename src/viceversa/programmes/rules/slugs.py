"""The part of an address that names a programme."""

import re
import unicodedata
from collections.abc import Collection

RESERVED = frozenset({"new", "join", "api"})
LONGEST = 52


def slug_for(name: str, taken: Collection[str]) -> str:
    """A readable slug that nobody else has, with a number behind it where needed."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "programme"
    used = RESERVED.union(taken)
    if base not in used:
        return base
    number = 2
    while f"{base}-{number}" in used:
        number += 1
    return f"{base}-{number}"
