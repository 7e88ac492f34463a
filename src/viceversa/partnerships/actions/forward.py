"""Putting a name forward: the learner asks, the adviser answers, the learner says it is done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.seated import sealed, seat_to_write
from viceversa.partnerships.messages.forward import (
    AboutForward,
    ForwardAnswered,
    ForwardAsked,
    ForwardDone,
    ForwardTakenBack,
)
from viceversa.partnerships.models import Forward, Partnership
from viceversa.partnerships.permissions import check_is_adviser, check_is_learner
from viceversa.partnerships.queries.forward import place_of_forward, words_of
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import forward as rules
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

State = Forward.State


@transaction.atomic
def ask_to_put_forward(
    *, partnership: Partnership, kind: str, what: str, by: Actor, now: datetime
) -> Forward:
    """For one thing. Its words never change: another thing is asked anew."""
    check_is_learner(by, partnership)
    seat = seat_to_write(by, partnership)
    open_ = Forward.objects.filter(partnership=seat.partnership, state__in=sorted(rules.OPEN))
    if open_.count() >= rules.MOST_OPEN:
        raise Refused(
            _("%(most)s at a time are enough. Finish or take back one first.")
            % {"most": rules.MOST_OPEN},
            code="too_many",
        )
    row = Forward(partnership=seat.partnership, author=seat.me, asked_at=now)
    words = {"kind": kind, "what": what}
    row.sealed = sealed(seat, place_of_forward(row.key, seat.me.pk), words)
    row.save()
    record(by=by, verb="partnerships.forward.asked", target=row, now=now)
    _tell(seat, ForwardAsked(partnership=seat.partnership, partner=seat.me.name), now=now)
    return row


@transaction.atomic
def agree_to_forward(*, forward: Forward, by: Actor, now: datetime) -> Forward:
    """To the words the adviser has read, and to nothing else."""
    seat, row = _as_adviser(by, forward)
    if not rules.may_agree(row.state):
        raise _over()
    if words_of(seat, row).trouble:
        raise Refused(_("You cannot open these words, so you cannot agree to them."), code="shut")
    return _answer(seat, row, State.AGREED, by=by, now=now)


@transaction.atomic
def decline_forward(*, forward: Forward, by: Actor, now: datetime) -> Forward:
    """No reason is asked for. A yes is taken back the same way, until it is done."""
    seat, row = _as_adviser(by, forward)
    if not rules.may_decline(row.state):
        raise _over()
    return _answer(seat, row, State.DECLINED, by=by, now=now)


def _answer(seat: Seat, row: Forward, state: str, *, by: Actor, now: datetime) -> Forward:
    """The history says that there was an answer, not which."""
    row.state, row.answered_at = state, now
    row.save(update_fields=["state", "answered_at"])
    record(by=by, verb="partnerships.forward.answered", target=row, now=now)
    _tell(seat, ForwardAnswered(partnership=seat.partnership, partner=seat.me.name), now=now)
    return row


@transaction.atomic
def put_forward(*, forward: Forward, by: Actor, now: datetime) -> Forward:
    """The learner did it. Refused without the adviser's yes to this very thing."""
    seat, row = _as_learner(by, forward)
    if not rules.may_put_forward(row.state):
        raise Refused(
            _("Put a name forward only after a yes. Ask first, and wait for the answer."),
            code="no_yes",
        )
    row.state, row.done_at = State.DONE, now
    row.save(update_fields=["state", "done_at"])
    record(by=by, verb="partnerships.forward.done", target=row, now=now)
    _tell(seat, ForwardDone(partnership=seat.partnership, partner=seat.me.name), now=now)
    return row


@transaction.atomic
def take_forward_back(*, forward: Forward, by: Actor, now: datetime) -> Forward:
    seat, row = _as_learner(by, forward)
    if not rules.may_take_back(row.state):
        raise _over()
    row.state = State.TAKEN_BACK
    row.save(update_fields=["state"])
    record(by=by, verb="partnerships.forward.taken_back", target=row, now=now)
    _tell(seat, ForwardTakenBack(partnership=seat.partnership, partner=seat.me.name), now=now)
    return row


def _as_learner(by: Actor, forward: Forward) -> tuple[Seat, Forward]:
    check_is_learner(by, forward.partnership)
    return _as_it_is(by, forward)


def _as_adviser(by: Actor, forward: Forward) -> tuple[Seat, Forward]:
    check_is_adviser(by, forward.partnership)
    return _as_it_is(by, forward)


def _as_it_is(by: Actor, forward: Forward) -> tuple[Seat, Forward]:
    seat = seat_to_write(by, forward.partnership)
    return seat, Forward.objects.select_for_update().get(pk=forward.pk)


def _over() -> Refused:
    return Refused(_("This is settled already. Look at the page as it is now."), code="over")


def _tell(seat: Seat, message: AboutForward, *, now: datetime) -> None:
    notify(to=[seat.partner], message=message, now=now)
