"""Relaxing a rule for the sake of others: one of them moves on, and the place left is free.

Such a change opens no new pair for the person it helps. Whether it helps at all shows only when it
is tried, so it is never named without that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from viceversa.matching.engine.explaining.remedies import STEP, SWITCHES, Remedy, changed
from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.people.roster import UNKNOWN, Roster
from viceversa.matching.engine.people.settings import Rules
from viceversa.matching.engine.solving.instance import Ints
from viceversa.matching.engine.words import hours

FREES = "so that a place becomes free"


def indirect_remedies(match: Match) -> Iterator[Remedy]:
    """Every relaxation of one rule of the programme, as far as it makes any difference."""
    rules = match.settings.rules
    for name, sign in (("min_rank_gap", 1), ("max_rank_gap", -1)):
        limit = getattr(rules, name)
        if limit is not None:
            for gap in _below(sign * _gaps(match.roster), sign * limit):
                text = f"Rank gap {limit} → {sign * gap}"
                relaxed = changed(rules, name, sign * gap)
                yield _remedy(match, name, sign * limit - gap, text, relaxed)
    yield from _fewer_hours(match)
    for name, text in SWITCHES.items():
        if getattr(rules, name):
            yield _remedy(match, name, 1, text, changed(rules, name, False))


def _fewer_hours(match: Match) -> Iterator[Remedy]:
    rules = match.settings.rules
    least = round(rules.shared_hours * 60)
    for minutes in _below(np.unique(match.roster.hours.minutes), least):
        text = f"{hours(least).capitalize()} → {hours(minutes)}"
        relaxed = replace(rules, shared_hours=minutes / 60)
        yield _remedy(match, "shared_hours", -((minutes - least) // 60), text, relaxed)


def _below(values: Ints, limit: int) -> list[int]:
    """The different values below a limit, the nearest first."""
    below: list[int] = np.unique(values[values < limit])[::-1].tolist()
    return below


def _gaps(roster: Roster) -> Ints:
    """The rank gaps that occur."""
    senior, junior = (np.unique(roster.rank[some]) for some in (roster.learners, roster.advisers))
    known = senior[senior != UNKNOWN][:, None] - junior[junior != UNKNOWN][None, :]
    return np.asarray(known.reshape(-1))


def _remedy(match: Match, kind: str, steps: int, text: str, rules: Rules) -> Remedy:
    settings = replace(match.settings, rules=rules)
    size = (STEP[kind] * steps, 1, kind)
    return Remedy(kind, size, f"{text}, {FREES}.", 0, settings=settings, indirect=True)
