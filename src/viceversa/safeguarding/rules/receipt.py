"""A receipt: eight words by which somebody without a name finds their concern again, and opens it.

Eight of 2,048 are 88 bits. What is derived from them is slow to try (Argon2id) and falls into two
halves: one finds the row, the other opens it. As the salt is the same for all, looking up costs one
derivation and one question to an index, whether the words are right or not.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from mnemonic import Mnemonic

NUMBER = 8
KNOWN: tuple[str, ...] = tuple(Mnemonic("english").wordlist)
_BY_BEGINNING = {word[:4]: word for word in KNOWN}  # four letters tell all of them apart
PASSES, LANES, KIB = 3, 4, 64 * 1024


@dataclass(frozen=True)
class Opener:
    """`lookup` may be kept; `key` never is."""

    lookup: str
    key: bytes = field(repr=False)


def new_words() -> str:
    return " ".join(secrets.choice(KNOWN) for _word in range(NUMBER))


def read(typed: str) -> str | None:
    """The eight words as they were given, however they were typed; None where they cannot be."""
    given = "".join(sign if sign.isalpha() else " " for sign in typed.lower()).split()
    words = [_word(one) for one in given[: NUMBER + 1]]
    return " ".join(words) if len(words) == NUMBER and all(words) else None


def _word(typed: str) -> str:
    """Four letters are enough; a slip of the pen after them does no harm."""
    word = _BY_BEGINNING.get(typed[:4], "")
    return word if word == typed or len(typed) >= 4 else ""


def opener(words: str, *, salt: bytes) -> Opener:
    slow = Argon2id(salt=salt, length=64, iterations=PASSES, lanes=LANES, memory_cost=KIB)
    derived = slow.derive(words.encode())
    return Opener(hashlib.sha256(derived[:32]).hexdigest(), derived[32:])


def as_list(words: str) -> Sequence[str]:
    return words.split()
