"""The form for one part of the agreement, filled from a page or from a program, for the side whose
to write it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from viceversa.partnerships.forms.agreement import APART, TOGETHER, Meet, Replies, Step
from viceversa.partnerships.queries.agreement import answers_of, part_of
from viceversa.partnerships.queries.beginnings import first_answers
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules.steps import to_answers, to_changes
from viceversa.partnerships.rules.terms import Terms
from viceversa.toolkit.errors import NotFound

REPLIES = "replies"
Typed = Mapping[str, Any]


def form_apart(seat: Seat, step: str, typed: Typed | None, *, today: date) -> Step:
    """One step of one's own side, before it is handed in."""
    kind = APART.get((seat.side, step))
    if kind is None:
        raise NotFound(_("There is no such step on your side."))
    known = answers_of(seat, part_of(seat.partnership, seat.side))
    more: dict[str, Any] = {"today": today} if issubclass(kind, Meet) else {}
    return kind(typed, initial=known.get(step) or first_answers(seat, step), **more)


def form_together(
    seat: Seat, step: str, terms: Terms, typed: Typed | None, *, today: date
) -> Step | Replies:
    """One section of the draft, or of what is signed."""
    if step == REPLIES and not seat.is_learner:
        return Replies(terms.outcomes, typed)
    kind = TOGETHER.get((seat.side, step))
    if kind is None:
        raise NotFound(_("This part of the agreement is your partner's to write."))
    initial = to_answers(terms, list(kind.base_fields), seat.side)
    if issubclass(kind, Meet):
        return kind(typed, initial=initial, today=_today_unless_kept(typed, terms, today))
    return kind(typed, initial=initial)


def changes_of(form: Step | Replies, step: str, side: str) -> dict[str, Any]:
    if isinstance(form, Replies):
        return {"replies": form.replies()}
    return to_changes(step, form.answers(), side)


def _today_unless_kept(typed: Typed | None, terms: Terms, today: date) -> date | None:
    """A last day that was agreed and has come since may stay as it stands."""
    kept = terms.ends_on.isoformat() if terms.ends_on else ""
    return None if typed is not None and typed.get("ends_on") == kept else today
