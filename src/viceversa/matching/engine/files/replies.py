"""The pairs of a large programme that a proof depends on: every learner's best at its prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from viceversa.matching.engine.errors import InvalidCertificate
from viceversa.matching.engine.people.listing import Question, list_advisers
from viceversa.matching.engine.people.lists import OUT_OF_REACH
from viceversa.matching.engine.people.problem import PairIds, Problem
from viceversa.matching.engine.solving.instance import Bools, Ints

TOGETHER = 16  # questions asked in one look at everybody
SPLITS = 33  # more pairs than a proof that splits can shut out


def best_replies(
    problem: Problem, assignment: dict[str, Any], pins: Sequence[PairIds]
) -> tuple[Ints, Ints]:
    """(rows, columns): the chosen pairs, and for each claim and each of its prices the best pairs
    of every learner among all advisers with a place left by the pins, found anew from the rules
    and scores. Where no higher floor is refused, also the highest score of every learner."""
    if problem.lists is None:
        raise TypeError("This problem holds all of its pairs.")
    full = _filled(problem, pins)
    refused = [assignment["refused"]] if assignment["refused"] else []
    claims = (*assignment["claims"], *refused)
    questions = [asked for claim in claims for asked in _questions(claim, problem, full)]
    if not refused:
        questions.append(Question(1))
    chosen = np.array(assignment["pairs"], np.int64).reshape(-1, 2)
    rows, columns = [chosen[:, 0]], [chosen[:, 1]]
    everyone = np.arange(len(problem.roster.learners))
    facts, shelf = problem.lists.facts, problem.lists.shelf
    for at in range(0, len(questions), TOGETHER):
        some = questions[at : at + TOGETHER]
        for listed in list_advisers(facts, shelf, problem.roster, everyone, some):
            row, column, _ = listed.pairs()
            rows.append(row)
            columns.append(column)
    return np.concatenate(rows), np.concatenate(columns)


def _filled(problem: Problem, pins: Sequence[PairIds]) -> Bools:
    """(A,) advisers all of whose places are pinned."""
    columns = [problem.roster.column(adviser) for _, adviser in dict.fromkeys(pins)]
    known = np.array([column for column in columns if column is not None], np.int64)
    taken = np.bincount(known, minlength=len(problem.roster.advisers))
    return np.asarray((taken > 0) & (taken >= problem.roster.capacity))


def _questions(claim: dict[str, Any], problem: Problem, full: Bools) -> Iterator[Question]:
    weights, several = claim["weights"], bool((problem.roster.demand > 1).any())
    for price, length in _prices(claim["proof"], problem):
        price[full] = OUT_OF_REACH
        for floor in {claim["floor"], 0 if several else claim["floor"]}:
            yield Question(
                length=min(length, len(price)),
                price=price,
                place=weights.get("places", 0),
                point=weights.get("total", 0),
                tie=weights.get("ties", 0),
                floor=floor,
            )


def _prices(proof: dict[str, Any], problem: Problem, splits: int = 0) -> list[tuple[Ints, int]]:
    """Every price list of a proof, and how many pairs of a learner it may depend on."""
    if "split" in proof:
        return [found for case in proof["cases"] for found in _prices(case, problem, SPLITS)]
    if "prices" not in proof:
        raise InvalidCertificate("The certificate does not hold: it gives no prices.")
    price = np.zeros(len(problem.roster.advisers), np.int64)
    for adviser, value in proof["prices"]:
        price[adviser] = value
    return [(price, int(problem.roster.demand.max(initial=1)) + splits)]
