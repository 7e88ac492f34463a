"""``viceversa verify``: recompute rules and scores from the input and check the proof.

Uses nothing of the solver: the input is read again, every rule and score worked out again, the
certificate verified against them, and the published tables compared with what it proves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.engine.errors import BadInput, Infeasible, InvalidCertificate
from viceversa.matching.engine.files.faults import BadFiles
from viceversa.matching.engine.files.replies import best_replies
from viceversa.matching.engine.files.sources import (
    PEOPLE,
    PROGRAMME,
    Sources,
    fingerprint_of,
    problem_of,
    read_sources,
)
from viceversa.matching.engine.files.tables import partnerships_text
from viceversa.matching.engine.pairs import pairs_at
from viceversa.matching.engine.people.lists import with_pairs
from viceversa.matching.engine.people.problem import Problem
from viceversa.matching.engine.verifier import verify

FORMAT = "viceversa-match-1"
HOLDS, OFF = 0, 1
KEYS = {"format", "files", "partnerships", "assignment", "digest"}
ROUND_KEYS = {"certificate", "input", "learners", "advisers"}
FIGURES = ("coverage", "floor", "places", "total")


def run_verify(path: Path, echo: Callable[[str], None]) -> int:
    """Check a folder by its certificate.json, or the proof that the page of a round offers for
    download. Returns 0 when all of it holds, else 1."""
    try:
        count = _verified(Path(path))
    except (InvalidCertificate, BadInput, Infeasible) as reason:
        echo(str(reason))
        return OFF
    except BadFiles as reason:
        for sentence in reason.shown():
            echo(sentence)
        return OFF
    echo(f"The certificate holds: {count:,} partnerships, and no assignment is better.")
    return HOLDS


def _verified(path: Path) -> int:
    """How many partnerships the certificate proves."""
    certificate = _read(path)
    if set(certificate) == ROUND_KEYS:
        return _verified_round(certificate)
    folder = path.parent
    _check_form(certificate, path)
    _check_files(certificate, folder)
    sources = read_sources(folder / "input" / PEOPLE, folder / "input" / PROGRAMME)
    problem = problem_of(sources, listed=False)
    problem = _check_proof(certificate, problem, sources)
    _check_tables(certificate, problem, sources, folder)
    return len(certificate["partnerships"])


def _verified_round(proof: dict[str, Any]) -> int:
    """The numbers of a round stand beside its proof; scores and rules are taken as given."""
    if not isinstance(proof["input"], dict) or not isinstance(proof["certificate"], dict):
        raise InvalidCertificate("The proof of this round is not complete.")
    try:
        verify(proof["certificate"], **proof["input"])
    except TypeError as reason:
        raise InvalidCertificate("The proof of this round is not complete.") from reason
    return len(proof["certificate"]["pairs"])


def _read(path: Path) -> dict[str, Any]:
    try:
        certificate = json.loads(path.read_text(encoding="utf-8"))
    except OSError as reason:
        raise InvalidCertificate(f"{path} cannot be read ({reason.strerror}).") from reason
    except ValueError as reason:
        raise InvalidCertificate(f"{path} is not a JSON file.") from reason
    if not isinstance(certificate, dict):
        raise InvalidCertificate(f"{path} is not a certificate of a match.")
    return certificate


def _check_form(certificate: dict[str, Any], path: Path) -> None:
    """It is of our format and unchanged since it was written."""
    if set(certificate) != KEYS:
        raise InvalidCertificate(f"{path} is not a certificate of a match.")
    if certificate["format"] != FORMAT:
        raise InvalidCertificate(f"{path} has a format that this version does not know.")
    body = {name: value for name, value in certificate.items() if name != "digest"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(text.encode()).hexdigest() != certificate["digest"]:
        raise InvalidCertificate("The certificate was changed after it was written.")


def _check_files(certificate: dict[str, Any], folder: Path) -> None:
    names = {f"input/{PEOPLE}", f"input/{PROGRAMME}"}
    if not isinstance(certificate["files"], dict) or set(certificate["files"]) != names:
        raise InvalidCertificate("The certificate does not name its two input files.")
    for name, expected in sorted(certificate["files"].items()):
        try:
            found = fingerprint_of(folder / name)
        except OSError as reason:
            raise InvalidCertificate(f"{name} cannot be read ({reason.strerror}).") from reason
        if found != expected:
            raise InvalidCertificate(f"{name} is not the file the certificate was made for.")


def _check_proof(certificate: dict[str, Any], problem: Problem, sources: Sources) -> Problem:
    """The proof holds for all admissible pairs. Returns the problem with the pairs proved."""
    assignment, pins = certificate["assignment"], sources.programme.pins
    if problem.lists is None:
        verify(assignment, **arrays_of(problem, pins))
        return problem
    problem = with_pairs(problem, best_replies(problem, assignment, pins))
    verify(assignment, **arrays_of(problem, pins), sealed=False)
    return problem


def _check_tables(
    certificate: dict[str, Any], problem: Problem, sources: Sources, folder: Path
) -> None:
    """partnerships.csv and the figures of summary.json are those the certificate proves."""
    edges = [problem.edge(row, column) for row, column in certificate["assignment"]["pairs"]]
    known = np.array([edge for edge in edges if edge is not None], np.int64)
    found = pairs_at(problem, known, sources.programme.pins)
    pairs = sorted(found, key=lambda p: (p.learner_id, -p.score, p.adviser_id))
    if certificate["partnerships"] != [[p.learner_id, p.adviser_id] for p in pairs]:
        raise InvalidCertificate("The partnerships named are not those that are proved.")
    try:
        table = (folder / "partnerships.csv").read_text(encoding="utf-8")
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise InvalidCertificate(f"The folder is not complete ({reason}).") from reason
    if table != partnerships_text(pairs):
        raise InvalidCertificate("partnerships.csv is not what the certificate proves.")
    values = certificate["assignment"]["values"]
    if any(summary.get(name) != values[name] for name in FIGURES):
        raise InvalidCertificate("The figures of summary.json are not those that are proved.")
