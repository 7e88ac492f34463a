"""Wants and offers of people.csv as lists of numbers: every distinct entry is understood once.

Cells are seldom alike, but their entries are. An entry is packed into one number; a cell with
anything unusual in it is read as a whole instead, by the functions that know all the rules.
"""

from __future__ import annotations

from collections.abc import Callable

from viceversa.matching.engine.files.cell_numbers import MOST_TEXTS, Lists
from viceversa.matching.engine.files.cells import Wrong, offer_of, offers_of, want_of, wants_of
from viceversa.matching.engine.people.ragged import Numbers, Ragged
from viceversa.matching.engine.solving.instance import Ints

LEVEL_BITS, PRIORITY_BITS = 3, 21
UNUSUAL = -1


class Entries(dict[str, int]):
    """The packed number of each entry, UNUSUAL for blank and wrong ones."""

    def __init__(self, parse: Callable[[str, Wrong], int]) -> None:
        self.parse = parse

    def __missing__(self, text: str) -> int:
        if len(self) >= MOST_TEXTS:
            self.clear()
        said: list[str] = []
        number = self.parse(text.strip(), lambda _, sentence: said.append(sentence))
        self[text] = number = UNUSUAL if said else number
        return number

    def of(self, text: str) -> list[int]:
        return list(map(self.__getitem__, text.split(";")))


class Skills:
    """Skills by their spelling; ``target`` is the level of a want that names none."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.spellings: Numbers[str] = Numbers()
        self.offered, self.wanted = Lists(), Lists()
        self._offers, self._wants = Entries(self._offer), Entries(self._want)

    def offers(self, text: str, wrong: Wrong) -> int:
        """The number of the list of offers in this cell."""
        entries = self._offers.of(text)
        if UNUSUAL in entries or (len(entries) > 1 and _twice(entries)):
            offers = offers_of(text, wrong).items()
            entries = [self._packed_offer(skill, level) for skill, level in offers]
        return self.offered.add(entries)

    def wants(self, text: str, wrong: Wrong) -> int:
        """The number of the list of wants in this cell."""
        entries = self._wants.of(text)
        if UNUSUAL in entries or len(set(entries)) < len(entries):
            wants = wants_of(text, self.target, wrong)
            entries = [self._packed_want(w.skill, w.target, w.priority) for w in wants]
        return self.wanted.add(entries)

    def offers_by(self, numbers: Ints) -> Ragged:
        """(spelling, level) per person, from the numbers of their lists."""
        packed = self.offered.taken(numbers)
        (entry,) = packed.parts
        return Ragged(packed.start, (entry >> LEVEL_BITS, entry & (2**LEVEL_BITS - 1)))

    def wants_by(self, numbers: Ints) -> Ragged:
        """(spelling, target, priority) per person, from the numbers of their lists."""
        packed = self.wanted.taken(numbers)
        (entry,) = packed.parts
        level = (entry >> PRIORITY_BITS) & (2**LEVEL_BITS - 1)
        priority = entry & (2**PRIORITY_BITS - 1)
        return Ragged(packed.start, (entry >> (PRIORITY_BITS + LEVEL_BITS), level, priority))

    def _offer(self, entry: str, wrong: Wrong) -> int:
        skill, level = offer_of(entry, wrong)
        return self._packed_offer(skill, level) if skill else UNUSUAL

    def _want(self, entry: str, wrong: Wrong) -> int:
        """Without a priority of its own it depends on its place in the list."""
        want = want_of(entry, self.target, 0, wrong)
        usual = want.skill and want.priority
        return self._packed_want(want.skill, want.target, want.priority) if usual else UNUSUAL

    def _packed_offer(self, skill: str, level: int) -> int:
        return self.spellings[skill] << LEVEL_BITS | level

    def _packed_want(self, skill: str, target: int, priority: int) -> int:
        return (self.spellings[skill] << LEVEL_BITS | target) << PRIORITY_BITS | priority


def _twice(offers: list[int]) -> bool:
    """Is one skill there more than once?"""
    return len({entry >> LEVEL_BITS for entry in offers}) < len(offers)
