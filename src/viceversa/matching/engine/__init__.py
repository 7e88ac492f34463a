"""The matching engine: plain arrays and records in, provably best partnerships out.

Knows neither Django nor the rest of the product; one could publish it on its own.
``assign`` and ``verify`` work on arrays, ``match_people`` on people, and ``why_…``, ``fairness``
and ``what_if`` answer for what ``match_people`` decided.

To read it: ``matching``, ``people.building``, ``solving.solver``, ``solving.shape`` and
``solving.kernels.market``; for large programmes then ``rounds``, ``people.lists`` and
``people.kernels.best``.
"""

from viceversa.matching.engine.errors import BadInput, Infeasible, InvalidCertificate
from viceversa.matching.engine.explaining.changes import Difference, Move, compare, what_if
from viceversa.matching.engine.explaining.fairness import Fairness, fairness
from viceversa.matching.engine.explaining.many import why_all_unmatched
from viceversa.matching.engine.explaining.pair import PairReasons, why_pair
from viceversa.matching.engine.explaining.refusal import Confirmed, WhyNot, confirm, why_not
from viceversa.matching.engine.explaining.rematch import (
    Rematch,
    Step,
    rematch,
    trade_off,
)
from viceversa.matching.engine.explaining.unmatched import (
    Remedy,
    WhyUnmatched,
    why_unmatched,
)
from viceversa.matching.engine.matching import Match, match_people, solve_problem
from viceversa.matching.engine.pairs import Pair
from viceversa.matching.engine.people.building import build_problem
from viceversa.matching.engine.people.participant import Participant, Want
from viceversa.matching.engine.people.problem import Problem, problem_from_pairs
from viceversa.matching.engine.people.settings import (
    AttributeRule,
    Places,
    Rules,
    Settings,
    Weights,
)
from viceversa.matching.engine.solving.assignment import Assignment, Prices
from viceversa.matching.engine.solving.solver import assign
from viceversa.matching.engine.verifier import verify

__all__ = [
    "Assignment",
    "AttributeRule",
    "BadInput",
    "Confirmed",
    "Difference",
    "Fairness",
    "Infeasible",
    "InvalidCertificate",
    "Match",
    "Move",
    "Pair",
    "PairReasons",
    "Participant",
    "Places",
    "Prices",
    "Problem",
    "Rematch",
    "Remedy",
    "Rules",
    "Settings",
    "Step",
    "Want",
    "Weights",
    "WhyNot",
    "WhyUnmatched",
    "assign",
    "build_problem",
    "compare",
    "confirm",
    "fairness",
    "match_people",
    "problem_from_pairs",
    "rematch",
    "solve_problem",
    "trade_off",
    "verify",
    "what_if",
    "why_all_unmatched",
    "why_not",
    "why_pair",
    "why_unmatched",
]
