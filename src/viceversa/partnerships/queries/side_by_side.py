"""What the two answered apart, one beside the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.partnerships.queries.agreement_page import Overview
from viceversa.partnerships.queries.terms_in_words import in_words
from viceversa.partnerships.rules.steps import day
from viceversa.partnerships.rules.terms import Permission
from viceversa.partnerships.rules.together import outcomes_with

Answers = Mapping[str, Mapping[str, Any]]
FIELDS = [
    ("you", "background", gettext_lazy("Background")),
    ("aims", "aims", gettext_lazy("Aims")),
    ("aims", "outcomes", gettext_lazy("To be able to do in the end")),
    ("aims", "engagement", gettext_lazy("Kind")),
    ("leave", "permission", gettext_lazy("The adviser may")),
    ("trust", "confidentiality", gettext_lazy("Confidentiality")),
    ("trust", "comfort", gettext_lazy("Makes it easy")),
    ("trust", "off_limits", gettext_lazy("Off limits")),
    ("trust", "political", gettext_lazy("What stands around us")),
    ("you", "expects", gettext_lazy("Expected, said aloud")),
    ("you", "implied", gettext_lazy("Usually expected unsaid")),
    ("meet", "every_days", gettext_lazy("How often")),
    ("meet", "minutes", gettext_lazy("How long")),
    ("meet", "channel", gettext_lazy("How")),
    ("meet", "place", gettext_lazy("Where")),
    ("meet", "ends_on", gettext_lazy("Until")),
    ("back", "return_stream", gettext_lazy("What comes back")),
    ("back", "how_we_end", gettext_lazy("How we end")),
]
TO_COMPARE = frozenset({"engagement", "confidentiality", "every_days", "minutes", "channel"})
FACTS = TO_COMPARE | {"place", "ends_on"}
FIRST = frozenset({"aims", "outcomes", "permission", "confidentiality", "off_limits"})
GROUPS = {
    "you": gettext_lazy("Who you are and what you expect"),
    "aims": gettext_lazy("How long a way"),
    "trust": gettext_lazy("What makes it easy, and what stands around you"),
    "meet": gettext_lazy("When and where"),
    "back": gettext_lazy("What comes back, and how you end"),
}


@dataclass(frozen=True)
class Row:
    """`is_first`: to be read before anything is signed, or to be talked about."""

    step: str
    label: str
    learner: str
    adviser: str
    differs: bool
    is_same: bool
    is_first: bool


def rows_of(overview: Overview) -> list[Row]:
    """Empty until both have handed in."""
    if not overview.theirs:
        return []
    is_learner = overview.seat.is_learner
    learner = overview.mine if is_learner else overview.theirs
    adviser = overview.theirs if is_learner else overview.mine
    rows = [
        _row(
            (step, name, str(label)),
            _words(step, name, learner, adviser),
            _words(step, name, adviser),
        )
        for step, name, label in FIELDS
    ]
    return [row for row in rows if row.learner or row.adviser]


def folded(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """The others, under the heading of what they are about."""
    rest = [row for row in rows if not row.is_same and not row.is_first]
    groups = [
        (str(title), [row for row in rest if row.step == step]) for step, title in GROUPS.items()
    ]
    return [(title, found) for title, found in groups if found]


def _row(field: tuple[str, str, str], learner: str, adviser: str) -> Row:
    step, name, label = field
    is_same = name in FACTS and learner == adviser
    differs = name in TO_COMPARE and learner != adviser
    is_first = differs or (name in FIRST and not is_same)
    return Row(step, label, learner, adviser, differs, is_same, is_first)


def _words(step: str, name: str, answers: Answers, other: Answers | None = None) -> str:
    said = answers.get(step, {})
    if name == "permission":
        return in_words(name, Permission(**said)) if said else ""
    if name == "outcomes":
        return in_words(name, outcomes_with(answers, other or {}))
    value = said.get(name)
    if name == "ends_on":
        return in_words(name, day(value)) or (_("as the programme says") if said else "")
    return in_words(name, value) if value not in (None, "") else ""
