"""Partnerships come into being: proposed by a round, or agreed by an ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.partnerships import rules
from viceversa.partnerships.actions.sealing import ring_for
from viceversa.partnerships.actions.telling import tell_all, tell_both
from viceversa.partnerships.messages import (
    PartnershipAccepted,
    PartnershipNotTaken,
    PartnershipProposed,
)
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_is_one_of
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

State = Partnership.State
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two enrolments whose persons are loaded."""

    learner: Enrolment
    adviser: Enrolment
    reason: str = ""


@transaction.atomic
def propose_partnerships(
    *, programme: Programme, pairs: Iterable[Pair], origin: str, by: Actor, now: datetime
) -> list[Partnership]:
    """Makes one proposed partnership for each pair and tells both people of each."""
    check_can_coordinate(by, programme)
    partnerships = Partnership.objects.bulk_create(
        (
            Partnership(
                programme=programme,
                learner=pair.learner,
                adviser=pair.adviser,
                reason=pair.reason[:600],
                origin=origin,
                created_at=now,
            )
            for pair in pairs
        ),
        batch_size=BATCH,
    )
    detail = {"partnerships": len(partnerships), "origin": origin}
    record(by=by, verb="partnerships.proposed", target=programme, detail=detail, now=now)
    tell_all(partnerships, lambda one: PartnershipProposed(partnership=one), now=now)
    return partnerships


@transaction.atomic
def agree_partnership(
    *, pair: Pair, asked_at: datetime, origin: str, by: Actor, now: datetime
) -> Partnership:
    """The learner asked and the adviser says yes: both have accepted at once."""
    check_is_one_of(by, pair.learner, pair.adviser)
    partnership = Partnership.objects.create(
        programme=pair.learner.programme,
        learner=pair.learner,
        adviser=pair.adviser,
        state=State.ACCEPTED,
        reason=pair.reason[:600],
        origin=origin,
        learner_accepted_at=asked_at,
        adviser_accepted_at=now,
        ring=ring_for(pair.learner, pair.adviser, now=now),
        created_at=now,
    )
    record(
        by=by,
        verb="partnerships.agreed",
        target=partnership,
        detail={"origin": origin},
        now=now,
    )
    tell_both(partnership, PartnershipAccepted(partnership=partnership), now=now)
    return partnership


@transaction.atomic
def withdraw_proposed(*, programme: Programme, origin: str, by: Actor, now: datetime) -> int:
    """Takes back all partnerships of one origin, as long as nobody has answered."""
    check_can_coordinate(by, programme)
    partnerships = list(
        Partnership.objects.select_for_update(of=("self",))
        .filter(programme=programme, origin=origin)
        .select_related("learner__person", "adviser__person", "programme")
    )
    if any(_has_answer(partnership) for partnership in partnerships):
        raise Refused(
            _("Somebody has already answered, so this can no longer be undone."),
            code="already_answered",
        )
    Partnership.objects.filter(programme=programme, origin=origin).update(
        state=State.WITHDRAWN, ended_at=now
    )
    detail = {"partnerships": len(partnerships), "origin": origin}
    record(by=by, verb="partnerships.withdrawn", target=programme, detail=detail, now=now)
    tell_all(partnerships, lambda one: PartnershipNotTaken(partnership=one), now=now)
    return len(partnerships)


def _has_answer(partnership: Partnership) -> bool:
    return rules.has_answer(
        partnership.state,
        learner_accepted=partnership.learner_accepted_at is not None,
        adviser_accepted=partnership.adviser_accepted_at is not None,
    )
