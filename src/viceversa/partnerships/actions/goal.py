"""Goals: proposed by either, agreed by both, moved on by the one who owns them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.notifications.rules import Message
from viceversa.partnerships.actions.seated import sealed, seat_to_write
from viceversa.partnerships.messages.goal import (
    GoalAgreed,
    GoalAnswered,
    GoalDropped,
    GoalProposed,
    GoalReached,
)
from viceversa.partnerships.models import Goal, Partnership
from viceversa.partnerships.queries.goals import place_of_goal, place_of_reply
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import goals as rules
from viceversa.people.models import Skill
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

State = Goal.State


@transaction.atomic
def propose_goal(
    *,
    partnership: Partnership,
    stream: str,
    kind: str,
    title: str,
    words: str = "",
    skill: Skill | None = None,
    target: int | None = None,
    by: Actor,
    now: datetime,
) -> Goal:
    """Either of the two, on either stream. It counts once the other agrees."""
    seat = seat_to_write(by, partnership)
    _check_room(seat)
    literacy = kind == Goal.Kind.LITERACY
    if literacy and skill is None:
        raise Refused(_("Choose the skill that this goal is about."), code="no_skill")
    goal = Goal(
        partnership=seat.partnership,
        author=seat.me,
        stream=stream,
        kind=kind,
        skill=skill if literacy else None,
        target=(target or 1) if literacy else None,
        created_at=now,
    )
    goal.sealed = sealed(seat, place_of_goal(goal), {"title": title, "words": words})
    goal.save()
    detail = {"stream": stream, "kind": kind}
    record(by=by, verb="partnerships.goal.proposed", target=goal, detail=detail, now=now)
    tell_partner(seat, GoalProposed(goal=goal, partner=seat.me.name), now=now)
    return goal


def _check_room(seat: Seat) -> None:
    live = Goal.objects.filter(
        partnership=seat.partnership, state__in=[State.PROPOSED, State.OPEN]
    ).count()
    if live >= rules.MOST_OPEN:
        raise Refused(
            _("%(n)s goals are enough for two people. Reach or drop one first.") % {"n": live},
            code="too_many",
        )


@transaction.atomic
def accept_goal(*, goal: Goal, by: Actor, now: datetime) -> Goal:
    seat, goal = goal_to_change(goal, by)
    if goal.state != State.PROPOSED:
        raise Refused(_("There is nothing left to agree to here."), code="not_proposed")
    if goal.author_id == seat.me.pk:
        raise NotAllowed(_("You proposed this; it is for your partner to agree."))
    _open(goal, seat, by=by, now=now)
    return goal


def _open(goal: Goal, seat: Seat, *, by: Actor, now: datetime) -> None:
    goal.state = State.OPEN
    goal.save(update_fields=["state"])
    record(by=by, verb="partnerships.goal.agreed", target=goal, now=now)
    tell_partner(seat, GoalAgreed(goal=goal, partner=seat.me.name), now=now)


@transaction.atomic
def reply_to_goal(*, goal: Goal, reply: str, words: str, by: Actor, now: datetime) -> Goal:
    """How far one can help with what the other wants: wholly, in part or not at all."""
    seat, goal = goal_to_change(goal, by)
    if seat.side != rules.helper_of(goal.stream):
        raise NotAllowed(_("How far your partner can help is for your partner to say."))
    _check_live(goal)
    goal.reply = reply
    goal.reply_sealed = sealed(seat, place_of_reply(goal, seat.me.pk), {"words": words})
    goal.save(update_fields=["reply", "reply_sealed"])
    record(by=by, verb="partnerships.goal.answered", target=goal, detail={"reply": reply}, now=now)
    if rules.opens_with_reply(goal.state, reply, is_author=goal.author_id == seat.me.pk):
        _open(goal, seat, by=by, now=now)
    else:
        tell_partner(seat, GoalAnswered(goal=goal, partner=seat.me.name), now=now)
    return goal


@transaction.atomic
def set_progress(*, goal: Goal, progress: int, by: Actor, now: datetime) -> Goal:
    """By the owner of the stream: how far it has come, 0 to 100."""
    seat, goal = goal_to_change(goal, by)
    _check_owner(seat, goal)
    _check_open(goal)
    if not 0 <= progress <= 100:
        raise Refused(_("Say how far it has come between 0 and 100."), code="out_of_range")
    goal.progress = progress
    goal.save(update_fields=["progress"])
    detail = {"progress": progress}
    record(by=by, verb="partnerships.goal.moved", target=goal, detail=detail, now=now)
    return goal


@transaction.atomic
def reach_goal(*, goal: Goal, by: Actor, now: datetime) -> Goal:
    seat, goal = goal_to_change(goal, by)
    _check_owner(seat, goal)
    _check_open(goal)
    goal.state, goal.progress, goal.closed_at = State.REACHED, 100, now
    goal.save(update_fields=["state", "progress", "closed_at"])
    record(by=by, verb="partnerships.goal.reached", target=goal, now=now)
    tell_partner(seat, GoalReached(goal=goal, partner=seat.me.name), now=now)
    return goal


@transaction.atomic
def drop_goal(*, goal: Goal, by: Actor, now: datetime) -> Goal:
    """By its owner at any time; by who proposed it, as long as it is not agreed."""
    seat, goal = goal_to_change(goal, by)
    is_owner = seat.side == rules.owner_of(goal.stream)
    _check_live(goal)
    if not rules.may_drop(goal.state, is_owner=is_owner, is_author=goal.author_id == seat.me.pk):
        raise NotAllowed(_owner_words(goal))
    goal.state, goal.closed_at = State.DROPPED, now
    goal.save(update_fields=["state", "closed_at"])
    goal.changes.all().delete()
    record(by=by, verb="partnerships.goal.dropped", target=goal, now=now)
    tell_partner(seat, GoalDropped(goal=goal, partner=seat.me.name), now=now)
    return goal


def goal_to_change(goal: Goal, by: Actor) -> tuple[Seat, Goal]:
    """The goal as it is now, locked with its partnership. Raises NotAllowed for others."""
    seat = seat_to_write(by, goal.partnership)
    return seat, Goal.objects.select_for_update().get(pk=goal.pk)


def tell_partner(seat: Seat, message: Message, *, now: datetime) -> None:
    notify(to=[seat.partner], message=message, now=now)


def _check_owner(seat: Seat, goal: Goal) -> None:
    if seat.side != rules.owner_of(goal.stream):
        raise NotAllowed(_owner_words(goal))


def _owner_words(goal: Goal) -> str:
    if rules.owner_of(goal.stream) == "learner":
        return _("The learner owns this goal, and says how far it has come.")
    return _("The adviser owns this goal, and says how far it has come.")


def _check_open(goal: Goal) -> None:
    _check_live(goal)
    if goal.state == State.PROPOSED:
        raise Refused(_("Both of you agree on this goal first."), code="proposed")


def _check_live(goal: Goal) -> None:
    if not rules.is_live(goal.state):
        raise Refused(_("This goal is closed. Propose a new one."), code="closed")
