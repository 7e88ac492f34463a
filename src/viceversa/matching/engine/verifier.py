"""``verify``: an independent check that an assignment is the best there is.

Imports nothing of the solver. It recomputes from the input what the chosen pairs are worth, and
for each claim of the certificate what the prices allow at most (``verifier_bound``, weak duality).

Why claims prove the order: a claim says that no assignment is worth more than the chosen one in a
sum with a positive weight on one objective and weights on those before it only. An assignment as
good in those and better in this one would be worth more; so there is none. One claim for each
objective leaves no assignment that is better in the programme's order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.errors import InvalidCertificate
from viceversa.matching.engine.verifier_bound import (
    HIGHEST,
    Claimed,
    exceeds,
    most_gain,
    positions,
)
from viceversa.matching.engine.verifier_input import Given, Ints, fingerprint, must, read, tie
from viceversa.matching.engine.verifier_integer import solve_again

FORMAT = "viceversa-certificate-2"
OBJECTIVES = ("coverage", "floor", "places", "total")
KEYS = {"format", "input", "scores", "order", "pairs", "values", "claims", "refused"}
_NONE = np.empty(0, np.int64)


def verify(
    certificate: dict[str, Any],
    *,
    demand: npt.ArrayLike,
    capacity: npt.ArrayLike,
    learner: npt.ArrayLike,
    adviser: npt.ArrayLike,
    score: npt.ArrayLike,
    order: Sequence[str] | None = None,
    stage: npt.ArrayLike | None = None,
    adviser_minimum: npt.ArrayLike | None = None,
    pinned: npt.ArrayLike | None = None,
    priority: npt.ArrayLike | None = None,
    own_field: npt.ArrayLike | None = None,
    worth: npt.ArrayLike | None = None,
    sealed: bool = True,
) -> None:
    """Raise InvalidCertificate unless the certificate proves the best assignment of this input.

    Arrays as for ``assign``. Without ``order`` the certificate's own order is proved. Without
    ``sealed`` the edges may be others than those it was made from: whoever gives them answers for
    it that no edge left out is better for its learner, at the prices of any claim, than these.
    """
    try:
        given = read(
            demand,
            capacity,
            learner,
            adviser,
            score,
            stage,
            adviser_minimum,
            pinned,
            priority,
            own_field,
            worth,
        )
        _check_header(certificate, order)
        if sealed:
            _check_seals(certificate, given, valued=worth is not None)
        _check_proofs(certificate, given)
    except InvalidCertificate:
        raise
    except Exception as reason:
        raise InvalidCertificate(f"The certificate cannot be read: {reason}.") from reason


def _check_header(certificate: dict[str, Any], order: Sequence[str] | None) -> None:
    """Format, digest, and that it speaks of this order."""
    must(isinstance(certificate, dict), "it is not a certificate")
    body = {key: value for key, value in certificate.items() if key != "digest"}
    must(set(body) == KEYS and body["format"] == FORMAT, "it is not in the known format")
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    sealed = hashlib.sha256(text.encode()).hexdigest()
    must(certificate.get("digest") == sealed, "it was changed after it was written")
    names = body["order"]
    must(names and set(names) <= set(OBJECTIVES), "its order is unknown")
    must(len(set(names)) == len(names), "its order repeats an objective")
    must(order is None or list(order) == names, "it was made for another order")


def _check_seals(certificate: dict[str, Any], given: Given, valued: bool) -> None:
    """It was made for exactly this input."""
    arrays = [given.demand, given.capacity, given.learner, given.adviser, given.stage]
    arrays += [given.minimum, given.pinned, given.priority]
    arrays += [np.array([len(given.stage) > 0], np.int64)]
    arrays += [given.own_field] if len(given.own_field) else []
    must(
        fingerprint(arrays) == certificate["input"], "it was made for other people, places or pairs"
    )
    scores = [given.score, given.worth] if valued else [given.score]
    must(fingerprint(scores) == certificate["scores"], "it was made for other scores")


def _check_proofs(certificate: dict[str, Any], given: Given) -> None:
    chosen = positions(given, certificate["pairs"])
    _check_feasible(given, chosen)
    values = _values(given, chosen)
    named = {name: values[name] for name in OBJECTIVES}
    must(certificate["values"] == named, "its values are not those of its pairs")
    order = certificate["order"]
    before = order[: order.index("floor")] if "floor" in order else []
    wanted = [name for name in order if name != "floor"]
    floor = values["floor"] if "floor" in order else 0
    _check_claims(certificate["claims"], given, values, before, wanted, floor)
    if "floor" in order:
        _check_refusal(certificate["refused"], given, values, before)
    else:
        must(certificate["refused"] is None, "it speaks of a floor that was not asked for")


def _check_claims(
    claims: list[dict[str, Any]],
    given: Given,
    values: dict[str, int],
    before: list[str],
    wanted: list[str],
    floor: int,
) -> None:
    """Each objective in turn is at its best among assignments as good in those before it.

    What comes before the floor is best even without one; the rest with the floor. The last claim
    weighs everything, ties included.
    """
    proved = [(place, 0) for place in range(1, len(before) + 1)]
    proved += [(place, floor) for place in range(len(before) + 1, len(wanted))]
    must(len(claims) == len(proved) + 1, "a claim is missing")
    for claim, (place, at) in zip(claims, proved, strict=False):
        must(claim["weights"].get(wanted[place - 1], 0) > 0, "an objective is not weighed")
        _check_claim(claim, given, values, wanted[:place], at)
    must(claims[-1]["weights"].get("ties") == 1, "ties are not weighed")
    must(all(claims[-1]["weights"].get(name, 0) > 0 for name in wanted), "a weight is missing")
    _check_claim(claims[-1], given, values, [*wanted, "ties"], floor)


def _check_claim(
    claim: dict[str, Any],
    given: Given,
    values: dict[str, int],
    objectives: list[str],
    floor: int,
) -> None:
    """What the claim bounds is exactly what the chosen pairs reach, and its proof holds."""
    must(set(claim) == {"floor", "weights", "most", "proof"}, "a claim is not readable")
    weights = _weights(claim["weights"], objectives, given)
    must(claim["floor"] == floor, "a claim is about another floor")
    reached = sum(weight * values[name] for name, weight in weights.items())
    must(claim["most"] == reached, "a claim is about another value")
    if claim["proof"] == {"again": True}:
        plain = [name for name in objectives if name != "ties"]
        again = solve_again(given, floor, plain)
        must(again == tuple(values[name] for name in plain), "another assignment may be better")
        return
    claimed = Claimed(given, floor, weights, _NONE, _NONE)
    must(not exceeds(claim["proof"], claimed, reached), "another assignment may be better")


def _weights(weights: dict[str, int], objectives: list[str], given: Given) -> dict[str, int]:
    must(set(weights) <= set(objectives), "a claim weighs what it must not")
    whole = all(type(weight) is int and weight > 0 for weight in weights.values())
    must(whole, "a weight is not a whole number above 0")
    must(most_gain(weights, given) < HIGHEST, "its weights are too large to be added up")
    return weights


def _check_refusal(
    refused: dict[str, Any] | None, given: Given, values: dict[str, int], before: list[str]
) -> None:
    """With the next higher floor an objective before it would be worse, or nobody covered."""
    higher = given.score[given.score > values["floor"]]
    if refused is None:
        must(not len(higher), "it does not refuse the next higher floor")
        return
    must(set(refused) == {"floor", "weights", "most", "proof"}, "the refusal is not readable")
    must(len(higher) and refused["floor"] == values["floor"] + 1, "it refuses the wrong floor")
    if refused["proof"] == {"again": True}:
        reached = solve_again(given, refused["floor"], [*before, "anyone"])
        required = tuple(values[name] for name in before)
        short = not reached or reached[:-1] < required or reached[-1] == 0
        must(short, "a higher floor may be possible")
        return
    weights = _weights(refused["weights"], [*before, "anyone"], given)
    needed = sum(weights.get(name, 0) * values[name] for name in before)
    must(refused["most"] < needed + weights.get("anyone", 0), "the refusal is wrong")
    claimed = Claimed(given, refused["floor"], weights, _NONE, _NONE)
    must(not exceeds(refused["proof"], claimed, refused["most"]), "a higher floor may be possible")


def _check_feasible(given: Given, chosen: Ints) -> None:
    """Nobody has more than they want or can take, minimums and pins are met, stages differ."""
    learners = np.bincount(given.learner[chosen], minlength=len(given.demand))
    advisers = np.bincount(given.adviser[chosen], minlength=len(given.capacity))
    must((learners <= given.demand).all(), "a learner has too many advisers")
    must((advisers <= given.capacity).all(), "an adviser has too many learners")
    must((advisers >= given.minimum).all(), "an adviser has too few learners")
    must(np.isin(np.flatnonzero(given.pinned), chosen).all(), "a pinned pair is missing")
    if len(given.stage):
        pairs = np.stack((given.learner[chosen], given.stage[given.adviser[chosen]]))
        different = np.unique(pairs, axis=1).shape[1] == len(chosen)
        must(different, "a learner has two advisers of one stage")
    if len(given.own_field):
        near = chosen[given.own_field[chosen] > 0]
        count = np.bincount(given.learner[near], minlength=len(given.demand))
        several = given.demand >= 2
        must((count < given.demand)[several].all(), "a learner has nobody from another field")


def _values(given: Given, chosen: Ints) -> dict[str, int]:
    covered = np.unique(given.learner[chosen])
    best = np.full(len(given.demand), -1, np.int64)
    np.maximum.at(best, given.learner[chosen], given.score[chosen])
    return {
        "coverage": int(given.priority[covered].sum()),
        "floor": int(best[covered].min()) if len(covered) else 0,
        "places": len(chosen),
        "total": int(given.worth[chosen].sum()),
        "anyone": len(covered),
        "ties": int(tie(given, chosen).sum()),
    }
