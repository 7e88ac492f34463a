"""The results of the races in words: Markdown for the page, lines for the terminal."""

from __future__ import annotations

from collections.abc import Callable

from bench.matching.race import Course, Result, Results
from bench.matching.solvers import SOLVERS

OURS = "viceversa"
HEAD = (
    "| solver | seconds | against ours | CPU seconds | against ours | places | total | peak MiB |\n"
    "|---|---|---|---|---|---|---|---|"
)


def race_table(course: Course, results: Results) -> str:
    rows = [_row(name, result, results.get(OURS)) for name, result in results.items()]
    return "\n".join([f"**{course.label}**", "", HEAD, *rows])


def _row(name: str, result: Result, ours: Result | None) -> str:
    label = SOLVERS[name].label
    if result.failure:
        return f"| {label} | {result.failure} | | | | | | |"
    cells = [
        _short(result.median),
        _ratio(name, ours, lambda one: one.median, result),
        _short(result.cpu),
        _ratio(name, ours, lambda one: one.cpu, result),
        f"{result.places:,}",
        f"{result.total:,}{_less(name, result, ours)}",
        f"{result.peak_mib:,.0f}",
    ]
    return f"| {label} | {' | '.join(cells)} |"


def _ratio(
    name: str, ours: Result | None, figure: Callable[[Result], float], result: Result
) -> str:
    if name == OURS or ours is None or ours.failure:
        return ""
    times = figure(result) / figure(ours)
    return f"{times:,.1f} ×" if times >= 1 else f"{times:.2g} ×"


def _less(name: str, result: Result, ours: Result | None) -> str:
    """How far a solver that is not exact stays behind."""
    if SOLVERS[name].exact or ours is None or ours.failure or not ours.total:
        return ""
    return f" ({100 * (result.total / ours.total - 1):+.1f} %)"


def growth_table(everything: dict[Course, Results]) -> str:
    """How seconds grow when there are ten times as many people."""
    rows = []
    for course, results in everything.items():
        more = Course(course.kind, course.people * 10, course.places)
        for name, result in results.items():
            later = everything.get(more, {}).get(name)
            if later and not later.failure and not result.failure:
                times = later.cpu / result.cpu
                rows.append(
                    f"| {SOLVERS[name].label} | {course.label} | {more.people:,} | {times:.1f} × |"
                )
    if not rows:
        return ""
    return "\n".join(["| solver | from | to | CPU seconds grow |", "|---|---|---|---|", *rows])


def _short(seconds: float) -> str:
    if seconds < 0.01:
        return f"{seconds:.4f}"
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:,.2f}"
