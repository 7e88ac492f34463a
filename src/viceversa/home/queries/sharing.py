"""What the people of one's programmes have for each other today: a few queries, always the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from viceversa.community.models import Chat, Story
from viceversa.community.queries.chat import phase_of
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.toolkit.actor import Actor

CHATS_AHEAD, NEWS = timedelta(days=14), timedelta(days=30)
LONGEST_CHAT = timedelta(hours=3)
MOST_SHOWN = 3


@dataclass(frozen=True)
class Sharing:
    """`asked`: stories that name me and wait for my yes. `to_look_at`: those for my second look."""

    chats: list[tuple[Chat, str]]
    newest_story: Story | None
    asked: list[Story]
    to_look_at: list[Story]


def sharing_for(actor: Actor, *, now: datetime) -> Sharing:
    mine = _programmes_of(actor)
    stories = Story.objects.select_related("author", "programme")
    told = stories.filter(
        programme__in=mine, state=Story.State.PUBLISHED, published_at__gt=now - NEWS
    )
    return Sharing(
        chats=_chats(mine, now=now),
        newest_story=told.order_by("-published_at", "-id").first(),
        asked=_asked(actor, stories.filter(programme__in=mine)),
        to_look_at=_to_look_at(actor, stories),
    )


def _programmes_of(actor: Actor) -> QuerySet[Programme]:
    """Those one runs, sponsors or takes part in, which are not in the archive."""
    person = actor.person_id or 0
    parts = Enrolment.objects.filter(person=person, state=Enrolment.State.ENROLLED)
    mine = Q(pk__in=parts.values("programme"))
    mine |= Q(pk__in=Standing.objects.filter(person=person).values("programme"))
    return Programme.objects.filter(mine).exclude(state=Programme.State.ARCHIVED).order_by()


def _chats(mine: QuerySet[Programme], *, now: datetime) -> list[tuple[Chat, str]]:
    found = Chat.objects.filter(
        programme__in=mine,
        state=Chat.State.PUBLISHED,
        ended_at__isnull=True,
        starts_at__range=(now - LONGEST_CHAT, now + CHATS_AHEAD),
    ).select_related("programme")
    rows = [(chat, phase_of(chat, now=now)) for chat in found.order_by("starts_at", "id")[:10]]
    return [row for row in rows if row[1] != "over"][:MOST_SHOWN]


def _asked(actor: Actor, stories: QuerySet[Story]) -> list[Story]:
    waiting = stories.filter(
        state=Story.State.ASKING,
        named__person=actor.person_id or 0,
        named__agreed_at__isnull=True,
    )
    return list(waiting.order_by("id")[:MOST_SHOWN])


def _to_look_at(actor: Actor, stories: QuerySet[Story]) -> list[Story]:
    """Not one's own, and none that names oneself: the second look is somebody else's."""
    person = actor.person_id or 0
    coordinated = Standing.objects.filter(person=person, role=Standing.Role.COORDINATOR)
    waiting = stories.filter(
        state=Story.State.WAITING, programme__in=coordinated.values("programme")
    )
    return list(waiting.exclude(Q(author=person) | Q(named__person=person)).order_by("id")[:3])
