"""Runs the engine on a snapshot and gives back plain values to store. Knows no database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from viceversa.matching.engine import BadInput, Infeasible, Match, Problem, build_problem, fairness
from viceversa.matching.engine.matching import solve_problem
from viceversa.matching.engine.people.roster import same_skill
from viceversa.matching.rules.certificate import check
from viceversa.matching.rules.change import is_live
from viceversa.matching.rules.keeping import favoured, keeping_of, kept_in
from viceversa.matching.rules.options import Alternatives, options_of
from viceversa.matching.rules.records import forbidden_pairs, participants, reference_date
from viceversa.matching.rules.settings import engine_settings
from viceversa.matching.rules.snapshot import Snapshot
from viceversa.matching.rules.unmatched import Left, left_out, removed_in_words
from viceversa.matching.rules.words import RULES, masked

PHASES = {"candidates": (0, 60), "assignment": (60, 35)}
WEAK_BELOW = 4000

Ids = tuple[str, str]
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Proposed:
    """One pair. `parts` are points of the score, which they add up to but for rounding."""

    learner_id: str
    adviser_id: str
    score: int
    parts: dict[str, int]
    reason: str
    teaches: list[str]
    is_pinned: bool
    is_first: bool
    alternatives: dict[str, list[list[Any]]]


@dataclass(frozen=True)
class Outcome:
    """`options`: learner id → ([adviser id, score, objective, loss] …, whether that is all)."""

    proposals: list[Proposed]
    unmatched: list[Left]
    options: dict[str, tuple[list[list[Any]], bool]]
    summary: dict[str, Any]
    fairness: dict[str, Any]
    certificate: dict[str, Any]
    keeping: dict[str, Any]


class NoSolution(Exception):
    """A sentence for the coordinator: why there is nothing to review."""


def solve(
    snapshot: Snapshot,
    settings: Mapping[str, Any],
    *,
    pins: Sequence[Ids] = (),
    forbidden: Sequence[Ids] = (),
    progress: Progress = lambda label, percent: None,
) -> Outcome:
    """The best match, its proof checked, and everything the review shows. Raises NoSolution."""
    match = best_match(snapshot, settings, pins=pins, forbidden=forbidden, progress=progress)
    progress("Checking the proof", 95)
    check(match)
    progress("Writing the reasons", 97)
    summary = summary_of(match)
    if match.problem.standing:
        progress("Weighing what may stay", 98)
    return Outcome(
        proposals=_proposals(match),
        unmatched=left_out(match),
        options=options_of(match),
        summary=summary,
        fairness=asdict(fairness(match)),
        certificate=match.assignment.certificate,
        keeping=keeping_of(match, is_large=not is_live(summary["looked_at"])),
    )


def best_match(
    snapshot: Snapshot,
    settings: Mapping[str, Any],
    *,
    pins: Sequence[Ids] = (),
    forbidden: Sequence[Ids] = (),
    progress: Progress = lambda label, percent: None,
) -> Match:
    def tell(phase: str, share: float) -> None:
        start, length = PHASES[phase]
        progress(LABELS[phase], start + round(length * share))

    with in_words():
        problem = build_problem(
            participants(snapshot),
            engine_settings(settings, reference_date(snapshot)),
            forbidden=[*forbidden_pairs(snapshot, settings), *forbidden],
            progress=tell,
        )
        check_any(problem)
        problem = favoured(problem, snapshot, settings)
        return solve_problem(problem, pins=pins, forbidden=forbidden, progress=tell)


@contextmanager
def in_words() -> Iterator[None]:
    """What the engine raises, as a sentence for the coordinator."""
    try:
        yield
    except Infeasible as reason:
        raise NoSolution(_pins_in_the_way(reason)) from reason
    except BadInput as reason:
        raise NoSolution(str(reason)) from reason


def check_any(problem: Problem) -> None:
    if not len(problem.learner):
        raise NoSolution(_nobody(problem.removed))


LABELS = {"candidates": "Looking at every pair", "assignment": "Finding the best arrangement"}


def summary_of(match: Match) -> dict[str, Any]:
    """Counts and figures for the strip above the table. Scores run from 0 to 10,000."""
    roster, problem, answer = match.roster, match.problem, match.assignment
    wanting = int((roster.demand > 0).sum())
    places = len(answer.edges)
    return {
        "learners": wanting,
        "advisers": int((roster.capacity > 0).sum()),
        "covered": answer.covered,
        "wanted": int(roster.demand.sum()),
        "places": places,
        "further": places - answer.covered,
        "further_wanted": int(roster.demand.sum()) - wanting,
        "floor": answer.floor,
        "total": int(problem.score[answer.edges].sum()),
        "weak": int((problem.score[answer.edges] < WEAK_BELOW).sum()),
        "pinned": len(match.pins),
        "standing": len(problem.standing),
        "kept": kept_in(match),
        "looked_at": len(roster.learners) * len(roster.advisers),
        "admissible": len(problem.learner),
        "removed": masked(problem.removed),
        "seconds": {name: round(value, 3) for name, value in match.seconds.items()},
    }


def _proposals(match: Match) -> list[Proposed]:
    alternatives = Alternatives(match)
    best: dict[str, str] = {}
    found = []
    weights = match.settings.part_weights()
    for edge in match.assignment.edges.tolist():
        pair = match.pair_at(edge)
        total = max(sum(weights.get(name, 0) for name in pair.parts), 1)
        points = {
            name: share * weights[name] // total
            for name, share in pair.parts.items()
            if weights.get(name, 0)
        }
        found.append((edge, pair, points))
    for _edge, pair, _points in sorted(found, key=lambda row: (-row[1].score, row[1].adviser_id)):
        best.setdefault(pair.learner_id, pair.adviser_id)
    return [
        Proposed(
            learner_id=pair.learner_id,
            adviser_id=pair.adviser_id,
            score=pair.score,
            parts=points,
            reason=pair.reason,
            teaches=_taught(match, pair.learner_id, pair.adviser_id),
            is_pinned=pair.pinned,
            is_first=best[pair.learner_id] == pair.adviser_id,
            alternatives=alternatives.of(edge),
        )
        for edge, pair, points in found
    ]


def _taught(match: Match, learner_id: str, adviser_id: str, *, most: int = 3) -> list[str]:
    """Skills wanted and offered at the level wanted, the most wanted first."""
    people, index = match.roster.people, match.roster.index
    offers = {same_skill(name): level for name, level in people[index[adviser_id]].offers.items()}
    wanted = people[index[learner_id]].wanted
    return [w.skill for w in wanted if offers.get(same_skill(w.skill), 0) >= w.target][:most]


def _nobody(removed: Mapping[str, int]) -> str:
    counts = {name: count for name, count in masked(removed).items() if count}
    if not counts:
        return "There is no pair of a learner and an adviser to look at."
    most = max(counts, key=lambda name: counts[name])
    return (
        f"Nobody can be matched: the rules leave no pair. {removed_in_words(counts)} "
        f"Begin with “{RULES.get(most, most)}”: it removes most."
    )


def _pins_in_the_way(reason: Infeasible) -> str:
    """The engine's sentence with names, unless the rule in the way is private."""
    said = reason.sentence
    head, mark, detail = said.partition(" but this is not allowed: ")
    if mark and any(word in detail for word in PRIVATE_WORDS):
        return f"{head} but reporting lines and private limits do not allow it. Release the pin."
    return f"{said} Release a pin or change a rule."


PRIVATE_WORDS = ("cannot be in one partnership", "pay or promotion", "in one reporting line")
