"""Writes the proof down as plain numbers, lists and words, ready for JSON.

    input, scores      SHA-256 of the arrays in canonical order (edges by learner, then adviser)
    order              the objectives, most important first
    pairs              the chosen [learner, adviser]
    values             coverage, floor, places, total
    claims             one for each objective: no assignment with this floor is worth more than so
                       much, in the weights named; the last one includes ties
    refused            the claim that shows that a floor of one point more cannot be met
    digest             SHA-256 of all of the above

A claim's proof is {"prices": [[adviser, price], …]}, prices not named being 0; or {"split":
[learner, adviser], "cases": [without that pair, with it]}; or {"again": true} for a problem too
knotted for prices, which the verifier solves again itself. Given prices, every learner's best
choice is worth so much, every adviser's places cost so much, and no assignment can be worth more
than all of these together (weak duality).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np

from viceversa.matching.engine.solving.claims import Claim
from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.search import Again, Proof, Split

FORMAT = "viceversa-certificate-2"


def write_certificate(
    instance: Instance,
    chosen: Ints,
    values: dict[str, int],
    claims: tuple[Claim, ...],
    refused: Claim | None,
) -> dict[str, Any]:
    body = {
        "format": FORMAT,
        "input": instance.input_digest(),
        "scores": instance.scores_digest(),
        "order": list(instance.order),
        "pairs": np.stack((instance.learner[chosen], instance.adviser[chosen]), axis=1).tolist(),
        "values": values,
        "claims": [_claim(instance, claim) for claim in claims],
        "refused": None if refused is None else _claim(instance, refused),
    }
    return body | {"digest": digest(body)}


def digest(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _claim(instance: Instance, claim: Claim) -> dict[str, Any]:
    return {
        "floor": claim.threshold,
        "weights": claim.weights.as_numbers(),
        "most": claim.most,
        "proof": _proof(instance, claim.proof),
    }


def _proof(instance: Instance, proof: Proof) -> dict[str, Any]:
    if isinstance(proof, Again):
        return {"again": True}
    if isinstance(proof, Split):
        pair = [int(instance.learner[proof.edge]), int(instance.adviser[proof.edge])]
        return {"split": pair, "cases": [_proof(instance, case) for case in proof.cases]}
    return {"prices": [list(price) for price in proof.price]}
