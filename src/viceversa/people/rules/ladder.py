"""A ladder for an organisation that has none: the file's levels from junior to senior."""

import re
from collections import abc, defaultdict
from statistics import fmean

from viceversa.people.rules.ladder_terms import LadderLevel
from viceversa.people.rules.mapping import Mapping
from viceversa.people.rules.records import FileTable, StaffRow
from viceversa.people.rules.reporting import depths
from viceversa.people.rules.rows import check_rows

_ALIKE = 0.3
_WORDS = (
    *("intern", "trainee", "apprentice", "graduate", "aa", "ao", "assistant"),
    *(
        "junior",
        "eo",
        "associate",
        "analyst",
        "officer",
        "heo",
        "faststream",
        "specialist",
        "seo",
        "senior",
    ),
    *("lead", "g7", "principal", "g6", "manager", "head", "director", "scs", "partner"),
    *("vp", "svp", "evp", "chief", "president", "ceo"),
)
_RANK_OF_WORD = {word: rank for rank, word in enumerate(_WORDS)}
_OTHER_SPELLINGS = {
    "grade 6": "g6",
    "grade 7": "g7",
    "vice president": "vp",
    "senior vp": "svp",
    "executive vp": "evp",
}


def guess_ladder(table: FileTable, mapping: Mapping) -> list[str]:
    """The levels of a file, junior first. An offer to be looked over, never the last word."""
    return order_levels(check_rows(table, mapping).rows)


def order_levels(rows: abc.Iterable[StaffRow]) -> list[str]:
    """By the mean depth of each level's people; levels alike in depth by their own names."""
    staff = list(rows)
    depth = _mean_depths(staff)
    unplaced = sorted({row.level for row in staff if row.level} - set(depth), key=_natural)
    groups = _groups(depth)
    ordered = [level for group in groups for level in _by_name(group, depth)]
    return _by_name(unplaced, {}) + ordered


def as_ladder(levels: abc.Iterable[str]) -> list[LadderLevel]:
    return [LadderLevel(level) for level in levels]


def _mean_depths(staff: list[StaffRow]) -> dict[str, float]:
    """People without manager and without reports say nothing about height, so they are passed."""
    managers = {row.external_id: row.manager for row in staff}
    has_reports = set(managers.values())
    below = depths(managers)
    found: dict[str, list[int]] = defaultdict(list)
    for row in staff:
        is_placed = row.manager or row.external_id in has_reports
        if row.level and is_placed and row.external_id in below:
            found[row.level].append(below[row.external_id])
    return {level: fmean(steps) for level, steps in found.items()}


def _groups(depth: dict[str, float]) -> list[list[str]]:
    """Deepest first; a step of less than a third of a level is no difference."""
    groups: list[list[str]] = []
    for level in sorted(depth, key=lambda name: (-depth[name], _natural(name))):
        if groups and depth[groups[-1][-1]] - depth[level] < _ALIKE:
            groups[-1].append(level)
        else:
            groups.append([level])
    return groups


def _by_name(levels: list[str], depth: dict[str, float]) -> list[str]:
    """By words that name a rank, where all have one; else by letters and numbers."""
    if len(levels) < 2:
        return levels
    ranks = {level: _rank(level) for level in levels}
    if None not in ranks.values():
        return sorted(levels, key=lambda level: (ranks[level] or 0, _natural(level)))
    ordered = sorted(levels, key=_natural)
    return ordered[::-1] if _falls(ordered, depth) else ordered


def _falls(ordered: list[str], depth: dict[str, float]) -> bool:
    """Whether the first in the alphabet are the seniors: the depths vote, pair by pair."""
    if not depth:
        return False
    pairs = [(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :]]
    votes = sum((depth[one] < depth[other]) - (depth[one] > depth[other]) for one, other in pairs)
    return votes > 0


def _rank(level: str) -> float | None:
    text = " ".join(re.findall(r"[a-z]+\d*|\d+", level.casefold()))
    for long, short in _OTHER_SPELLINGS.items():
        text = text.replace(long, short)
    ranks = [_RANK_OF_WORD[word] for word in text.split() if word in _RANK_OF_WORD]
    ranks += [_RANK_OF_WORD["scs"] for word in text.split() if re.fullmatch(r"scs\d", word)]
    return max(ranks) if ranks else None


def _natural(text: str) -> list[tuple[int, int, str]]:
    """G2 before G10."""
    return [
        (0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part)
        for part in re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    ]
