"""Writes the proof down as plain numbers, lists and words, ready for JSON.

    input, scores      SHA-256 of the arrays in canonical order (edges by learner, then adviser)
    order              the objectives, most important first
    pairs              the chosen [learner, adviser]
    values             coverage, floor, places, total
    before             proof that the objectives before the floor cannot be better without a floor
    refused            the next score above the floor, and the proof that it cannot be met
    proof              proof that no assignment with the floor is better
    digest             SHA-256 of all of the above

A proof is {"split": …, "cases": [a, b]}, or {"stuck": nodes} for an impossible case, or
{"pairs": …, "levels": […]} with prices per objective ("pairs" null: the chosen ones), or
{"again": true} for a problem too knotted for prices, which the verifier solves again itself.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from viceversa.matching.engine.solving.flow import Stuck
from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.levels import Solved
from viceversa.matching.engine.solving.network import Network
from viceversa.matching.engine.solving.search import Again, Found, Split, Tree

FORMAT = "viceversa-certificate-1"


def write_certificate(
    instance: Instance,
    chosen: Ints,
    values: dict[str, int],
    *,
    before: Found | None,
    refused: tuple[int, Found] | None,
    proof: Found,
) -> dict[str, Any]:
    body = {
        "format": FORMAT,
        "input": instance.input_digest(),
        "scores": instance.scores_digest(),
        "order": list(instance.order),
        "pairs": _pairs(instance, chosen),
        "values": values,
        "before": None if before is None else _proof(before.proof, before.leaf),
        "refused": None
        if refused is None
        else {"floor": refused[0], "proof": _proof(refused[1].proof, None)},
        "proof": _proof(proof.proof, proof.leaf),
    }
    return body | {"digest": digest(body)}


def digest(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _pairs(instance: Instance, edges: Ints) -> list[list[int]]:
    return [
        [int(learner), int(adviser)]
        for learner, adviser in zip(instance.learner[edges], instance.adviser[edges], strict=True)
    ]


def _proof(tree: Tree, chosen: Solved | None) -> dict[str, Any]:
    """The case that gave the answer does not repeat its pairs."""
    if isinstance(tree, Stuck):
        return {"stuck": tree.nodes.tolist()}
    if isinstance(tree, Again):
        return {"again": True}
    if isinstance(tree, Split):
        where = [tree.kind, tree.learner, tree.stage]
        return {"split": where, "cases": [_proof(case, chosen) for case in tree.cases]}
    network = tree.network
    pairs = None if tree is chosen else _pairs(network.instance, network.chosen(tree.flow))
    levels = [
        {
            "objective": level.objective,
            "value": level.value,
            "prices": _named(network, level.prices),
        }
        for level in tree.levels
    ]
    return {"pairs": pairs, "levels": levels}


def _named(network: Network, prices: Ints) -> dict[str, list[int]]:
    learners, advisers = network.instance.learners, network.instance.advisers
    ends = [1, 1 + learners, 1 + 2 * learners, 1 + 3 * learners, 1 + 3 * learners + advisers]
    names = ("first", "extra", "low", "adviser")
    named = {
        name: prices[start:end].tolist()
        for name, start, end in zip(names, ends, ends[1:], strict=False)
    }
    return named | {"stage": prices[ends[-1] :].tolist()}
