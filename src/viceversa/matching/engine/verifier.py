"""``verify``: an independent check that an assignment is the best there is.

Imports nothing of the solver. It builds the circulation itself (``verifier_cases``), and checks
for every case of the proof that the flow fits, that the prices leave nothing to gain, and that the
value is what the certificate says. Linear in the number of edges, prices and cases.

A circulation is best for an objective when prices exist so that every arc that would gain is
full and every arc that would lose is at its lower bound (complementary slackness); what is left
free then holds exactly the best circulations, among which the next objective is checked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.errors import InvalidCertificate
from viceversa.matching.engine.verifier_cases import Case, best_values, positions
from viceversa.matching.engine.verifier_input import TIES, Given, Ints, fingerprint, must, read, tie

FORMAT = "viceversa-certificate-1"
OBJECTIVES = ("coverage", "floor", "places", "total")
KEYS = {"format", "input", "scores", "order", "pairs", "values", "before", "refused", "proof"}


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
) -> None:
    """Raise InvalidCertificate unless the certificate proves the best assignment of this input.

    Arrays as for ``assign``. Without ``order`` the certificate's own order is proved.
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
        )
        _check_header(certificate, given, order)
        _check_proofs(certificate, given)
    except InvalidCertificate:
        raise
    except Exception as reason:
        raise InvalidCertificate(f"The certificate cannot be read: {reason}.") from reason


def _check_header(certificate: dict[str, Any], given: Given, order: Sequence[str] | None) -> None:
    """Format, digest, and that it speaks of this input and this order."""
    must(isinstance(certificate, dict), "it is not a certificate")
    body = {key: value for key, value in certificate.items() if key != "digest"}
    must(set(body) == KEYS and body["format"] == FORMAT, "it is not in the known format")
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    sealed = hashlib.sha256(text.encode()).hexdigest()
    must(certificate.get("digest") == sealed, "it was changed after it was written")
    arrays = [given.demand, given.capacity, given.learner, given.adviser, given.stage]
    arrays += [given.minimum, given.pinned, given.priority]
    arrays += [np.array([len(given.stage) > 0], np.int64)]
    arrays += [given.own_field] if len(given.own_field) else []
    must(fingerprint(arrays) == body["input"], "it was made for other people, places or pairs")
    must(fingerprint([given.score]) == body["scores"], "it was made for other scores")
    names = body["order"]
    must(names and set(names) <= set(OBJECTIVES), "its order is unknown")
    must(len(set(names)) == len(names), "its order repeats an objective")
    must(order is None or list(order) == names, "it was made for another order")


def _check_proofs(certificate: dict[str, Any], given: Given) -> None:
    chosen = positions(given, certificate["pairs"])
    _check_feasible(given, chosen)
    values = _values(given, chosen)
    must(certificate["values"] == values, "its values are not those of its pairs")
    order = certificate["order"]
    floor, wanted = 0, [name for name in order if name != "floor"]
    if "floor" in order:
        floor = values["floor"]
        before = order[: order.index("floor")]
        _check_floor(certificate, given, chosen, before, values)
    else:
        unused = certificate["before"] is None and certificate["refused"] is None
        must(unused, "it speaks of a floor that was not asked for")
    levels = [*wanted, *TIES]
    claimed = _worth(given, chosen, levels)
    root = Case(given, floor)
    best = best_values(certificate["proof"], root, levels, chosen)
    proved = claimed[: len(wanted)] if "again" in certificate["proof"] else claimed
    must(best == proved, "another assignment may be better")


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
        "total": int(given.score[chosen].sum()),
    }


def _check_floor(
    certificate: dict[str, Any],
    given: Given,
    chosen: Ints,
    before: list[str],
    values: dict[str, int],
) -> None:
    """What precedes the floor is best even without one, and the next floor is out of reach."""
    required = _worth(given, chosen, before)
    best = best_values(certificate["before"], Case(given, 0), before, chosen)
    must(best == required, "an objective before the floor may be better")
    higher = given.score[given.score > values["floor"]]
    if not len(higher):
        must(certificate["refused"] is None, "it refuses a floor that nobody could have")
        return
    refused = certificate["refused"]
    must(set(refused) == {"floor", "proof"}, "the refusal of a higher floor is not readable")
    must(refused["floor"] == int(higher.min()), "it does not refuse the next higher floor")
    root = Case(given, refused["floor"])
    reached = best_values(refused["proof"], root, [*before, "anyone"], chosen)
    short = not reached or reached[:-1] < required or reached[-1] == 0
    must(short, "a higher floor may be possible")


def _worth(given: Given, chosen: Ints, objectives: Sequence[str]) -> tuple[int, ...]:
    values = _values(given, chosen)
    covered = len(np.unique(given.learner[chosen]))
    ties = {name: int(tie(given, name)[chosen].sum()) for name in TIES}
    known = values | ties | {"anyone": covered}
    return tuple(known[name] for name in objectives)
