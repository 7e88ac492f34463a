"""The agreement as it is read: sections with their lines, and what is different between two."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.partnerships.models import Agreement
from viceversa.partnerships.rules.terms import Outcome, Permission, Terms
from viceversa.programmes.models import Programme

SECTIONS = {
    "aims": gettext_lazy("What it is for"),
    "leave": gettext_lazy("The permission"),
    "trust": gettext_lazy("What stays between us"),
    "meet": gettext_lazy("When and where"),
    "back": gettext_lazy("Roles, what comes back, and the end"),
    "you": gettext_lazy("Who we are and what we expect"),
}
FIELDS = {
    "aims": ("learner_aims", "outcomes", "adviser_aims", "engagement"),
    "leave": ("permission",),
    "trust": ("confidentiality", "comfort", "off_limits", "political", "talked_over"),
    "meet": ("every_days", "minutes", "channel", "place", "ends_on"),
    "back": ("learner_role", "adviser_role", "return_stream", "how_we_end"),
    "you": (
        *("learner_background", "adviser_background", "learner_expects", "adviser_expects"),
        *("learner_implied", "adviser_implied"),
    ),
}
LABELS = {
    "learner_background": gettext_lazy("The learner comes from"),
    "adviser_background": gettext_lazy("The adviser comes from"),
    "learner_expects": gettext_lazy("The learner expects"),
    "adviser_expects": gettext_lazy("The adviser expects"),
    "learner_implied": gettext_lazy("Unsaid, says the learner"),
    "adviser_implied": gettext_lazy("Unsaid, says the adviser"),
    "learner_aims": gettext_lazy("The learner's aims"),
    "adviser_aims": gettext_lazy("The adviser's aims"),
    "outcomes": gettext_lazy("In the end, to be able to"),
    "engagement": gettext_lazy("Kind"),
    "permission": gettext_lazy("The adviser may"),
    "comfort": gettext_lazy("Makes it easy"),
    "off_limits": gettext_lazy("Off limits"),
    "confidentiality": gettext_lazy("Confidentiality"),
    "political": gettext_lazy("What stands around us"),
    "talked_over": gettext_lazy("Talked over face to face"),
    "every_days": gettext_lazy("How often"),
    "minutes": gettext_lazy("How long"),
    "channel": gettext_lazy("How we meet"),
    "place": gettext_lazy("Where"),
    "ends_on": gettext_lazy("Until"),
    "learner_role": gettext_lazy("The learner"),
    "adviser_role": gettext_lazy("The adviser"),
    "return_stream": gettext_lazy("What comes back"),
    "how_we_end": gettext_lazy("How we end"),
}
REPLIES = {
    "can": gettext_lazy("can"),
    "partly": gettext_lazy("partly"),
    "cannot": gettext_lazy("cannot"),
}
LEVELS = {
    **dict(Agreement.Confidentiality.choices),
    Agreement.Confidentiality.STORY: gettext_lazy(
        "Coordinators may read the goals we mark as shared, and we may tell a story at the end"
    ),
}
CHANNELS = {
    "video": gettext_lazy("By video"),
    "person": gettext_lazy("In person"),
    "phone": gettext_lazy("By telephone"),
}


@dataclass(frozen=True)
class Line:
    name: str
    label: str
    text: str
    before: str | None = None

    @property
    def is_changed(self) -> bool:
        return self.before is not None


@dataclass(frozen=True)
class Section:
    step: str
    title: str
    lines: list[Line]

    @property
    def is_settled(self) -> bool:
        """May be folded once it holds: all but what is looked at in every half hour."""
        return self.step not in ("leave", "trust")

    @property
    def is_background(self) -> bool:
        """May be folded before it is signed: all but what both have to sign."""
        return self.is_settled and self.step != "aims"

    @property
    def in_short(self) -> str:
        """The beginning of each line, for whoever decides whether to unfold it."""
        return " · ".join(line.text.partition("\n")[0] for line in self.lines)


def in_sections(terms: Terms, before: Terms | None = None) -> list[Section]:
    """Lines that say something; with `before`, what stood there too where it differs."""
    return [
        Section(step, str(title), _lines(step, terms, before)) for step, title in SECTIONS.items()
    ]


def differences(before: Terms, after: Terms) -> list[Line]:
    """Old and new of every field that differs, in the order of the page."""
    return [
        line for section in in_sections(after, before) for line in section.lines if line.is_changed
    ]


def _lines(step: str, terms: Terms, before: Terms | None) -> list[Line]:
    lines = []
    for name in FIELDS[step]:
        now = in_words(name, getattr(terms, name))
        then = None if before is None else in_words(name, getattr(before, name))
        if now or then:
            lines.append(Line(name, str(LABELS[name]), now, None if then == now else then))
    return lines


def in_words(name: str, value: Any) -> str:
    if name == "outcomes":
        return "\n".join(_outcome(outcome) for outcome in value)
    if name == "permission":
        return _permission(value)
    if name == "ends_on":
        return date_format(value, "j F Y") if value else ""
    if name == "talked_over":
        return _("Yes") if value else ""
    if name == "every_days":
        return rhythm(value)
    if name == "minutes":
        return _("%(n)s minutes") % {"n": value}
    return _choice(name, str(value))


def _choice(name: str, value: str) -> str:
    choices: dict[str, dict[str, Any]] = {
        "engagement": dict(Programme.Engagement.choices),
        "confidentiality": LEVELS,
        "channel": CHANNELS,
    }
    return str(choices.get(name, {}).get(value, value))


def _outcome(outcome: Outcome) -> str:
    if not outcome.reply:
        return outcome.text
    said = _("%(outcome)s — the adviser: %(reply)s") % {
        "outcome": outcome.text,
        "reply": REPLIES[outcome.reply],
    }
    return f"{said}. {outcome.words}" if outcome.words else said


def granted(permission: Permission) -> list[str]:
    """What the adviser may do, in short."""
    said = [
        (permission.directive, _("be directive")),
        (permission.interrupt, _("interrupt")),
        (permission.disagree, _("disagree")),
        (permission.homework, _("set homework")),
    ]
    return [words for given, words in said if given]


def _permission(permission: Permission) -> str:
    words = ", ".join(granted(permission))
    return "\n".join(
        text for text in (words, f"“{permission.words}”" if permission.words else "") if text
    )


def rhythm(days: int) -> str:
    """How often, in the words of a sentence."""
    weeks = {7: _("every week"), 14: _("every two weeks"), 28: _("every four weeks")}
    return weeks.get(days) or _("every %(n)s days") % {"n": days}
