"""Whose goal it is says where they are with it, and how they like it explained."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.partnerships.actions.goal import goal_to_change, tell_partner
from viceversa.partnerships.actions.seated import sealed
from viceversa.partnerships.messages.goal import LevelSaid
from viceversa.partnerships.models import Goal
from viceversa.partnerships.queries.goals import place_of_level
from viceversa.partnerships.rules import goals as rules
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused


@transaction.atomic
def say_level(
    *, goal: Goal, level: int, like: str, words: str = "", by: Actor, now: datetime
) -> Goal:
    """The two read it. It is apart from what one keeps for oneself alone. Told the first time."""
    seat, goal = goal_to_change(goal, by)
    if seat.side != rules.owner_of(goal.stream):
        raise NotAllowed(_("Where your partner is with this is for your partner to say."))
    if not rules.is_live(goal.state):
        raise Refused(_("This goal is closed. Propose a new one."), code="closed")
    is_new = goal.level_sealed is None
    said = {"level": level, "like": like, "words": words}
    goal.level_sealed = sealed(seat, place_of_level(goal, seat.me.pk), said)
    goal.save(update_fields=["level_sealed"])
    record(by=by, verb="partnerships.goal.level_said", target=goal, now=now)
    if is_new:
        tell_partner(seat, LevelSaid(goal=goal, partner=seat.me.name), now=now)
    return goal
