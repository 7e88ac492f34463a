"""Closing: both look back apart; then the two go on, or it is completed."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.moving import move, turn_key
from viceversa.partnerships.actions.seated import sealed, seat_to_write
from viceversa.partnerships.actions.telling import tell_both
from viceversa.partnerships.messages.closing import (
    BothLookedBack,
    PartnerLookedBack,
    PartnershipCompleted,
    PartnershipGoesOn,
)
from viceversa.partnerships.models import Closing, Partnership
from viceversa.partnerships.queries.closing import looks_of, place_of_closing
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import closing as rules
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

State = Partnership.State


@transaction.atomic
def hand_in_look_back(
    *,
    partnership: Partnership,
    words: dict[str, str],
    gained: bool,
    wants_more: bool,
    more_until: date | None,
    story_consent: bool,
    by: Actor,
    now: datetime,
) -> Closing:
    """`words`: what worked, what one takes along, even better if. Until the other has handed in
    too, it can be changed and is read by its author alone."""
    seat = _seat_while_closing(by, partnership)
    looks = looks_of(seat.partnership)
    if len(looks) == 2:
        raise Refused(_("Both of you have handed in. It stays as it is."), code="both_in")
    until = more_until if wants_more else None
    if wants_more and (until is None or not rules.fits_extension(until, today=now.date())):
        raise Refused(
            _("To go on, choose a day in the future, at most a year from now."), code="bad_until"
        )
    row, _new = Closing.objects.update_or_create(
        partnership=seat.partnership,
        side=seat.side,
        is_past=False,
        defaults={
            "author": seat.me,
            "sealed": sealed(seat, place_of_closing(seat.partnership, seat.me.pk), words),
            "gained": gained,
            "wants_more": wants_more,
            "more_until": until,
            "story_consent": story_consent,
            "handed_in_at": now,
        },
    )
    detail = {"side": seat.side}
    record(by=by, verb="partnerships.closing.handed_in", target=row, detail=detail, now=now)
    _tell_of_look_back(seat, now=now)
    return row


def _tell_of_look_back(seat: Seat, *, now: datetime) -> None:
    if len(looks_of(seat.partnership)) == 2:
        tell_both(seat.partnership, BothLookedBack(partnership=seat.partnership), now=now)
        return
    message = PartnerLookedBack(partnership=seat.partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=message, now=now)


@transaction.atomic
def extend_partnership(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """Only when both gained and both want more, until the earlier of the two days they named."""
    seat = _seat_while_closing(by, partnership)
    partnership = seat.partnership
    until = rules.goes_on_until(looks_of(partnership), today=now.date())
    if until is None:
        raise Refused(
            _("A partnership goes on when both gained and both want more."), code="not_both"
        )
    Closing.objects.filter(partnership=partnership, is_past=False).update(is_past=True)
    partnership.learner_closes_at = partnership.adviser_closes_at = partnership.closing_at = None
    partnership.extended_until = until
    detail: dict[str, object] = {"until": until}
    state = lifecycle.after("go_on", partnership.state)
    move(partnership, state, verb="partnerships.extended", by=by, now=now, detail=detail)
    tell_both(partnership, PartnershipGoesOn(partnership=partnership, until=until), now=now)
    return partnership


@transaction.atomic
def complete_partnership(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """Once both have looked back, or one has and the other was silent for two weeks. The key is
    turned: what was written stays readable by the two."""
    seat = _seat_while_closing(by, partnership)
    partnership = seat.partnership
    if not rules.may_complete(looks_of(partnership), now=now):
        raise Refused(
            _("Look back first, both of you. After two weeks of silence one is enough."),
            code="not_looked_back",
        )
    partnership.ended_at, partnership.next_at = now, None
    turn_key(partnership, by=by, now=now)
    state = lifecycle.after("complete", partnership.state)
    move(partnership, state, verb="partnerships.completed", by=by, now=now)
    tell_both(partnership, PartnershipCompleted(partnership=partnership), now=now)
    return partnership


def _seat_while_closing(by: Actor, partnership: Partnership) -> Seat:
    seat = seat_to_write(by, partnership)
    if seat.partnership.state != State.CLOSING:
        raise Refused(_("You two look back once you begin to close."), code="not_closing")
    return seat
