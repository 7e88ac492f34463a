"""A proof that anybody can check: the certificate with the arrays it speaks about."""

from collections.abc import Mapping, Sequence
from typing import Any

from viceversa.matching.engine import Match, build_problem, verify
from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.rules.keeping import favoured
from viceversa.matching.rules.records import forbidden_pairs, participants, reference_date
from viceversa.matching.rules.settings import engine_settings
from viceversa.matching.rules.snapshot import Snapshot


def check(match: Match) -> None:
    """Independently of the solver; raises InvalidCertificate."""
    verify(match.assignment.certificate, **arrays_of(match.problem, match.pins))


def self_contained(
    snapshot: Snapshot,
    settings: Mapping[str, Any],
    wishes: Sequence[Sequence[str]],
    certificate: Mapping[str, Any],
) -> dict[str, Any]:
    """{"certificate", "input", "learners", "advisers"}: `input` holds the keyword arguments of
    the engine's `verify`, and learners and advisers are named by the organisation's own ids."""
    pins = [(learner, adviser) for kind, learner, adviser in wishes if kind == "pin"]
    ruled_out = [(learner, adviser) for kind, learner, adviser in wishes if kind == "forbid"]
    problem = build_problem(
        participants(snapshot),
        engine_settings(settings, reference_date(snapshot)),
        forbidden=[*forbidden_pairs(snapshot, settings), *ruled_out],
    )
    problem = favoured(problem, snapshot, settings)
    roster = problem.roster
    return {
        "certificate": certificate,
        "input": {name: _plain(value) for name, value in arrays_of(problem, pins).items()},
        "learners": [roster.learner(row).id for row in range(len(roster.learners))],
        "advisers": [roster.adviser(column).id for column in range(len(roster.advisers))],
    }


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value
