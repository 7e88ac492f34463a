"""Telling many people the same, in batches that every database takes."""

from collections.abc import Sequence
from datetime import datetime

from viceversa.notifications.actions import notify
from viceversa.notifications.rules import Message
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import coordinators_of
from viceversa.toolkit.actor import Actor

BATCH = 500


def tell(people: Sequence[Person], message: Message, *, now: datetime) -> None:
    for start in range(0, len(people), BATCH):
        notify(to=people[start : start + BATCH], message=message, now=now)


def tell_coordinators(programme: Programme, message: Message, *, by: Actor, now: datetime) -> None:
    """Everyone who runs it, except whoever did it."""
    tell(list(coordinators_of(programme).exclude(pk=by.person_id or 0)), message, now=now)
