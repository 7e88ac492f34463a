"""What would change: solve again and compare, person by person and figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from viceversa.matching.engine.matching import Match, PairIds, match_people
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.problem import Progress
from viceversa.matching.engine.people.settings import Settings

FIGURES = ("coverage", "covered", "floor", "places", "total")


@dataclass(frozen=True)
class Move:
    """A person's partners before and after, as ids."""

    person_id: str
    role: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """``figures`` are (before, after); ``moves`` name everybody whose partners change."""

    match: Match = field(repr=False)
    figures: dict[str, tuple[int, int]]
    moves: tuple[Move, ...]
    kept: int
    dropped: tuple[PairIds, ...]
    added: tuple[PairIds, ...]


def what_if(
    match: Match,
    settings: Settings | None = None,
    *,
    people: Iterable[Participant] | None = None,
    pins: Sequence[PairIds] | None = None,
    forbidden: Sequence[PairIds] | None = None,
    progress: Progress | None = None,
) -> Difference:
    """Solve again with what is given changed and all else as it was; raises Infeasible."""
    after = match_people(
        match.roster.people if people is None else people,
        match.settings if settings is None else settings,
        pins=match.pins if pins is None else pins,
        forbidden=match.forbidden if forbidden is None else forbidden,
        warm=match,
        progress=progress,
    )
    return compare(match, after)


def compare(before: Match, after: Match) -> Difference:
    """The difference between two matches of one programme."""
    figures = {
        name: (getattr(before.assignment, name), getattr(after.assignment, name))
        for name in FIGURES
    }
    return Difference(
        match=after,
        figures=figures,
        moves=(*_moves(before, after, "learner"), *_moves(before, after, "adviser")),
        kept=len(before.pair_ids & after.pair_ids),
        dropped=tuple(sorted(before.pair_ids - after.pair_ids)),
        added=tuple(sorted(after.pair_ids - before.pair_ids)),
    )


def _moves(before: Match, after: Match, role: str) -> list[Move]:
    was, now = _partners(before, role), _partners(after, role)
    people = sorted(was.keys() | now.keys())
    moves = [Move(person, role, was.get(person, ()), now.get(person, ())) for person in people]
    return [move for move in moves if move.before != move.after]


def _partners(match: Match, role: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for learner_id, adviser_id in sorted(match.pair_ids):
        own, other = (learner_id, adviser_id) if role == "learner" else (adviser_id, learner_id)
        found.setdefault(own, []).append(other)
    return {person: tuple(partners) for person, partners in found.items()}
