"""The story of two people: a draft that only they open, and what they publish."""

from dataclasses import dataclass

from django.db.models import QuerySet

from viceversa.partnerships.models import Partnership, Story
from viceversa.partnerships.queries.closing import may_tell_story
from viceversa.partnerships.queries.opening import Words, words
from viceversa.partnerships.queries.seat import Seat
from viceversa.vault.rules.envelope import SEALED, Place


def place_of_story(partnership: Partnership, draft: str, author_id: int) -> Place:
    return Place(SEALED, "partnerships.Story.sealed", f"{partnership.key}:{draft}", author_id)


@dataclass(frozen=True)
class Draft:
    """As one of the two sees it. `is_mine`: one stands behind these words already."""

    story: Story | None
    words: Words
    is_mine: bool
    waits_for_me: bool
    may_write: bool


def draft_for(seat: Seat) -> Draft:
    story = Story.objects.filter(partnership=seat.partnership).first()
    return Draft(
        story=story,
        words=words_of(seat, story) if story else Words(),
        is_mine=story is not None and story.proposer == seat.side,
        waits_for_me=story is not None and bool(story.proposer) and story.proposer != seat.side,
        may_write=may_tell_story(seat.partnership),
    )


def words_of(seat: Seat, story: Story) -> Words:
    place = place_of_story(seat.partnership, story.draft, story.author_id)
    return words(seat, place, story.sealed)


def published_stories() -> QuerySet[Story]:
    """In the words that both agreed to; never the sealed ones."""
    return (
        Story.objects.exclude(published="")
        .select_related(
            "partnership__programme",
            "partnership__learner__person",
            "partnership__adviser__person",
        )
        .order_by("-published_at", "-id")
    )
