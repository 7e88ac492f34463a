"""Figures in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.insights.queries.results import Results
from viceversa.insights.rules.figures import FEW, NOTHING, WIDE, Figure
from viceversa.insights.rules.groups import ALL, FAR, MIDDLE, NEAR, Compared
from viceversa.insights.statistics.intervals import percent
from viceversa.insights.statistics.survival import Curve

HEADLINES = ("coverage", "in_reverse", "held", "promises")
LABELS = {
    "coverage": gettext_lazy("Learners with an adviser"),
    "enrolled": gettext_lazy("People of the organisation who take part"),
    "paired": gettext_lazy("Participants in a pair that said yes"),
    "in_reverse": gettext_lazy("Participants who met at least once"),
    "held": gettext_lazy("Planned half hours that were held"),
    "called_off": gettext_lazy("Planned half hours called off"),
    "off_by_learner": gettext_lazy("Called off by the learner"),
    "off_by_adviser": gettext_lazy("Called off by the adviser"),
    "promises": gettext_lazy("Commitments closed as kept"),
    "goals_learning": gettext_lazy("Learners' goals reached"),
    "goals_return": gettext_lazy("Advisers' goals reached, what comes back"),
}
STATES = {
    "proposed": gettext_lazy("Proposed"),
    "agreeing": gettext_lazy("Agreeing"),
    "active": gettext_lazy("Active"),
    "paused": gettext_lazy("Paused"),
    "finished": gettext_lazy("Closing or completed"),
    "no": gettext_lazy("Said no"),
    "ended": gettext_lazy("Ended without fault"),
}
VERDICTS = {
    NOTHING: gettext_lazy("Nothing to count yet"),
    FEW: gettext_lazy("Hidden: fewer than five people could be found by it"),
    WIDE: gettext_lazy("Too few to rely on"),
}
GAPS = {
    NEAR: gettext_lazy("Up to two levels apart"),
    MIDDLE: gettext_lazy("Three or four"),
    FAR: gettext_lazy("Five or more"),
    ALL: gettext_lazy("All pairs"),
}
OUTCOMES = {
    "kept": gettext_lazy("Pairs that held most of their half hours"),
    "reached": gettext_lazy("Pairs in which the learner reached a goal"),
    "self_check": gettext_lazy("Pairs in which the learner knows a topic better, by own judgement"),
}
MEASURES = {"self_check": gettext_lazy("How well people think they know it")}
SPREADS = {
    "adoption": (
        gettext_lazy("Brought into use"),
        gettext_lazy("How often learners use what they learn, by their own word."),
    ),
    "confidence": (
        gettext_lazy("How sure advisers feel"),
        gettext_lazy("Of advising somebody more senior, by their own word."),
    ),
}
STREAMS = {
    "learning": gettext_lazy("What learners learned"),
    "return": gettext_lazy("What came back to advisers"),
}
MOMENTS = {
    "before": gettext_lazy("Working or strong, before"),
    "after": gettext_lazy("Working or strong, after"),
    "moved": gettext_lazy("Moved up"),
}


def sections() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_("Who is reached"), ("coverage", "enrolled", "paired", "in_reverse")),
        (_("Half hours"), ("held", "called_off", "off_by_learner", "off_by_adviser")),
        (_("What came of it, both ways"), ("promises", "goals_learning", "goals_return")),
    ]


def line(figure: Figure) -> dict[str, Any]:
    """All that a row says. Numbers are there only where they may be shown."""
    share = figure.share
    told: dict[str, Any] = {
        "label": LABELS.get(figure.key, figure.key),
        "tone": figure.tone,
        "share": share,
        "tells": VERDICTS.get(figure.verdict, ""),
    }
    if share:
        told |= {"percent": percent(share.part)}
        told |= {"low": percent(share.low), "high": percent(share.high)}
        told["value"] = _("%(n)s of %(base)s") % {"n": share.count, "base": share.base}
    return told


def headline(found: Results) -> str:
    share = found.named("coverage").share
    if share is None:
        return _("There is too little to count yet, and nothing is guessed.")
    covered = _("%(n)s of %(base)s have an adviser.") % {"n": share.count, "base": share.base}
    return f"{covered} {waiting(found.first_meeting)}".strip()


def waiting(curve: Curve | None) -> str:
    if curve is None:
        return ""
    if curve.median is None:
        return _("Fewer than half of the pairs have met, so the usual wait cannot be told.")
    met = _("Half of the pairs met within %(days)s days") % {"days": round(curve.median)}
    low = round(curve.median_low or 0)
    if curve.median_high is None:
        sure = _("with 95 %% confidence: %(low)s days or more") % {"low": low}
    else:
        high = round(curve.median_high)
        sure = _("with 95 %% confidence: %(low)s to %(high)s days") % {"low": low, "high": high}
    return f"{met} ({sure})."


def compared(one: Compared) -> str:
    shown = [figure for figure in one.figures if figure.share is not None and figure.group != ALL]
    if len(shown) < 2:
        return _("Cannot tell: fewer than two groups are large enough to be shown.")
    if one.differs is None:
        return _("Cannot tell: the groups may be alike; their intervals overlap.")
    more, fewer = (str(GAPS[group]).lower() for group in one.differs)
    return _(
        "It differs: more often for “%(more)s” than for “%(fewer)s”. It does not tell why; nobody "
        "was given a partner by lot."
    ) % {"more": more, "fewer": fewer}
