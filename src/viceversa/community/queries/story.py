"""Stories of one programme: those told, and those that wait for somebody."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.community.models import Named, Story
from viceversa.community.queries.member import Member, people_of_programme
from viceversa.partnerships.models import Story as StoryOfTwo
from viceversa.partnerships.queries.story import published_stories
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.errors import NotFound

State = Story.State
SHOWN_OF_TWO, SHOWN_WAITING, FOUND = 3, 20, 8


def _stories() -> QuerySet[Story]:
    named = Prefetch("named", queryset=Named.objects.select_related("person"))
    return Story.objects.select_related("author", "programme").prefetch_related(named)


def stories_told(programme: Programme) -> QuerySet[Story]:
    told = _stories().filter(programme=programme, state=State.PUBLISHED)
    return told.order_by("-published_at", "-id")


def stories_of_two(programme: Programme) -> list[StoryOfTwo]:
    """In the words that both of them agreed to."""
    return list(published_stories().filter(partnership__programme=programme)[:SHOWN_OF_TWO])


def _visible(member: Member) -> QuerySet[Story]:
    """One's own; those one is named in, once asked; those to look at; those told. Whoever has left
    the programme still reads what they stand in, so that they can take it back."""
    me = member.person_id
    mine = Q(author=me)
    asked = Q(named__person=me) & ~Q(state=State.DRAFT)
    to_look_at = Q(state=State.WAITING) if member.is_coordinator else Q(pk__in=[])
    found = _stories().filter(programme=member.programme)
    if member.has_gone:
        return found.filter(mine | asked).distinct()
    return found.filter(mine | asked | to_look_at | Q(state=State.PUBLISHED)).distinct()


def story_for(member: Member, key: str) -> Story:
    story = _visible(member).filter(key=key).first()
    if story is None:
        raise NotFound(_("There is no such story, or it is not yours to see."))
    return story


@dataclass(frozen=True)
class Waiting:
    """A story that is not told yet, and whether it is this reader's turn."""

    story: Story
    is_mine: bool
    asks_me: bool
    for_second_look: bool


def waiting_for(member: Member) -> list[Waiting]:
    rows = _visible(member).exclude(state=State.PUBLISHED).order_by("-id")[:SHOWN_WAITING]
    return [as_seen(member, row) for row in rows]


def as_seen(member: Member, story: Story) -> Waiting:
    asks = [one for one in story.named.all() if one.person_id == member.person_id]
    is_mine = story.author_id == member.person_id
    return Waiting(
        story=story,
        is_mine=is_mine,
        asks_me=story.state == State.ASKING and any(one.agreed_at is None for one in asks),
        for_second_look=story.state == State.WAITING
        and member.is_coordinator
        and not is_mine
        and not asks,
    )


def people_to_name(member: Member, words: str, story: Story) -> list[Person]:
    """People of the programme, as only they can read the story and agree to it."""
    taken = [story.author_id, *(one.person_id for one in story.named.all())]
    return list(people_of_programme(member.programme, words).exclude(pk__in=taken)[:FOUND])
