"""How sure an adviser feels, at the start and at the end: for the adviser alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.partnerships.actions.check import not_now
from viceversa.partnerships.actions.own_answer import keep_answer, moments_of
from viceversa.partnerships.actions.seated import seat_to_write
from viceversa.partnerships.models import Confidence, OwnAnswer, Partnership
from viceversa.partnerships.permissions import check_is_adviser, check_is_member
from viceversa.partnerships.queries.own_answers import place_of_confidence
from viceversa.partnerships.rules.own_answers import CONFIDENCE, may_say_confidence
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def say_confidence(
    *,
    partnership: Partnership,
    moment: str,
    step: int,
    is_counted: bool = False,
    by: Actor,
    now: datetime,
) -> OwnAnswer:
    """Nobody is told, and nobody else can open it. `is_counted` lets its band into reports."""
    check_is_adviser(by, partnership)
    seat = seat_to_write(by, partnership)
    about = {"partnership": seat.partnership}
    done = moments_of(Confidence, about, seat)
    if not may_say_confidence(
        seat.partnership.state, moment, has_before="before" in done, has_after="after" in done
    ):
        sentence = not_now(moment, done) or _("You say this at the start, and when you two close.")
        raise Refused(sentence, code="not_now")
    said = keep_answer(
        Confidence,
        about,
        seat=seat,
        moment=moment,
        step=step,
        band=CONFIDENCE.band_of(step) if is_counted else "",
        place=place_of_confidence(seat.partnership, moment, seat.me.pk),
        by=by,
        now=now,
    )
    detail = {"moment": moment}
    verb = "partnerships.confidence.said"
    record(by=by, verb=verb, target=seat.partnership, detail=detail, now=now)
    return said


@transaction.atomic
def keep_confidence_out_of_reports(*, partnership: Partnership, by: Actor, now: datetime) -> None:
    """At any time, also once the partnership is over."""
    check_is_member(by, partnership)
    Confidence.objects.filter(partnership=partnership, author=by.person_id).update(band="")
