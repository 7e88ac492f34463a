"""Short sentences for people, made from codes and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from viceversa.matching.engine.people.participant import LEVEL_NAMES, Participant
from viceversa.matching.engine.people.roster import UNKNOWN, Roster, same_field, same_skill
from viceversa.matching.engine.people.rules import rank_gaps, shared_minutes

PART_LABELS = {
    "skills": "Skills wanted and offered",
    "goals": "Goals alike",
    "wishes": "The learner's wishes",
    "adviser_wishes": "The adviser's wishes",
    "other_unit": "Another unit or field",
    "place": "Same place",
    "hours": "Shared working hours",
}
RULED_OUT = "ruled_out"
UNTOLD = frozenset({"forbidden", "keep_apart"})  # one name, so that nobody learns who asked
RULE_LABELS = {
    "same_person": "The same person",
    "capacity": "No place wanted or offered",
    RULED_OUT: "Ruled out",
    "pay_or_promotion": "A say in pay or promotion",
    "reporting_line": "Reporting line",
    "min_rank_gap": "Least rank gap",
    "max_rank_gap": "Largest rank gap",
    "same_unit": "Same unit",
    "past_partners": "Partners before",
    "shared_language": "No shared language",
    "shared_hours": "Too few shared hours",
    "wanted_skill": "No wanted skill at the target level",
}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
ALIKE = 2_500


def part_label(name: str) -> str:
    return PART_LABELS.get(name, _attribute(name))


def rule_label(name: str) -> str:
    return RULE_LABELS.get(public_name(name), _attribute(name))


def public_name(rule: str) -> str:
    """The rule's name as it may leave the engine."""
    return RULED_OUT if rule in UNTOLD else rule


def public_counts(removed: Mapping[str, int]) -> dict[str, int]:
    """Counts per rule as they may leave the engine."""
    counts: dict[str, int] = {}
    for name, count in removed.items():
        counts[public_name(name)] = counts.get(public_name(name), 0) + count
    return counts


def _attribute(name: str) -> str:
    own = name.removeprefix("attribute ")
    return own[:1].upper() + own[1:]


def ordinal(position: int) -> str:
    """first, second, … counted from 0; later ones as numbers."""
    return ORDINALS[position] if position < len(ORDINALS) else f"number {position + 1}"


def pair_reason(
    roster: Roster, learner: Participant, adviser: Participant, parts: Mapping[str, int]
) -> str:
    """One sentence: what the adviser teaches, whose wish it was, where and when they can meet."""
    said = [*_teaching(learner, adviser), *_wishes(learner, adviser)]
    if parts.get("goals", 0) >= ALIKE:
        said.append("goals alike")
    said += _surroundings(roster, learner, adviser)
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


def _teaching(learner: Participant, adviser: Participant) -> list[str]:
    offers = {same_skill(skill): level for skill, level in adviser.offers.items()}
    said = []
    for place, want in enumerate(learner.wanted):
        level = offers.get(same_skill(want.skill), 0)
        if level >= want.target:
            said.append(f"{want.skill}, the learner's {ordinal(place)} want")
        elif level:
            said.append(f"{want.skill} up to {LEVEL_NAMES[level]} level")
    return [f"teaches {', and '.join(said[:3])}"] if said else []


def _wishes(learner: Participant, adviser: Participant) -> list[str]:
    said = []
    if adviser.id in learner.asks:
        said.append(f"the learner's {ordinal(learner.asks.index(adviser.id))} wish")
    if learner.id in adviser.adviser_wishes:
        said.append(f"the adviser's {ordinal(adviser.adviser_wishes.index(learner.id))} wish")
    return said


def _surroundings(roster: Roster, learner: Participant, adviser: Participant) -> list[str]:
    i, j = roster.index[learner.id], roster.index[adviser.id]
    said = []
    if roster.unit[i] and roster.unit[j]:
        said.append("same unit" if roster.unit[i] == roster.unit[j] else "other unit")
    if roster.settings.places.one_other_field:
        same = bool(same_field(roster, np.array([i]), np.array([j]))[0])
        said.append("own field" if same else "another field")
    if roster.place[i] and roster.place[i] == roster.place[j]:
        said.append("same place")
    minutes = int(roster.hours.shared(np.array([i]), np.array([j]))[0])
    said.append(f"{hours(minutes)} a day" if minutes else "no shared hours")
    return said


def hours(minutes: int) -> str:
    """6 shared hours, 1 shared hour, 2.5 shared hours."""
    number = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return f"{number} shared hour{'' if number == '1' else 's'}"


def rule_sentence(roster: Roster, name: str, row: int, column: int) -> str:
    """Why one rule forbids one pair, with the values that decide it."""
    learner, adviser = roster.learner(row), roster.adviser(column)
    if name in ("min_rank_gap", "max_rank_gap"):
        return _gap_sentence(roster, name, row, column)
    if name == "shared_hours":
        minutes = int(shared_minutes(roster, np.array([row]))[0, column])
        least = hours(round(roster.settings.rules.shared_hours * 60))
        return f"They have {hours(minutes)} a day; the programme asks for {least} or more."
    fixed = {
        "same_person": "A person cannot be their own adviser.",
        "capacity": _capacity_sentence(roster, row, column),
        "forbidden": "These two cannot be in one partnership.",
        "keep_apart": "These two cannot be in one partnership.",
        "pay_or_promotion": "One of the two has a say in the other's pay or promotion.",
        "reporting_line": f"{learner.called} and {adviser.called} are in one reporting line.",
        "same_unit": f"Both are in {learner.unit}, and the programme pairs across units only.",
        "past_partners": "They have been partners before, and neither asks to go on.",
        "shared_language": "They have no language in common.",
        "wanted_skill": _skill_sentence(learner, adviser),
    }
    return fixed.get(name, f"{rule_label(name)}: the programme's rule on it is not met.")


def _gap_sentence(roster: Roster, name: str, row: int, column: int) -> str:
    gap = int(rank_gaps(roster, np.array([row]))[0, column])
    if gap == UNKNOWN:
        return "The level of one of the two is not known, so the rank gap cannot be shown."
    rules = roster.settings.rules
    if name == "max_rank_gap":
        return f"The rank gap is {gap}; the programme allows {rules.max_rank_gap} at most."
    return f"The rank gap is {gap}; the programme asks for {rules.min_rank_gap} or more."


def _capacity_sentence(roster: Roster, row: int, column: int) -> str:
    if roster.demand[row] == 0:
        return f"{roster.learner(row).called} wants no adviser in this programme."
    return f"{roster.adviser(column).called} takes no learner in this programme."


def _skill_sentence(learner: Participant, adviser: Participant) -> str:
    offers = {same_skill(skill): level for skill, level in adviser.offers.items()}
    if not learner.wants:
        return f"{learner.called} has not said which skills are wanted."
    below = [want for want in learner.wanted if offers.get(same_skill(want.skill))]
    if not below:
        return f"{adviser.called} offers none of the skills that {learner.called} wants."
    want = below[0]
    offered = LEVEL_NAMES[offers[same_skill(want.skill)]]
    return f"{want.skill} is wanted at {LEVEL_NAMES[want.target]} level and offered at {offered}."


def listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
