"""The two people say yes or no."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships import rules
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.power import check_not_held
from viceversa.partnerships.actions.sealing import ring_of_two
from viceversa.partnerships.actions.telling import tell_both
from viceversa.partnerships.events import PartnershipAnswered
from viceversa.partnerships.messages import (
    PartnerAccepted,
    PartnershipAccepted,
    PartnershipNotTaken,
)
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_can_answer
from viceversa.partnerships.queries.side import side_of
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.events import announce

State = Partnership.State


@transaction.atomic
def accept_partnership(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    partnership = locked(partnership)
    check_can_answer(by, partnership)
    _check_open_to_answers(partnership)
    check_not_held(partnership)
    side = side_of(by, partnership)
    field = f"{side}_accepted_at"
    if getattr(partnership, field) is not None:
        raise Refused(_("You have already said yes."), code="already_accepted")
    setattr(partnership, field, now)
    partnership.state = rules.state_after_accept(
        learner_accepted=partnership.learner_accepted_at is not None,
        adviser_accepted=partnership.adviser_accepted_at is not None,
    )
    if partnership.state == State.ACCEPTED:
        partnership.ring = ring_of_two(partnership, now=now)
    partnership.save(update_fields=[field, "state", "ring"])
    record(by=by, verb="partnerships.accepted", target=partnership, detail={"side": side}, now=now)
    _tell_of_yes(partnership, side=side or "", now=now)
    announce(PartnershipAnswered(partnership=partnership, yes=True))
    return partnership


@transaction.atomic
def decline_partnership(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """No reason is asked for, and none is shown to the partner."""
    partnership = locked(partnership)
    check_can_answer(by, partnership)
    _check_open_to_answers(partnership)
    partnership.state = State.DECLINED
    partnership.ended_at = now
    partnership.save(update_fields=["state", "ended_at"])
    record(by=by, verb="partnerships.declined", target=partnership, now=now)
    tell_both(partnership, PartnershipNotTaken(partnership=partnership), now=now)
    announce(PartnershipAnswered(partnership=partnership, yes=False))
    return partnership


def _check_open_to_answers(partnership: Partnership) -> None:
    if not rules.may_answer(partnership.state):
        raise Refused(
            _("This partnership is %(state)s; there is nothing left to answer.")
            % {"state": partnership.get_state_display().lower()},
            code="not_open",
        )


def _tell_of_yes(partnership: Partnership, *, side: str, now: datetime) -> None:
    if partnership.state == State.ACCEPTED:
        tell_both(partnership, PartnershipAccepted(partnership=partnership), now=now)
        return
    partner = partnership.adviser if side == "learner" else partnership.learner
    notify(to=[partner.person], message=PartnerAccepted(partnership=partnership), now=now)
