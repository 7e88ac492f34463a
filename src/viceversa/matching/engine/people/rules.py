"""The hard rules: which pairs are out of the question, and the name of the reason.

Each rule answers for a block of learners against all advisers with a table of true (forbidden).
A pair is counted under the first rule that forbids it; ``rules_against`` lists all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from viceversa.matching.engine.people.columns import Named
from viceversa.matching.engine.people.roster import (
    LEVELS,
    UNKNOWN,
    Roster,
)
from viceversa.matching.engine.people.settings import Rules
from viceversa.matching.engine.solving.instance import Bools, Ints

Pairs = set[tuple[int, int]]
NAMED = ("forbidden", "keep_apart", "pay_or_promotion")


@dataclass(frozen=True)
class Rule:
    """``forbids(rows)`` gives a (rows, A) table for positions of learners."""

    name: str
    forbids: Callable[[Ints], Bools]


def hard_rules(roster: Roster, forbidden: Iterable[tuple[str, str]]) -> tuple[Rule, ...]:
    """The rules that are switched on, in the order in which removed pairs are counted."""
    rules = roster.settings.rules
    named = named_pairs(roster, forbidden)
    always = [
        Rule("same_person", lambda rows: _same(roster, np.arange(len(roster.people)), rows)),
        Rule("capacity", lambda rows: _nothing_wanted(roster, rows)),
        *(_pair_rule(name, roster, named[name]) for name in NAMED),
    ]
    chosen = _people_rules(roster, rules) + _attribute_rules(roster) + _contact_rules(roster, rules)
    return (*always, *chosen)


def rules_against(rules: Iterable[Rule], row: int, column: int) -> tuple[str, ...]:
    """The names of all rules that forbid one pair."""
    one = np.array([row], np.int64)
    return tuple(rule.name for rule in rules if rule.forbids(one)[0, column])


def _people_rules(roster: Roster, rules: Rules) -> list[Rule]:
    """Rules on where two people stand in the organisation."""
    found = []
    if rules.reporting_line:
        found.append(Rule("reporting_line", lambda rows: _in_line(roster, rows)))
    if rules.min_rank_gap is not None:
        least = rules.min_rank_gap
        found.append(Rule("min_rank_gap", lambda rows: _gap(roster, rows) < least))
    if rules.max_rank_gap is not None:
        most = rules.max_rank_gap
        found.append(Rule("max_rank_gap", lambda rows: _gap(roster, rows) > most))
    if rules.same_unit:
        found.append(Rule("same_unit", lambda rows: _same(roster, roster.unit, rows, blank=0)))
    if rules.past_partners:
        found.append(_pair_rule("past_partners", roster, _past(roster)))
    return found


def _contact_rules(roster: Roster, rules: Rules) -> list[Rule]:
    """Rules on whether two people can meet, talk and teach."""
    found = []
    if rules.shared_language:
        found.append(Rule("shared_language", lambda rows: _no_language(roster, rows)))
    if rules.shared_hours > 0:
        least = round(rules.shared_hours * 60)
        found.append(Rule("shared_hours", lambda rows: shared_minutes(roster, rows) < least))
    if rules.wanted_skill:
        found.append(Rule("wanted_skill", _skill_rule(roster)))
    return found


def _attribute_rules(roster: Roster) -> list[Rule]:
    return [
        _attribute_rule(roster, name, rule.insist)
        for name, rule in sorted(roster.settings.attributes.items())
        if rule.insist
    ]


def _attribute_rule(roster: Roster, name: str, insist: str) -> Rule:
    code = roster.attribute(name)
    if insist == "different":
        return Rule(f"attribute {name}", lambda rows: _same(roster, code, rows, blank=0))
    return Rule(f"attribute {name}", lambda rows: differs(roster, code, rows))


def _same(roster: Roster, code: Ints, rows: Ints, blank: int = -1) -> Bools:
    """Equal codes, where a blank equals nothing."""
    own = code[roster.learners[rows]][:, None]
    return np.asarray((own == code[roster.advisers][None, :]) & (own != blank))


def differs(roster: Roster, code: Ints, rows: Ints) -> Bools:
    """Different codes, where a blank (0) differs from nothing."""
    own, other = code[roster.learners[rows]][:, None], code[roster.advisers][None, :]
    return np.asarray((own != other) & (own != 0) & (other != 0))


def _nothing_wanted(roster: Roster, rows: Ints) -> Bools:
    """The learner wants nobody, or the adviser takes nobody."""
    return np.asarray((roster.demand[rows] == 0)[:, None] | (roster.capacity == 0)[None, :])


def _in_line(roster: Roster, rows: Ints) -> Bools:
    return roster.lines.related(roster.learners[rows][:, None], roster.advisers[None, :])


def _gap(roster: Roster, rows: Ints) -> Ints:
    """Ranks by which the learner stands above the adviser; hopeless when a rank is unknown."""
    senior, junior = roster.rank[roster.learners[rows]], roster.rank[roster.advisers]
    gap = senior[:, None] - junior[None, :]
    gap[senior == UNKNOWN, :] = UNKNOWN
    gap[:, junior == UNKNOWN] = UNKNOWN
    return np.asarray(gap)


def rank_gaps(roster: Roster, rows: Ints) -> Ints:
    """(rows, A) rank gaps, UNKNOWN where a rank is not known."""
    return _gap(roster, rows)


def _no_language(roster: Roster, rows: Ints) -> Bools:
    kinds = roster.language_kind
    own, other = kinds[roster.learners[rows]][:, None], kinds[roster.advisers][None, :]
    return np.asarray(~roster.languages_meet[own, other])


def shared_minutes(roster: Roster, rows: Ints) -> Ints:
    """(rows, A) minutes a day in which both work."""
    return roster.hours.shared(roster.learners[rows][:, None], roster.advisers[None, :])


def _skill_rule(roster: Roster) -> Callable[[Ints], Bools]:
    """No wanted skill is offered at the target level or above.

    Learners who have not said what they want are not held to it: everybody could teach them.
    """
    tables = cache(lambda: _skill_tables(roster))  # not needed where lists are made by loops

    def forbids(rows: Ints) -> Bools:
        wanted, offered, said = tables()
        return np.asarray((wanted[rows] @ offered).toarray() == 0) & said[rows, None]

    return forbids


def _skill_tables(roster: Roster) -> tuple[Any, Any, Bools]:
    """Wants, offers at every level up to their own, and who has said what they want."""
    skills = len(roster.interests.skill_numbers)
    wanted = _by_level(roster.want_start, roster.want_skill, roster.want_target, skills)
    up_to = np.repeat(np.arange(len(roster.offer_level)), roster.offer_level)
    first = np.repeat(np.cumsum(roster.offer_level) - roster.offer_level, roster.offer_level)
    level = np.arange(len(up_to)) - first + 1
    owner = np.repeat(np.arange(len(roster.advisers)), np.diff(roster.offer_start))
    start = np.searchsorted(owner[up_to], np.arange(len(roster.advisers) + 1))
    offered = _by_level(start, roster.offer_skill[up_to], level, skills).T.tocsr()
    return wanted, offered, np.diff(wanted.indptr) > 0


def _by_level(start: Ints, skill: Ints, level: Ints, skills: int) -> Any:
    """(rows, skills × 4 levels) how often each row has each skill at each level."""
    from scipy.sparse import csr_array

    ones = np.ones(len(skill), np.int64)
    cells = skill * LEVELS + level - 1
    return csr_array((ones, cells, start), shape=(len(start) - 1, max(1, skills) * LEVELS))


def _pair_rule(name: str, roster: Roster, pairs: Pairs) -> Rule:
    """A rule that names pairs one by one."""
    where = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    starts = np.searchsorted(where[:, 0], np.arange(len(roster.learners) + 1))

    def forbids(rows: Ints) -> Bools:
        table = np.zeros((len(rows), len(roster.advisers)), np.bool_)
        for at, row in enumerate(rows.tolist()):
            table[at, where[starts[row] : starts[row + 1], 1]] = True
        return table

    return Rule(name, forbids)


def named_pairs(roster: Roster, forbidden: Iterable[tuple[str, str]]) -> dict[str, Pairs]:
    """(row, column) of the pairs that are ruled out one by one, by the rule's name."""
    columns = roster.columns
    found = {
        "forbidden": roster.pairs(forbidden),
        "keep_apart": _both_ways(roster, columns.keep_apart),
        "pay_or_promotion": _both_ways(roster, columns.decides_pay_of),
    }
    if roster.settings.rules.past_partners:
        found["past_partners"] = _past(roster)
    return found


def _both_ways(roster: Roster, named: Named) -> Pairs:
    """Learners and advisers one of whom names the other."""
    naming, member = named.known.owner, named.member
    one, other = np.concatenate((naming, member)), np.concatenate((member, naming))
    row, column = roster.interests.row_of[one], roster.interests.column_of[other]
    both = (row >= 0) & (column >= 0)
    return set(zip(row[both].tolist(), column[both].tolist(), strict=True))


def _past(roster: Roster) -> Pairs:
    """Past partners, unless one of the two wishes to go on."""
    pairs = _both_ways(roster, roster.columns.past_partners)
    for wishes in (roster.interests.wishes, roster.interests.adviser_wishes):
        pairs -= set(zip(wishes.owner.tolist(), wishes.parts[0].tolist(), strict=True))
    return pairs
