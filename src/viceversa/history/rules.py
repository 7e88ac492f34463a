"""How an entry is bound to the one before it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

AREAS = ("accounts", "people", "programmes", "matching", "partnerships")
FIRST_HASH = "0" * 64


def commitment(salt: str, value: str) -> str:
    """Hides a label behind a salt, so that both can be erased and the chain still verifies."""
    return hashlib.sha256(f"{salt}\x00{value}".encode()).hexdigest()


def entry_hash(previous_hash: str, facts: Mapping[str, Any]) -> str:
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous_hash}\x00{canonical}".encode()).hexdigest()


def words_of(verb: str) -> str:
    """“accounts.role_granted” as people read it: “Role granted”."""
    return verb.rsplit(".", 1)[-1].replace("_", " ").capitalize()


def text_of(value: Any) -> str:
    """A fact as people read it: lists with commas, nothing as a dash."""
    if isinstance(value, list):
        return ", ".join(map(text_of, value)) or "–"
    return "–" if value in (None, "") else str(value)
