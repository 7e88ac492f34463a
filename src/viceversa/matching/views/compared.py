"""What a change does, in words: what was tried, and the figures before and after."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from viceversa.matching.rules.keeping import FAVOUR
from viceversa.matching.rules.settings import differences
from viceversa.matching.rules.words import points

LEAST_SHOWN, HIGHEST = 100, 10_000


def figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Before and after, side by side; the tone says whether it is better or worse."""
    names = {
        "covered": _("Learners with an adviser"),
        "floor": _("Weakest first match"),
        "places": _("Pairs in all"),
        "total": _("Sum of all scores"),
        "weak": _("Weak matches"),
    }
    if after.get("standing"):
        names["kept"] = _("Pairs that stood before and stay")
    found = []
    for name, label in names.items():
        old, new = before.get(name, 0), after[name]
        better = new < old if name == "weak" else new > old
        shown = points if name in ("floor", "total") else "{:,}".format
        tone = "" if old == new else "good" if better else "bad"
        found.append({"label": label, "before": shown(old), "after": shown(new), "tone": tone})
    return found


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was tried, in words."""
    words = {
        "min_rank_gap": _("Least rank gap"),
        "shared_hours": _("Shared hours a day"),
        "same_unit": _("One unit ruled out"),
        "past_partners": _("Partners of before ruled out"),
        "skills": _("Weight of what is wanted and offered"),
        "goals": _("Weight of goals alike"),
        "other_unit": _("Weight of another unit"),
        "place": _("Weight of the same place"),
        "hours": _("Weight of hours in common"),
        "different_stages": _("Different levels of one learner's advisers"),
        "one_other_field": _("One of several advisers from another field"),
        "order": _("What comes first"),
        FAVOUR: _("What keeping a pair counts for"),
    }
    return [
        {
            "label": words.get(name, name),
            "before": _favour(old) if name == FAVOUR else _plain(old),
            "after": _favour(new) if name == FAVOUR else _plain(new),
        }
        for name, old, new in differences(before, after)
    ]


def _favour(value: Any) -> str:
    score = int(value or 0)
    if not score:
        return _("nothing")
    if score > HIGHEST:
        return _("more than any score")
    return points(score) if score >= LEAST_SHOWN else _("less than .01")


def _plain(value: Any) -> str:
    known = {
        True: _("yes"),
        False: _("no"),
        "fair": _("everybody first"),
        "coverage": _("as many as possible"),
        "total": _("best scores"),
    }
    if value is None:
        return "0"
    if isinstance(value, (bool, str)):
        return known.get(value, str(value))
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)
