"""Other words for a goal, and its title for coordinators: both take the yes of the other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.partnerships.actions.goal import goal_to_change, tell_partner
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.seated import sealed
from viceversa.partnerships.messages.goal import ChangeAgreed, ChangeProposed, ChangeRefused
from viceversa.partnerships.models import Goal, GoalChange
from viceversa.partnerships.permissions import check_is_member
from viceversa.partnerships.queries.goals import (
    confidentiality_of,
    place_of_change,
    place_of_goal,
)
from viceversa.partnerships.queries.opening import words as open_words
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.partnerships.rules import goals as rules
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

Kind = GoalChange.Kind


@transaction.atomic
def adjust_goal(
    *, goal: Goal, title: str, words: str, target: int | None = None, by: Actor, now: datetime
) -> Goal:
    """Nothing changes before the other agrees, but in a proposal of one's own. `target` is how far
    to understand a skill; None leaves it as it is."""
    seat, goal = goal_to_change(goal, by)
    if not rules.is_live(goal.state):
        raise Refused(_("This goal is closed. Propose a new one."), code="closed")
    values: dict[str, Any] = {"title": title, "words": words}
    if goal.target is not None and target not in (None, goal.target):
        values["target"] = target
    if goal.state == Goal.State.PROPOSED and goal.author_id == seat.me.pk:
        _put(goal, values, seat)
        goal.save(update_fields=["sealed", "target"])
        record(by=by, verb="partnerships.goal.reworded", target=goal, now=now)
        return goal
    _offer(goal, Kind.WORDS, values, seat, by=by, now=now)
    return goal


@transaction.atomic
def offer_to_share(*, goal: Goal, title: str, by: Actor, now: datetime) -> Goal:
    """A title typed anew, for coordinators. Sealed for the two until the other agrees."""
    seat, goal = goal_to_change(goal, by)
    _check_sharing(goal)
    if goal.state == Goal.State.DROPPED:
        raise Refused(_("This goal is closed. Propose a new one."), code="closed")
    _offer(goal, Kind.SHARE, {"title": title}, seat, by=by, now=now)
    return goal


def _check_sharing(goal: Goal) -> None:
    if not rules.may_share(confidentiality_of(goal.partnership)):
        raise Refused(
            _(
                "What you two signed lets nothing leave the two of you. To share a goal, change "
                "the agreement first; both of you sign it."
            ),
            code="confidential",
        )


def _offer(
    goal: Goal, kind: str, values: dict[str, Any], seat: Seat, *, by: Actor, now: datetime
) -> None:
    waiting = GoalChange.objects.filter(goal=goal, kind=kind).first()
    if waiting is not None and waiting.author_id != seat.me.pk:
        raise Refused(_("Answer your partner's change first."), code="waiting")
    text = sealed(seat, place_of_change(goal, kind, seat.me.pk), values)
    GoalChange.objects.update_or_create(
        goal=goal, kind=kind, defaults={"author": seat.me, "sealed": text, "at": now}
    )
    detail = {"change": kind}
    record(by=by, verb="partnerships.goal.change_proposed", target=goal, detail=detail, now=now)
    tell_partner(seat, ChangeProposed(goal=goal, partner=seat.me.name), now=now)


@transaction.atomic
def agree_to_change(*, goal: Goal, kind: str, by: Actor, now: datetime) -> Goal:
    seat, goal = goal_to_change(goal, by)
    change = _waiting(goal, kind)
    if change.author_id == seat.me.pk:
        raise NotAllowed(_("You proposed this; it is for your partner to agree."))
    if kind == Kind.SHARE:
        _check_sharing(goal)
    values = _opened(seat, goal, change)
    if kind == Kind.SHARE:
        goal.shared_title, goal.shared_at = values["title"], now
        goal.save(update_fields=["shared_title", "shared_at"])
    else:
        goal.author_id = change.author_id
        _put(goal, values, seat)
        if goal.state == Goal.State.PROPOSED:
            goal.state = Goal.State.OPEN
        goal.save(update_fields=["author", "sealed", "state", "target"])
    change.delete()
    detail = {"change": kind}
    record(by=by, verb="partnerships.goal.change_agreed", target=goal, detail=detail, now=now)
    tell_partner(seat, ChangeAgreed(goal=goal, partner=seat.me.name), now=now)
    return goal


@transaction.atomic
def refuse_change(*, goal: Goal, kind: str, by: Actor, now: datetime) -> Goal:
    """By the other, or taken back by who proposed it. What stood before still stands."""
    seat, goal = goal_to_change(goal, by)
    change = _waiting(goal, kind)
    is_taken_back = change.author_id == seat.me.pk
    change.delete()
    verb = "change_taken_back" if is_taken_back else "change_refused"
    record(by=by, verb=f"partnerships.goal.{verb}", target=goal, detail={"change": kind}, now=now)
    if not is_taken_back:
        tell_partner(seat, ChangeRefused(goal=goal, partner=seat.me.name), now=now)
    return goal


@transaction.atomic
def stop_sharing(*, goal: Goal, by: Actor, now: datetime) -> Goal:
    """Either of the two, at once and without asking, also when it is over."""
    check_is_member(by, goal.partnership)
    seat = seat_at(by, locked(goal.partnership))
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    if not goal.shared_title:
        raise Refused(_("This goal is not shared."), code="not_shared")
    goal.shared_title, goal.shared_at = "", None
    goal.save(update_fields=["shared_title", "shared_at"])
    record(by=by, verb="partnerships.goal.unshared", target=goal, now=now)
    tell_partner(seat, ChangeAgreed(goal=goal, partner=seat.me.name), now=now)
    return goal


def _put(goal: Goal, values: Mapping[str, Any], seat: Seat) -> None:
    """The words are sealed; how far is a plain column, as in a proposal."""
    texts = {name: values[name] for name in ("title", "words")}
    goal.sealed = sealed(seat, place_of_goal(goal), texts)
    goal.target = values.get("target", goal.target)


def _waiting(goal: Goal, kind: str) -> GoalChange:
    change = GoalChange.objects.filter(goal=goal, kind=kind).first()
    if change is None:
        raise Refused(_("There is nothing left to agree to here."), code="no_change")
    return change


def _opened(seat: Seat, goal: Goal, change: GoalChange) -> dict[str, Any]:
    place = place_of_change(goal, change.kind, change.author_id)
    found = open_words(seat, place, change.sealed)
    if found.trouble:
        raise Refused(_("This change cannot be opened, so it cannot be agreed to."), code="closed")
    return found.values
