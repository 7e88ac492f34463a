"""The path of a partnership: what happened, what is next and whose turn it is. Nothing sealed is
read, so its coordinators see the same as the two."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.learning.queries.training import Missing
from viceversa.learning.rules.modules import Module
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.lifecycle import is_held
from viceversa.partnerships.rules import agreement as rules
from viceversa.partnerships.rules import closing, lifecycle

STEPS = {
    lifecycle.PROPOSED: gettext_lazy("Proposed"),
    lifecycle.ACCEPTED: gettext_lazy("Both said yes"),
    lifecycle.PREPARING: gettext_lazy("Agreement"),
    lifecycle.ACTIVE: gettext_lazy("Half hours"),
    lifecycle.CLOSING: gettext_lazy("Closing"),
    lifecycle.COMPLETED: gettext_lazy("Completed"),
}
TASKS = {
    "purpose": gettext_lazy("purpose"),
    "permission": gettext_lazy("permission"),
    "confidentiality": gettext_lazy("confidentiality"),
    "replies": gettext_lazy("the adviser's replies"),
    "draft": gettext_lazy("putting the agreement together"),
    "signature": gettext_lazy("a signature"),
}


@dataclass(frozen=True)
class Event:
    when: datetime
    words: str


@dataclass(frozen=True)
class Open:
    """Something that is missing before the first half hour, and who can do it."""

    what: str
    who: str


@dataclass(frozen=True)
class Training:
    """A training somebody has not finished, for whoever reads it."""

    title: str
    slug: str
    who: str
    is_mine: bool


@dataclass(frozen=True)
class Path:
    """`is_my_turn` is about the answer or the agreement; `training` stands beside it."""

    steps: list[dict[str, Any]]
    happened: list[Event]
    missing: list[Open]
    training: list[Training]
    next: str
    whose: str
    is_my_turn: bool
    may_go_on: bool

    @property
    def to_learn(self) -> Training | None:
        """The first training of whoever reads it."""
        return next((one for one in self.training if one.is_mine), None)


def path_of(
    partnership: Partnership,
    facts: rules.Facts,
    side: str | None,
    training: Sequence[Missing] = (),
    looked_back: Collection[str] = (),
) -> Path:
    """`looked_back` are the sides that have handed in what they say at the end."""
    to_agree = _turn(partnership, facts)
    to_train = frozenset() if to_agree else _in_training(partnership, training)
    turn = to_agree or to_train or _turn_to_go_on(partnership, looked_back)
    return Path(
        steps=_steps(partnership.state),
        happened=_happened(partnership),
        missing=_missing(partnership, facts, side),
        training=_training(partnership, training, side),
        next=_training_first()
        if to_train
        else _next(partnership, facts, to_agree, side, looked_back),
        whose=_names(partnership, turn, side),
        is_my_turn=side in to_agree,
        may_go_on=partnership.state == lifecycle.PAUSED and not is_held(partnership),
    )


def _steps(state: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": "", "state": _shown(state, step)} for step, label in STEPS.items()
    ]


def _shown(state: str, step: str) -> str:
    """What is accepted is done; from then on the agreement is what is being worked on."""
    if state == lifecycle.COMPLETED:
        return "done"
    here = lifecycle.PREPARING if state == lifecycle.ACCEPTED else state
    return lifecycle.state_of_step(here, step)


def _happened(partnership: Partnership) -> list[Event]:
    yes = [partnership.learner_accepted_at, partnership.adviser_accepted_at]
    both = max(when for when in yes if when) if all(yes) else None
    is_completed = partnership.state == lifecycle.COMPLETED
    dates = [
        (partnership.created_at, _("Proposed")),
        (both, _("Both said yes")),
        (partnership.started_at, _("Both signed the agreement")),
        (partnership.paused_at, _("Paused")),
        (partnership.closing_at, _("The closing began")),
        (partnership.ended_at, _("Completed") if is_completed else _("Ended")),
    ]
    return [Event(when, words) for when, words in dates if when is not None]


def _turn(partnership: Partnership, facts: rules.Facts) -> frozenset[str]:
    if partnership.state == lifecycle.PROPOSED:
        answers = {
            "learner": partnership.learner_accepted_at,
            "adviser": partnership.adviser_accepted_at,
        }
        return frozenset(side for side, answer in answers.items() if answer is None)
    return rules.turn_of(facts) if partnership.state in rules.ANSWERING else frozenset()


def _turn_to_go_on(partnership: Partnership, looked_back: Collection[str]) -> frozenset[str]:
    """The learner drives: without a next half hour it is the learner who fixes one."""
    if partnership.state == lifecycle.CLOSING:
        return closing.turn_of(frozenset(looked_back))
    is_to_meet = partnership.state == lifecycle.ACTIVE and partnership.next_at is None
    return frozenset({rules.LEARNER}) if is_to_meet else frozenset()


def _in_training(partnership: Partnership, training: Sequence[Missing]) -> frozenset[str]:
    """On which sides, once nothing but that keeps the two from meeting."""
    is_next = partnership.state == lifecycle.ACTIVE
    return frozenset(one.side for one in training if is_next)


def _training(
    partnership: Partnership, missing: Sequence[Missing], side: str | None
) -> list[Training]:
    """Each training once, with all who have not finished it."""
    sides: dict[Module, list[str]] = {}
    for one in missing:
        sides.setdefault(one.module, []).append(one.side)
    return [
        Training(module.title, module.slug, _names(partnership, whose, side), side in whose)
        for module, whose in sides.items()
    ]


def _missing(partnership: Partnership, facts: rules.Facts, side: str | None) -> list[Open]:
    if partnership.state not in rules.ANSWERING:
        return []
    found: dict[str, list[str]] = {}
    for one in rules.missing(facts):
        sides = rules.SIDES if one.whose == "either" else (one.whose,)
        found.setdefault(one.what, []).extend(sides)
    return [
        Open(str(TASKS[what]), _names(partnership, sides, side)) for what, sides in found.items()
    ]


def _names(partnership: Partnership, sides: Iterable[str], side: str | None) -> str:
    """Oneself comes first, as “you”."""
    names = [
        str(_("you")) if one == side else partnership.person_on(one).name
        for one in sorted(sides, key=lambda one: one != side)
    ]
    return _(" and ").join(names)


def _next(
    partnership: Partnership,
    facts: rules.Facts,
    turn: frozenset[str],
    side: str | None,
    looked_back: Collection[str],
) -> str:
    state = partnership.state
    if state in lifecycle.OVER:
        return _over(partnership, side)
    if state == lifecycle.PAUSED:
        return _paused(partnership)
    if turn:
        return _task(state, facts)
    if state == lifecycle.CLOSING:
        return _closing(looked_back)
    return _half_hour(partnership, side)


def _closing(looked_back: Collection[str]) -> str:
    if not looked_back:
        return _("Both look back, each apart first.")
    if len(looked_back) == len(rules.SIDES):
        return _("Both have looked back. Go on, or finish.")
    return _("One has looked back; the other does too, and then both read it.")


def _training_first() -> str:
    return _("A short training comes before the first half hour.")


def _over(partnership: Partnership, side: str | None) -> str:
    state = partnership.state
    if state == lifecycle.COMPLETED:
        return _("It is done.")
    if state == lifecycle.ENDED and side:
        return _ended(is_erased=partnership.erased_at is not None)
    return _("It is over; nothing is expected of either.")


def _ended(*, is_erased: bool) -> str:
    if is_erased:
        return _("Nothing is expected of you here.")
    return _("Nothing is expected of you here. What you two wrote stays readable for both.")


def _half_hour(partnership: Partnership, side: str | None) -> str:
    """By the clock of whoever reads it; for coordinators by the learner's."""
    at = partnership.next_at
    if at is None:
        return _("Fix the next half hour.")
    zone = partnership.person_on(side or "learner").time_zone
    when = date_format(at.astimezone(ZoneInfo(zone)), "l j F, H:i")
    return _("The next half hour: %(when)s (%(zone)s).") % {"when": when, "zone": zone}


def _paused(partnership: Partnership) -> str:
    if is_held(partnership):
        return _("It pauses while one of the two stands above the other.")
    if partnership.paused_until is None:
        return _("It goes on as soon as either of the two says so.")
    return _("It goes on by itself on %(day)s, or as soon as either says so.") % {
        "day": date_format(partnership.paused_until, "j F Y")
    }


def _task(state: str, facts: rules.Facts) -> str:
    if state == lifecycle.PROPOSED:
        return _("Say yes or no.")
    tasks = {
        "apart": _("Answer for the agreement, each apart."),
        "replying": _("The adviser says how far they can help."),
        "together": _("Put the agreement together."),
        "signing": _("Read the agreement and sign."),
    }
    return tasks[rules.stage(facts)]
