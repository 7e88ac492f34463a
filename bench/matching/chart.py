"""Seconds against people as a picture, both on logarithmic axes; plain SVG, light and dark."""

from __future__ import annotations

import math
from itertools import pairwise
from xml.sax.saxutils import escape

from bench.matching.race import Course, Results
from bench.matching.solvers import SOLVERS

Series = dict[str, list[tuple[int, float]]]
PANEL, HEIGHT, TOP, LEFT, BOTTOM, NAMES = 340, 260, 40, 70, 44, 230
LEAST_GAP = 15  # between two names
COLOURS = 8
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #33363d; }
.title { font-weight: 600; } .grid { stroke: #d9dbe0; } .line { fill: none; stroke-width: 2; }
.lead { fill: none; stroke-dasharray: 2 3; }
.ours { stroke-width: 4; } text.ours { font-weight: 700; }
.s0 { stroke: #0b5d4e; } .s1 { stroke: #a3480f; } .s2 { stroke: #2b5fb3; } .s3 { stroke: #8a3f9e; }
.s4 { stroke: #8a6d00; } .s5 { stroke: #b02a4c; } .s6 { stroke: #5c616b; }
.s7 { stroke: #14808f; } text { stroke: none; }
@media (prefers-color-scheme: dark) {
  text { fill: #e3e5ea; } .grid { stroke: #43474f; }
  .s0 { stroke: #5fd3bd; } .s1 { stroke: #f0a06b; } .s2 { stroke: #8db7f5; }
  .s3 { stroke: #d79be8; } .s4 { stroke: #e2c65a; } .s5 { stroke: #f58ba6; }
  .s6 { stroke: #aeb3bd; } .s7 { stroke: #6cc5dd; } text { stroke: none; }
}
"""


def chart(everything: dict[Course, Results], places: int) -> str:
    """One panel for each kind of instance, one below the other."""
    panels = {
        kind: _series(everything, kind, places)
        for kind in dict.fromkeys(course.kind for course in everything if course.places == places)
    }
    points = [point for series in panels.values() for line in series.values() for point in line]
    if not points:
        return ""
    axes = _Axes(points)
    step = TOP + HEIGHT + BOTTOM
    body = [
        f'<g transform="translate(0 {at * step})">{_panel(kind, series, axes)}</g>'
        for at, (kind, series) in enumerate(panels.items())
    ]
    width, height = LEFT + PANEL + NAMES, step * len(panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="Seconds to solve against people, by solver">\n<style>{STYLE}</style>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _series(everything: dict[Course, Results], kind: str, places: int) -> Series:
    series: Series = {}
    for course, results in sorted(everything.items(), key=lambda item: item[0].people):
        for name, result in results.items():
            if (course.kind, course.places) == (kind, places) and not result.failure:
                series.setdefault(name, []).append((course.people, result.median))
    return series


class _Axes:
    """Whole powers of ten around all points."""

    def __init__(self, points: list[tuple[int, float]]) -> None:
        people = [math.log10(many) for many, _ in points]
        seconds = [math.log10(value) for _, value in points]
        self.left, self.right = math.floor(min(people)), math.ceil(max(people))
        self.low, self.high = math.floor(min(seconds)), math.ceil(max(seconds))

    def x(self, many: float) -> float:
        return LEFT + PANEL * (math.log10(many) - self.left) / max(self.right - self.left, 1)

    def y(self, seconds: float) -> float:
        share = (math.log10(seconds) - self.low) / max(self.high - self.low, 1)
        return TOP + HEIGHT * (1 - share)


def _panel(kind: str, series: Series, axes: _Axes) -> str:
    parts = [f'<text class="title" x="{LEFT}" y="20">{escape(kind)}</text>']
    for power in range(axes.low, axes.high + 1):
        y = axes.y(10.0**power)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{LEFT + PANEL}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{10.0**power:g} s</text>')
    for power in range(axes.left, axes.right + 1):
        place = f'x="{axes.x(10.0**power)}" y="{TOP + HEIGHT + 20}"'
        parts.append(f'<text {place} text-anchor="middle">{10**power:,}</text>')
    parts += [_line(name, points, axes) for name, points in series.items()]
    return "".join([*parts, *_names(series, axes)])


def _line(name: str, points: list[tuple[int, float]], axes: _Axes) -> str:
    where = " ".join(f"{axes.x(many):.1f},{axes.y(value):.1f}" for many, value in points)
    dots = "".join(
        f'<circle class="{_colour(name)}" fill="none" r="3" cx="{axes.x(many):.1f}" '
        f'cy="{axes.y(value):.1f}"/>'
        for many, value in points
    )
    return f'<polyline class="line {_colour(name)}" points="{where}"/>{dots}'


def _names(series: Series, axes: _Axes) -> list[str]:
    """Beside the last points, moved apart where they would lie on each other."""
    ends = sorted((axes.y(points[-1][1]), name) for name, points in series.items())
    heights = [y for y, _ in ends]
    for before, after in pairwise(range(len(heights))):
        heights[after] = max(heights[after], heights[before] + LEAST_GAP)
    said = []
    for height, (y, name) in zip(heights, ends, strict=True):
        x, colour = axes.x(series[name][-1][0]) + 6, _colour(name)
        far = LEFT + PANEL + 16
        said.append(f'<path class="lead {colour}" d="M{x} {y:.1f}L{far} {height:.1f}h8"/>')
        weight = ' class="ours"' if SOLVERS[name].ours else ""
        label = escape(SOLVERS[name].label)
        said.append(f'<text{weight} x="{far + 12}" y="{height + 4:.1f}">{label}</text>')
    return said


def _colour(name: str) -> str:
    number = list(SOLVERS).index(name)
    return f"s{number % COLOURS}{' ours' if name == 'viceversa' else ''}"
