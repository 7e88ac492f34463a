"""Pause and go on, close, and leave without fault. What is private is put down without a name."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.moving import check_move, move, turn_key
from viceversa.partnerships.actions.power import check_not_held
from viceversa.partnerships.actions.telling import tell_both
from viceversa.partnerships.messages import (
    ClosingStarted,
    ClosingWished,
    PartnershipOver,
    PartnershipPaused,
    PartnershipResumed,
    WentOn,
)
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_is_member
from viceversa.partnerships.queries.agreement import is_signed
from viceversa.partnerships.queries.lifecycle import ends_on, is_held, pauses_that_are_over
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import Refused

State = Partnership.State


@transaction.atomic
def pause_partnership(
    *, partnership: Partnership, until: date | None = None, by: Actor, now: datetime
) -> Partnership:
    """Until a day or until one of the two goes on. No reason is asked for."""
    partnership = locked(partnership)
    check_is_member(by, partnership)
    check_move("pause", partnership)
    if until is not None and until <= now.date():
        raise Refused(_("Choose a day that is still to come, or none."), code="past")
    nobody = system("a private pause", via=by.via)
    partnership.paused_at, partnership.paused_until, partnership.next_at = now, until, None
    turn_key(partnership, by=nobody, now=now)
    detail: dict[str, object] = {"until": until}
    move(partnership, State.PAUSED, verb="partnerships.paused", by=nobody, now=now, detail=detail)
    tell_both(partnership, PartnershipPaused(partnership=partnership, until=until), now=now)
    return partnership


@transaction.atomic
def resume_partnership(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    partnership = locked(partnership)
    check_is_member(by, partnership)
    check_move("resume", partnership)
    check_not_held(partnership)
    return _resume(partnership, by=by, now=now)


@transaction.atomic
def resume_due(*, now: datetime) -> int:
    """Pauses whose day has come. One that is held stays; the power watch takes its day away."""
    by = system("the end of a pause", via="job")
    resumed = 0
    for partnership in list(pauses_that_are_over(now.date())):
        partnership = locked(partnership)
        if lifecycle.may("resume", partnership.state) and not is_held(partnership):
            _resume(partnership, by=by, now=now)
            resumed += 1
    return resumed


def _resume(partnership: Partnership, *, by: Actor, now: datetime) -> Partnership:
    partnership.paused_at = partnership.paused_until = None
    state = lifecycle.after_resume(is_signed=is_signed(partnership))
    move(partnership, state, verb="partnerships.resumed", by=by, now=now)
    tell_both(partnership, PartnershipResumed(partnership=partnership), now=now)
    return partnership


@transaction.atomic
def start_closing(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """At once when the end date has come; before that both must wish it."""
    partnership = locked(partnership)
    side = check_is_member(by, partnership)
    check_move("close", partnership)
    if not is_signed(partnership) and partnership.state == State.PAUSED:
        raise Refused(
            _("There is nothing to close before both have signed. You can end it without fault."),
            code="unsigned",
        )
    is_due = lifecycle.is_due(ends_on(partnership), now.date())
    if partnership.wishes_to_close(side) and not is_due:
        raise Refused(_("You have already said so. Your partner is asked."), code="already_wished")
    setattr(partnership, f"{side}_closes_at", now)
    both = partnership.learner_closes_at is not None and partnership.adviser_closes_at is not None
    if is_due or both:
        return _close(partnership, by=by, now=now)
    partnership.save(update_fields=[f"{side}_closes_at"])
    record(by=by, verb="partnerships.wished_to_close", target=partnership, now=now)
    partner = partnership.adviser if side == "learner" else partnership.learner
    notify(to=[partner.person], message=ClosingWished(partnership=partnership), now=now)
    return partnership


def _close(partnership: Partnership, *, by: Actor, now: datetime) -> Partnership:
    partnership.closing_at = now
    partnership.paused_at = partnership.paused_until = None
    move(partnership, State.CLOSING, verb="partnerships.closing", by=by, now=now)
    tell_both(partnership, ClosingStarted(partnership=partnership), now=now)
    return partnership


@transaction.atomic
def keep_going(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """Not to close yet: takes back the wish of one, or a closing that was begun early. Past the
    end date, or once somebody has looked back, they go on together from the closing itself."""
    partnership = locked(partnership)
    check_is_member(by, partnership)
    if partnership.state == State.CLOSING:
        check_not_held(partnership)
        _check_not_under_way(partnership, now)
    elif not partnership.is_asked_to_close:
        raise Refused(_("Nobody has asked to close."), code="not_asked")
    state = State.ACTIVE if partnership.state == State.CLOSING else partnership.state
    partnership.learner_closes_at = partnership.adviser_closes_at = partnership.closing_at = None
    move(partnership, state, verb="partnerships.kept_going", by=by, now=now)
    tell_both(partnership, WentOn(partnership=partnership), now=now)
    return partnership


def _check_not_under_way(partnership: Partnership, now: datetime) -> None:
    is_due = lifecycle.is_due(ends_on(partnership), now.date())
    if is_due or partnership.closings.filter(is_past=False).exists():
        raise Refused(
            _("The closing is under way. Look back first; you can go on when both of you gain."),
            code="under_way",
        )


def check_can_end(partnership: Partnership) -> None:
    if partnership.state not in lifecycle.LIVE:
        raise Refused(_("There is nothing left to end here."), code="not_live")


@transaction.atomic
def end_without_fault(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """A private way out. Nobody is told who took it: not the partner, not the coordinators, and
    not the history."""
    partnership = locked(partnership)
    check_is_member(by, partnership)
    check_can_end(partnership)
    nobody = system("a private exit", via=by.via)
    partnership.ended_at, partnership.next_at = now, None
    partnership.needs_new_partner = True
    turn_key(partnership, by=nobody, now=now)
    move(partnership, State.ENDED, verb="partnerships.ended", by=nobody, now=now)
    tell_both(partnership, PartnershipOver(partnership=partnership), now=now)
    return partnership
