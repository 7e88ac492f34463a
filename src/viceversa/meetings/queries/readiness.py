"""Why two people cannot meet yet, in words: what is missing, and whose turn it is."""

from django.utils.translation import gettext as _

from viceversa.learning.queries.training import Missing
from viceversa.meetings.queries.booker import Booker
from viceversa.partnerships.queries.agreement import facts_of
from viceversa.partnerships.queries.training import training_missing
from viceversa.partnerships.rules import lifecycle
from viceversa.partnerships.rules.agreement import missing


def not_yet(booker: Booker) -> str:
    """Empty when they may meet. An assistant learns only that nothing can be booked."""
    state = booker.partnership.state
    if state in lifecycle.MEETING:
        return _training_first(booker)
    if booker.is_assistant:
        return _(
            "Nothing can be booked with %(partner)s now. %(principal)s knows what is missing."
        ) % {"partner": booker.partner.name, "principal": booker.me.name}
    if state in lifecycle.OVER:
        return _("This partnership is over, so there is nothing left to book.")
    if state == lifecycle.PAUSED:
        return _("This partnership is paused. Let it go on first, then book.")
    if state == lifecycle.PROPOSED:
        return _("Both of you say yes first; then comes the agreement, then the first half hour.")
    sentences = [_("First you two sign your agreement."), *_what_is_missing(booker)]
    return " ".join([*sentences, *_training(booker, training_missing(booker.partnership))])


def _training_first(booker: Booker) -> str:
    missing_training = training_missing(booker.partnership)
    if missing_training and booker.is_assistant:
        return _("A training comes first. %(principal)s knows which.") % {
            "principal": booker.me.name
        }
    return " ".join(_training(booker, missing_training))


def _training(booker: Booker, missing_training: list[Missing]) -> list[str]:
    by_side: dict[str, list[str]] = {}
    for one in missing_training:
        by_side.setdefault(one.side, []).append(f"“{one.module.title}”")
    sentences = [_sentence(booker, side, ", ".join(parts)) for side, parts in by_side.items()]
    opening = [_("A short training comes before the first half hour.")] if sentences else []
    return [*opening, *sentences]


def _what_is_missing(booker: Booker) -> list[str]:
    by_side: dict[str, list[str]] = {}
    for one in missing(facts_of(booker.partnership)):
        by_side.setdefault(one.whose, []).append(_named(one.what))
    return [_sentence(booker, side, ", ".join(parts)) for side, parts in by_side.items()]


def _sentence(booker: Booker, side: str, parts: str) -> str:
    if side == booker.side:
        return _("Missing from you: %(parts)s.") % {"parts": parts}
    if side == "either":
        return _("Missing from either of you: %(parts)s.") % {"parts": parts}
    return _("Missing from %(name)s, whose turn it is: %(parts)s.") % {
        "name": booker.partner.name,
        "parts": parts,
    }


def _named(what: str) -> str:
    return {
        "purpose": _("what the purpose is"),
        "permission": _("what the adviser may do"),
        "confidentiality": _("how confidential it is"),
        "replies": _("what the adviser can help with"),
        "draft": _("one text of both"),
        "signature": _("the signature"),
    }[what]
