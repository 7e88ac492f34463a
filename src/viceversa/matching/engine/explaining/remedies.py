"""Relaxing one rule just far enough: what opens for one person, and how big the change is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.people.participant import LEVEL_NAMES, Participant, Want
from viceversa.matching.engine.people.roster import UNKNOWN, same_skill
from viceversa.matching.engine.people.rules import rank_gaps, shared_minutes
from viceversa.matching.engine.people.settings import Rules, Settings
from viceversa.matching.engine.solving.instance import Bools, Ints
from viceversa.matching.engine.words import counted, hours

# How much a step of each kind asks of the programme; a person's own word comes first.
STEP = {
    "target_level": 1,
    "shared_hours": 2,
    "max_rank_gap": 3,
    "min_rank_gap": 3,
    "past_partners": 4,
    "same_unit": 5,
    "shared_language": 6,
}
SWITCHES = {
    "past_partners": "Partners of earlier rounds allowed again",
    "same_unit": "Pairs of one unit allowed",
    "shared_language": "A shared language not asked for",
}


@dataclass(frozen=True)
class Remedy:
    """One change. ``opens`` counts the partners it would make admissible for the person;
    ``indirect`` ones open none and may help all the same."""

    kind: str
    size: tuple[int, int, str]
    sentence: str
    opens: int
    partner_id: str = ""
    settings: Settings | None = field(default=None, repr=False, compare=False)
    person: Participant | None = field(default=None, repr=False, compare=False)
    proved: bool = False
    indirect: bool = False


@dataclass(frozen=True)
class _View:
    """One person's pairs: tables (others,) and which rules each breaks."""

    match: Match
    person_id: str
    role: str
    broken: dict[str, Bools]

    def only(self, rule: str) -> Bools:
        """Pairs that break this rule and no other."""
        others = [table for name, table in self.broken.items() if name != rule]
        clean = ~np.logical_or.reduce(others) if others else np.ones_like(self.broken[rule])
        return np.asarray(self.broken[rule] & clean)


def rule_remedies(match: Match, person_id: str, role: str) -> Iterator[Remedy]:
    """Every single relaxation after which more people are admissible for the person: each rule
    just as far as it takes for the next nearest, and for those beyond."""
    view = _view(match, person_id, role)
    yield from _gap_remedies(view)
    yield from _hours_remedies(view)
    if role == "learner":
        yield from _target_remedies(view)
    rules = match.settings.rules
    for name, text in SWITCHES.items():
        if name in view.broken:
            opens = int(view.only(name).sum())
            yield from _remedy(view, name, 1, text, opens, changed(rules, name, False))


def changed(rules: Rules, name: str, value: int) -> Rules:
    change: dict[str, Any] = {name: value}
    return replace(rules, **change)


def _view(match: Match, person_id: str, role: str) -> _View:
    roster = match.roster
    if role == "learner":
        rows = np.array([roster.row(person_id)], np.int64)
        tables = {rule.name: rule.forbids(rows)[0] for rule in match.problem.rules}
    else:
        rows, column = np.arange(len(roster.learners)), roster.column(person_id)
        tables = {rule.name: rule.forbids(rows)[:, column] for rule in match.problem.rules}
    return _View(match, person_id, role, tables)


def _numbers(view: _View, kind: str) -> Ints:
    """Rank gaps or shared minutes of the person's pairs."""
    roster = view.match.roster
    measure = rank_gaps if kind == "gap" else shared_minutes
    if view.role == "learner":
        rows = np.array([roster.row(view.person_id)], np.int64)
        return np.asarray(measure(roster, rows)[0])
    everyone = np.arange(len(roster.learners))
    return np.asarray(measure(roster, everyone)[:, roster.column(view.person_id)])


def _gap_remedies(view: _View) -> Iterator[Remedy]:
    rules = view.match.settings.rules
    gaps = _numbers(view, "gap")
    for name, sign in (("min_rank_gap", 1), ("max_rank_gap", -1)):
        limit = getattr(rules, name)
        if limit is None or name not in view.broken:
            continue
        near = sign * gaps[view.only(name) & (gaps != UNKNOWN)]
        for best in np.unique(near)[::-1].tolist():
            text = f"Rank gap {limit} → {sign * best}"
            steps, opens = abs(limit - sign * best), int((near >= best).sum())
            relaxed = changed(rules, name, sign * best)
            yield from _remedy(view, name, steps, text, opens, relaxed)


def _hours_remedies(view: _View) -> Iterator[Remedy]:
    rules = view.match.settings.rules
    if "shared_hours" not in view.broken:
        return
    near = _numbers(view, "minutes")[view.only("shared_hours")]
    least = round(rules.shared_hours * 60)
    for best in np.unique(near)[::-1].tolist():
        text = f"{hours(least).capitalize()} → {hours(best)}"
        steps, opens = -((best - least) // 60), int((near >= best).sum())
        relaxed = replace(rules, shared_hours=best / 60)
        yield from _remedy(view, "shared_hours", steps, text, opens, relaxed)


def _target_remedies(view: _View) -> Iterator[Remedy]:
    """A lower target level for one want, where somebody otherwise fitting offers it lower."""
    if "wanted_skill" not in view.broken:
        return
    roster = view.match.roster
    learner = roster.people[roster.index[view.person_id]]
    fitting = [roster.adviser(int(at)).offers for at in np.flatnonzero(view.only("wanted_skill"))]
    for want in learner.wanted:
        levels = [_offered(offers, want.skill) for offers in fitting]
        for best in sorted({level for level in levels if level}, reverse=True):
            yield _lower_target(learner, want, best, sum(level >= best for level in levels))


def _lower_target(learner: Participant, want: Want, best: int, opens: int) -> Remedy:
    lower = tuple(replace(w, target=best) if w == want else w for w in learner.wants)
    text = f"{want.skill} at {LEVEL_NAMES[best]} rather than {LEVEL_NAMES[want.target]} level"
    size = (STEP["target_level"] * (want.target - best), -opens, want.skill)
    sentence = f"{text}: {counted(opens, 'candidate')}."
    changed = replace(learner, wants=lower)
    return Remedy("target_level", size, sentence, opens, person=changed)


def _offered(offers: Mapping[str, int], skill: str) -> int:
    known = {same_skill(name): level for name, level in offers.items()}
    return known.get(same_skill(skill), 0)


def _remedy(
    view: _View, kind: str, steps: int, text: str, opens: int, rules: Rules
) -> Iterator[Remedy]:
    if not opens:
        return
    settings = replace(view.match.settings, rules=rules)
    sentence = f"{text}: {counted(opens, 'candidate')}."
    yield Remedy(kind, (STEP[kind] * steps, -opens, kind), sentence, opens, settings=settings)
