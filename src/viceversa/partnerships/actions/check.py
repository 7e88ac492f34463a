"""How well one thinks one knows it, and how often one uses it, before and after: for its author
alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.partnerships.actions.goal import goal_to_change
from viceversa.partnerships.actions.own_answer import keep_answer, moments_of
from viceversa.partnerships.models import Goal, OwnAnswer, SelfCheck, Use
from viceversa.partnerships.permissions import check_is_learner, check_is_member
from viceversa.partnerships.queries.goals import place_of_check, place_of_use
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import goals as rules
from viceversa.partnerships.rules.own_answers import KNOWING, USE, asks_for_use
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def check_oneself(
    *, goal: Goal, moment: str, step: int, is_counted: bool = False, by: Actor, now: datetime
) -> OwnAnswer:
    """Nobody is told, and nobody else can open it. `is_counted` lets its band into reports; without
    it nothing of this goal is in them any more."""
    seat, goal = goal_to_change(goal, by)
    _check_moment(SelfCheck, goal, seat, moment)
    check = keep_answer(
        SelfCheck,
        {"goal": goal},
        seat=seat,
        moment=moment,
        step=step,
        band=KNOWING.band_of(step) if is_counted else "",
        place=place_of_check(goal, moment, seat.me.pk),
        by=by,
        now=now,
    )
    detail = {"moment": moment}
    record(by=by, verb="partnerships.goal.checked", target=goal, detail=detail, now=now)
    return check


@transaction.atomic
def say_use(
    *, goal: Goal, moment: str, step: int, is_counted: bool = False, by: Actor, now: datetime
) -> OwnAnswer:
    """How often the learner uses it themselves. Nobody is told, and nobody else can open it."""
    check_is_learner(by, goal.partnership)
    seat, goal = goal_to_change(goal, by)
    if not asks_for_use(kind=goal.kind, stream=goal.stream):
        raise Refused(
            _("How often you use it is asked where a goal is to understand a skill."),
            code="other_kind",
        )
    _check_moment(Use, goal, seat, moment)
    use = keep_answer(
        Use,
        {"goal": goal},
        seat=seat,
        moment=moment,
        step=step,
        band=USE.band_of(step) if is_counted else "",
        place=place_of_use(goal, moment, seat.me.pk),
        by=by,
        now=now,
    )
    detail = {"moment": moment}
    record(by=by, verb="partnerships.goal.use_said", target=goal, detail=detail, now=now)
    return use


@transaction.atomic
def keep_checks_out_of_reports(*, goal: Goal, by: Actor, now: datetime) -> None:
    """At any time, also once the partnership is over."""
    check_is_member(by, goal.partnership)
    SelfCheck.objects.filter(goal=goal, author=by.person_id).update(band="")


@transaction.atomic
def keep_use_out_of_reports(*, goal: Goal, by: Actor, now: datetime) -> None:
    check_is_member(by, goal.partnership)
    Use.objects.filter(goal=goal, author=by.person_id).update(band="")


def _check_moment(model: type[OwnAnswer], goal: Goal, seat: Seat, moment: str) -> None:
    done = moments_of(model, {"goal": goal}, seat)
    if not rules.may_check(
        goal.state, moment, has_before="before" in done, has_after="after" in done
    ):
        raise Refused(not_now(moment, done) or _("This goal is not open now."), code="not_now")


def not_now(moment: str, done: set[str]) -> str:
    """Why an answer is not taken, where that lies in the answers; else empty."""
    if moment == SelfCheck.Moment.AFTER and SelfCheck.Moment.BEFORE not in done:
        return _("Say first where you began; then you can see how far you came.")
    if SelfCheck.Moment.AFTER in done:
        return _("You have looked back already, so where you began stays as it is.")
    return ""
