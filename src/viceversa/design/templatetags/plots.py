"""Pictures of figures, drawn by the server: an interval on a line from 0 to 100 percent, and a
curve that falls in steps with its band."""

from collections.abc import Sequence
from typing import Any, Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from viceversa.design.html import said

register = template.Library()
WIDE, HIGH = 100, 60


class Share(Protocol):
    @property
    def part(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


@register.filter(name="percent")
def in_percent(part: float) -> str:
    return f"{round(part * 100)} %"


@register.simple_tag
def interval(share: Share, tone: str = "") -> SafeString:
    """A track, a bar from one end of the interval to the other, and a mark at the share."""
    low, high, at = (round(part * 100, 1) for part in (share.low, share.high, share.part))
    words = _("%(part)s percent, between %(low)s and %(high)s") % {
        "part": round(at),
        "low": round(low),
        "high": round(high),
    }
    return SafeString(
        f'<svg class="interval {said(tone)}" viewBox="0 0 100 12" preserveAspectRatio="none" '
        f'role="img" aria-label="{said(words)}"><rect class="track" y="5" width="100" height="2"/>'
        f'<rect class="reach" x="{low}" y="3" width="{max(high - low, 0.5):.1f}" height="6"/>'
        f'<rect class="share" x="{min(max(at - 0.5, 0), 99):.1f}" width="1" height="12"/></svg>'
    )


@register.simple_tag
def waiting_curve(curve: Any) -> SafeString:
    """`curve` has steps with time, part, low and high, and the longest time of all. Its figures
    belong in a table beside; numbers on the axes are text, so that they keep their size."""
    longest = max(curve.longest, 1)
    points = [(0.0, 1.0, 1.0, 1.0), *((s.time, s.part, s.low, s.high) for s in curve.steps)]
    line, low, high = (_stairs(points, which, longest) for which in (1, 2, 3))
    band = " ".join([*high, *reversed(low)])
    label = said(_("Pairs that had not met yet, by days; the figures are in the table"))
    return SafeString(
        '<div class="plot"><div class="plot-y" aria-hidden="true"><span>100 %</span>'
        f'<span>50 %</span><span>0 %</span></div><svg class="falling" viewBox="0 0 {WIDE} {HIGH}" '
        f'preserveAspectRatio="none" role="img" aria-label="{label}">'
        f'<path class="grid" d="M0 0H{WIDE}M0 {HIGH / 2}H{WIDE}M0 {HIGH}H{WIDE}"/>'
        f'<polygon class="band" points="{band}"/>'
        f'<polyline class="line" points="{" ".join(line)}"/></svg>'
        f'<div class="plot-x" aria-hidden="true"><span>0</span><span>{round(longest / 2)}</span>'
        f"<span>{said(_('%(n)s days') % {'n': round(longest)})}</span></div></div>"
    )


def _stairs(points: Sequence[tuple[float, ...]], which: int, longest: float) -> list[str]:
    drawn, before = [], points[0][which]
    for point in points:
        x = point[0] / longest * WIDE
        drawn += [_at(x, before), _at(x, point[which])]
        before = point[which]
    return [*drawn, _at(WIDE, before)]


def _at(x: float, part: float) -> str:
    return f"{x:.2f},{(1 - part) * HIGH:.2f}"
