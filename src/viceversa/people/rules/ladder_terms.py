"""The words of a ladder, and which text of a file means which of them."""

from collections.abc import Sequence
from typing import NamedTuple


class LadderLevel(NamedTuple):
    name: str
    aliases: tuple[str, ...] = ()


def level_key(text: str) -> str:
    """Case and spaces make no difference between two levels."""
    return " ".join(text.split()).casefold()


def level_names(ladder: Sequence[LadderLevel]) -> dict[str, str]:
    """Key of every name and alias → the ladder's own name. A name beats an alias."""
    aliases = {level_key(alias): level.name for level in ladder for alias in level.aliases}
    return aliases | {level_key(level.name): level.name for level in ladder}
