"""``viceversa match``: two files in, a folder of answers out, all of it or nothing."""

from __future__ import annotations

import os
import resource
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from viceversa.matching.engine.errors import BadInput, Infeasible
from viceversa.matching.engine.explaining.fairness import fairness
from viceversa.matching.engine.explaining.many import why_all_unmatched
from viceversa.matching.engine.files.faults import BadFiles
from viceversa.matching.engine.files.report import report_html
from viceversa.matching.engine.files.seal import sealed
from viceversa.matching.engine.files.sources import (
    PEOPLE,
    PROGRAMME,
    Sources,
    check_pairs,
    fingerprint_of,
    problem_of,
    read_sources,
)
from viceversa.matching.engine.files.tables import (
    compact_text,
    fairness_text,
    json_text,
    partnerships_text,
    unmatched_text,
)
from viceversa.matching.engine.matching import Match, solve_problem
from viceversa.matching.engine.people.problem import Progress
from viceversa.matching.engine.solving.kernels import compiled_before
from viceversa.matching.engine.words import counted, public_counts

Echo = Callable[[str], None]
DONE, BAD_INPUT, INFEASIBLE = 0, 2, 3
OURS = "certificate.json"
FIRST = "The first match on a machine compiles its loops, once; this takes half a minute or less."
PHASES = {
    "reading": "Reading the people",
    "candidates": "Looking at every pair",
    "assignment": "Finding the best arrangement",
    "explanations": "Writing the reasons",
}


def run_match(people_path: Path, programme_path: Path, out_dir: Path, echo: Echo) -> int:
    """Match the people of the files and write the folder. Returns the exit code."""
    try:
        _check_target(Path(out_dir))
        tell = _Teller(echo)
        sources = read_sources(Path(people_path), Path(programme_path), tell)
        check_pairs(sources, Path(programme_path).name)
        echo(f"{counted(len(sources.file.people), 'row')} read.")
        if sources.file.unknown_columns:
            echo(f"Columns kept but not used: {', '.join(sources.file.unknown_columns)}.")
        if not compiled_before():
            echo(FIRST)
        match, seconds = _solved(sources, tell)
        tell("explanations", 0.0)
        inputs = {PEOPLE: Path(people_path), PROGRAMME: Path(programme_path)}
        texts = _texts(sources, match, inputs, seconds)
        _publish(inputs, texts, Path(out_dir))
    except BadFiles as reason:
        for sentence in reason.shown():
            echo(sentence)
        return BAD_INPUT
    except BadInput as reason:
        echo(f"{Path(programme_path).name}: {reason}")
        return BAD_INPUT
    except Infeasible as reason:
        echo(f"This cannot be met: {reason.sentence}")
        return INFEASIBLE
    _tell(match, Path(out_dir), echo)
    return DONE


class _Teller:
    """Says how far a long run is, a line for every tenth of a phase, one a second at most."""

    def __init__(self, echo: Echo) -> None:
        self.echo = echo
        self.began = perf_counter()
        self.last = self.began
        self.said = ("", -1)

    def __call__(self, phase: str, share: float) -> None:
        now, tenth = perf_counter(), (phase, int(share * 10))
        if now - self.last < 1 or tenth == self.said:
            return
        self.last, self.said = now, tenth
        self.echo(f"{PHASES.get(phase, phase)}: {share:.0%} ({now - self.began:.0f} s)")


def _solved(sources: Sources, tell: Progress) -> tuple[Match, dict[str, float]]:
    began = perf_counter()
    problem = problem_of(sources, tell)
    built = perf_counter()
    programme = sources.programme
    match = solve_problem(
        problem, pins=programme.pins, forbidden=programme.forbidden, progress=tell
    )
    return match, {"candidates": built - began, "assignment": perf_counter() - built}


def _texts(
    sources: Sources, match: Match, inputs: dict[str, Path], seconds: dict[str, float]
) -> dict[str, bytes]:
    """Every file of the folder by name, but the inputs."""
    began = perf_counter()
    reasons = why_all_unmatched(match)
    report = fairness(match)
    hashes = {f"input/{name}": fingerprint_of(path) for name, path in inputs.items()}
    certificate = sealed(match, hashes)
    texts = {
        "partnerships.csv": partnerships_text(match.pairs),
        "unmatched.csv": unmatched_text(reasons),
        "fairness.json": fairness_text(report),
        OURS: compact_text(certificate),
        "report.html": report_html(match, reasons, report, certificate["digest"]),
    }
    seconds["explanations"] = perf_counter() - began
    texts["summary.json"] = json_text(_summary(sources, match, seconds))
    return {name: text.encode() for name, text in texts.items()}


def _summary(sources: Sources, match: Match, seconds: dict[str, float]) -> dict[str, Any]:
    answer, roster = match.assignment, match.roster
    return {
        "coverage": answer.coverage,
        "covered": answer.covered,
        "floor": answer.floor,
        "places": answer.places,
        "total": answer.total,
        "order": list(match.settings.order),
        "one_other_field": match.settings.places.one_other_field,
        "people": len(roster.people),
        "learners": len(roster.learners),
        "advisers": len(roster.advisers),
        "admissible_pairs": match.problem.admissible,
        "removed_by_rule": public_counts(match.problem.removed),
        "unmatched_learners": sum(1 for _, role in match.unmatched if role == "learner"),
        "unmatched_advisers": sum(1 for _, role in match.unmatched if role == "adviser"),
        "unknown_columns": list(sources.file.unknown_columns),
        "unknown_managers": sources.file.unknown_managers,
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "peak_mib": _peak_mib(),
    }


def _peak_mib() -> int:
    """Peak memory of this process; the system counts in bytes on macOS, else in KiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024) if sys.platform == "darwin" else peak // 1024


def _check_target(out_dir: Path) -> None:
    """An existing folder may be replaced only when it is empty or an earlier answer."""
    try:
        _check_free(out_dir)
    except OSError as reason:
        raise BadFiles(
            [f"{out_dir}: this cannot be the folder for the results ({reason.strerror})."]
        ) from reason


def _check_free(out_dir: Path) -> None:
    if not out_dir.resolve().name:
        raise BadFiles([f"{out_dir}: give a folder of its own for the results."])
    if out_dir.is_file():
        raise BadFiles([f"{out_dir}: this is a file; give a folder for the results."])
    if out_dir.is_dir() and any(out_dir.iterdir()) and not (out_dir / OURS).exists():
        raise BadFiles([f"{out_dir}: the folder holds other files; give a new or empty one."])


def _publish(inputs: dict[str, Path], texts: dict[str, bytes], out_dir: Path) -> None:
    """Write beside the folder and rename, so that nobody ever sees half an answer."""
    target = out_dir.resolve()
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    former = target.with_name(f".{target.name}.former-{os.getpid()}")
    try:
        (partial / "input").mkdir(parents=True)
        for name, path in inputs.items():
            shutil.copyfile(path, partial / "input" / name)
        for name, content in texts.items():
            (partial / name).write_bytes(content)
        if target.exists():
            target.rename(former)
        partial.rename(target)
    except OSError as reason:
        raise BadFiles(
            [f"{out_dir}: the folder cannot be written ({reason.strerror})."]
        ) from reason
    finally:
        if former.exists() and not target.exists():
            former.rename(target)
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(former, ignore_errors=True)


def _tell(match: Match, out_dir: Path, echo: Echo) -> None:
    answer = match.assignment
    wanting = int((match.roster.demand > 0).sum())
    echo(
        f"{answer.covered:,} of {counted(wanting, 'learner')} covered in "
        f"{counted(answer.places, 'partnership')}; worst best score {answer.floor:,}, "
        f"total {answer.total:,}."
    )
    if not len(match.problem.learner):
        most = max(public_counts(match.problem.removed).items(), key=lambda item: item[1])
        echo(f"No pair is admissible; most were removed by the rule {most[0]} ({most[1]:,}).")
    echo(f"Written to {out_dir}. Check it with: viceversa verify {out_dir / OURS}")
