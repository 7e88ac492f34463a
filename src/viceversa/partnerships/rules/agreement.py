"""How an agreement comes about: apart, side by side, together, signed by both.

Nothing here reads what people wrote, so a coordinator may be told the same as the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from viceversa.partnerships.rules.lifecycle import ACCEPTED, ACTIVE, CLOSING, PREPARING
from viceversa.partnerships.rules.terms import NOTHING, STRICTEST_FIRST

LEARNER, ADVISER = "learner", "adviser"
SIDES = (LEARNER, ADVISER)

STEPS = {
    LEARNER: ("you", "aims", "leave", "trust", "meet", "back"),
    ADVISER: ("you", "aims", "trust", "meet", "back"),
}
NEEDED = {
    LEARNER: frozenset({"you", "aims", "leave", "trust", "meet"}),
    ADVISER: frozenset({"you", "aims", "trust", "meet"}),
}
ANSWERING = frozenset({ACCEPTED, PREPARING, ACTIVE})
SIGNING = frozenset({ACCEPTED, PREPARING, ACTIVE, CLOSING})
OF_THE_LEARNER = frozenset(
    {"permission", "outcomes", "comfort", "off_limits", "learner_background", "learner_aims"}
    | {"learner_expects", "learner_implied"}
)
OF_THE_ADVISER = frozenset(
    {"adviser_background", "adviser_aims", "adviser_expects", "adviser_implied", "replies"}
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Who has done what so far, without a word of it."""

    begun: frozenset[str] = frozenset()
    handed_in: frozenset[str] = frozenset()
    has_replies: bool = False
    draft: int | None = None
    draft_signed: frozenset[str] = frozenset()
    signed: int | None = None


@dataclass(frozen=True)
class Missing:
    """What there is to do before the first half hour, and by whom: a side, or either."""

    what: str
    whose: str


def missing(facts: Facts) -> tuple[Missing, ...]:
    """Empty once an agreement is signed: then they may meet."""
    if facts.signed is not None:
        return ()
    if facts.draft is not None:
        return tuple(Missing("signature", side) for side in SIDES if side not in facts.draft_signed)
    open_sides = [side for side in SIDES if side not in facts.handed_in]
    if open_sides:
        return tuple(_apart(open_sides))
    if not facts.has_replies:
        return (Missing("replies", ADVISER),)
    return (Missing("draft", "either"),)


def _apart(open_sides: Sequence[str]) -> list[Missing]:
    found = [Missing("purpose", side) for side in open_sides]
    if LEARNER in open_sides:
        found.append(Missing("permission", LEARNER))
    return [*found, *(Missing("confidentiality", side) for side in open_sides)]


def turn_of(facts: Facts) -> frozenset[str]:
    """Whose turn it is; empty when nothing waits."""
    if facts.draft is not None:
        return frozenset(SIDES) - facts.draft_signed
    whose = {one.whose for one in missing(facts)}
    return frozenset(SIDES) if "either" in whose else frozenset(whose)


def stage(facts: Facts) -> str:
    """apart, replying, together, signing or holds."""
    if facts.draft is not None:
        return "signing"
    if facts.signed is not None:
        return "holds"
    if facts.handed_in != frozenset(SIDES):
        return "apart"
    return "together" if facts.has_replies else "replying"


def may_be_written_by(name: str, side: str) -> bool:
    """The learner alone writes the permission; nobody answers for the other."""
    if name in OF_THE_LEARNER:
        return side == LEARNER
    return name not in OF_THE_ADVISER or side == ADVISER


@dataclass(frozen=True)
class Spell:
    """A level of confidentiality, from a moment on."""

    since: datetime
    level: str


def level_for(made_at: datetime, spells: Sequence[Spell]) -> str:
    """The strictest level there was since something was made. So raising holds for everything,
    and lowering never for what is past; before the first signature nothing leaves the two."""
    before = [spell for spell in spells if spell.since <= made_at]
    at_first = max(before, key=lambda spell: spell.since).level if before else NOTHING
    later = [spell.level for spell in spells if spell.since > made_at]
    return min([at_first, *later], key=STRICTEST_FIRST.index)
