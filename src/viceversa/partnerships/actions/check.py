"""How well one thinks one knows it, before and after: for its author alone."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.partnerships.actions.goal import goal_to_change
from viceversa.partnerships.models import Goal, SelfCheck
from viceversa.partnerships.permissions import check_is_member
from viceversa.partnerships.queries.goals import place_of_check
from viceversa.partnerships.rules import goals as rules
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.vault.actions import own_ring
from viceversa.vault.queries import keyring


@transaction.atomic
def check_oneself(
    *, goal: Goal, moment: str, step: int, is_counted: bool = False, by: Actor, now: datetime
) -> SelfCheck:
    """Nobody is told, and nobody else can open it. `is_counted` lets its band into reports; without
    it nothing of this goal is in them any more."""
    seat, goal = goal_to_change(goal, by)
    done = set(SelfCheck.objects.filter(goal=goal, author=seat.me).values_list("moment", flat=True))
    if not rules.may_check(
        goal.state, moment, has_before="before" in done, has_after="after" in done
    ):
        raise Refused(_not_now(moment, done), code="not_now")
    ring = own_ring(seat.me, now=now)
    place = place_of_check(goal, moment, seat.me.pk)
    sealed = keyring(by, [ring]).seal(ring, place, json.dumps({"step": step}))
    band = rules.band_of(step) if is_counted else ""
    check, _new = SelfCheck.objects.update_or_create(
        goal=goal,
        author=seat.me,
        moment=moment,
        defaults={"sealed": sealed, "at": now, "band": band},
    )
    if not is_counted:
        SelfCheck.objects.filter(goal=goal, author=seat.me).update(band="")
    detail = {"moment": moment}
    record(by=by, verb="partnerships.goal.checked", target=goal, detail=detail, now=now)
    return check


@transaction.atomic
def keep_checks_out_of_reports(*, goal: Goal, by: Actor, now: datetime) -> None:
    """At any time, also once the partnership is over."""
    check_is_member(by, goal.partnership)
    SelfCheck.objects.filter(goal=goal, author=by.person_id).update(band="")


def _not_now(moment: str, done: set[str]) -> str:
    if moment == SelfCheck.Moment.AFTER and SelfCheck.Moment.BEFORE not in done:
        return _("Say first where you began; then you can see how far you came.")
    if SelfCheck.Moment.AFTER in done:
        return _("You have looked back already, so where you began stays as it is.")
    return _("This goal is not open now.")
