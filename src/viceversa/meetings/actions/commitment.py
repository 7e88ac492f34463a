"""Promises: made by the learner, closed by the learner, published if the learner wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.history.actions import record
from viceversa.meetings.actions.writing import check_goes_on, seal
from viceversa.meetings.messages.content import PromiseClosed, PromiseMade
from viceversa.meetings.models import Commitment, Meeting
from viceversa.meetings.rules import commitments as rules
from viceversa.meetings.rules import places
from viceversa.meetings.rules.words import Promise
from viceversa.notifications.actions import notify
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_is_learner
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.ids import new_key

WRONG_DAYS = {
    "past": gettext_lazy("That day is over. Choose today or a later one."),
    "far": gettext_lazy("That is more than a year away. Promise something nearer."),
}


@dataclass(frozen=True)
class NewPromise:
    promise: Promise
    due_on: date | None = None


@transaction.atomic
def make_promises(
    *,
    partnership: Partnership,
    promises: Sequence[NewPromise],
    by: Actor,
    now: datetime,
    meeting: Meeting | None = None,
) -> list[Commitment]:
    """All of them or none. The adviser is told once."""
    check_is_learner(by, partnership)
    check_goes_on(partnership)
    seat = seat_at(by, partnership)
    today = now.astimezone(ZoneInfo(seat.me.time_zone)).date()
    for new in promises:
        _check_day(new.due_on, today=today)
    made = [_make(seat, new, meeting=meeting, now=now) for new in promises]
    for commitment in made:
        record(by=by, verb="meetings.promise_made", target=commitment, now=now)
    if made:
        message = PromiseMade(partnership=partnership, writer=seat.me)
        notify(to=[seat.partner], message=message, now=now)
    return made


def _make(seat: Seat, new: NewPromise, *, meeting: Meeting | None, now: datetime) -> Commitment:
    key = new_key()
    return Commitment.objects.create(
        key=key,
        partnership=seat.partnership,
        meeting=meeting,
        author=seat.me,
        due_on=new.due_on,
        sealed=seal(seat, places.commitment(key, seat.me.pk), new.promise.as_text()),
        made_at=now,
    )


@transaction.atomic
def close_promise(*, commitment: Commitment, outcome: str, by: Actor, now: datetime) -> Commitment:
    """`outcome` is kept or dropped."""
    commitment = _own_promise(commitment, by)
    if not rules.may_close(commitment.state, outcome):
        raise Refused(
            _("This promise is closed already: %(state)s.")
            % {"state": commitment.get_state_display().lower()}
            if outcome in rules.OUTCOMES
            else _("Say whether you kept the promise or let go of it."),
            code="closed",
        )
    commitment.state = outcome
    commitment.closed_at = now
    commitment.published = commitment.published if rules.may_publish(outcome) else ""
    commitment.save(update_fields=["state", "closed_at", "published"])
    detail = {"outcome": outcome}
    record(by=by, verb="meetings.promise_closed", target=commitment, detail=detail, now=now)
    seat = seat_at(by, commitment.partnership)
    message = PromiseClosed(partnership=commitment.partnership, writer=seat.me)
    notify(to=[seat.partner], message=message, now=now)
    return commitment


@transaction.atomic
def publish_promise(*, commitment: Commitment, words: str, by: Actor, now: datetime) -> Commitment:
    """For everyone in the programme, in words that the learner typed for them."""
    commitment = _own_promise(commitment, by)
    if not rules.may_publish(commitment.state):
        raise Refused(_("You let go of this promise, so it is not published."), code="dropped")
    if not words.strip():
        raise Refused(_("Write what everyone in the programme may read."), code="empty")
    commitment.published = words.strip()
    commitment.save(update_fields=["published"])
    record(by=by, verb="meetings.promise_published", target=commitment, now=now)
    return commitment


@transaction.atomic
def unpublish_promise(*, commitment: Commitment, by: Actor, now: datetime) -> Commitment:
    commitment = _own_promise(commitment, by)
    commitment.published = ""
    commitment.save(update_fields=["published"])
    record(by=by, verb="meetings.promise_unpublished", target=commitment, now=now)
    return commitment


def _own_promise(commitment: Commitment, by: Actor) -> Commitment:
    """As it is now, held until the end of the transaction."""
    check_is_learner(by, commitment.partnership)
    return (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("partnership__learner__person", "partnership__adviser__person")
        .select_related("partnership__ring")
        .get(pk=commitment.pk)
    )


def _check_day(due_on: date | None, *, today: date) -> None:
    code = rules.wrong_with_due(due_on, today=today)
    if code is not None:
        raise Refused(str(WRONG_DAYS[code]), code=code)
