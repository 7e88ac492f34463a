"""A story is told when both say yes to the same words, and as long as both do."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.seated import sealed
from viceversa.partnerships.messages.story import StoryProposed, StoryPublished, StoryTakenBack
from viceversa.partnerships.models import Partnership, Story
from viceversa.partnerships.permissions import check_is_member
from viceversa.partnerships.queries.closing import may_tell_story
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.partnerships.queries.story import place_of_story, words_of
from viceversa.partnerships.rules.closing import LONGEST_STORY
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.ids import new_key

TELLING = (Partnership.State.CLOSING, Partnership.State.COMPLETED)


@transaction.atomic
def propose_story(*, partnership: Partnership, text: str, by: Actor, now: datetime) -> Story:
    """New words: who writes them says yes to them, and the other is asked. What was published
    stays until both agree to the new words, or one takes it back."""
    seat = _seat_while_telling(by, partnership)
    text = text.strip()
    if not text or len(text) > LONGEST_STORY:
        raise Refused(
            _("Write between one and %(most)s characters.") % {"most": LONGEST_STORY}, code="length"
        )
    draft = new_key()
    place = place_of_story(seat.partnership, draft, seat.me.pk)
    story, _new = Story.objects.update_or_create(
        partnership=seat.partnership,
        defaults={
            "draft": draft,
            "sealed": sealed(seat, place, {"text": text}),
            "author": seat.me,
            "proposer": seat.side,
            "written_at": now,
        },
    )
    record(by=by, verb="partnerships.story.proposed", target=story, now=now)
    message = StoryProposed(partnership=seat.partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=message, now=now)
    return story


@transaction.atomic
def publish_story(*, partnership: Partnership, draft: str, by: Actor, now: datetime) -> Story:
    """The other side says yes to the words it has seen: `draft` names them."""
    seat = _seat_while_telling(by, partnership)
    story = Story.objects.select_for_update().filter(partnership=seat.partnership).first()
    if story is None or story.draft != draft or not story.proposer:
        raise Refused(_("The words have changed. Read them as they are now."), code="changed")
    if story.proposer == seat.side:
        raise Refused(_("You have said yes already. Now it takes the other's."), code="own")
    opened = words_of(seat, story)
    if opened.trouble:
        raise Refused(_("You cannot open these words, so you cannot agree to them."), code="shut")
    story.published, story.published_at, story.proposer = opened["text"], now, ""
    story.save(update_fields=["published", "published_at", "proposer"])
    record(by=by, verb="partnerships.story.published", target=story, now=now)
    message = StoryPublished(partnership=seat.partnership)
    notify(to=[seat.me, seat.partner], message=message, now=now)
    return story


@transaction.atomic
def take_story_back(*, partnership: Partnership, by: Actor, now: datetime) -> Story:
    """By either, at any time and without a reason: nobody else reads it from now on, and a draft
    needs the yes of both anew."""
    check_is_member(by, partnership)
    seat = seat_at(by, locked(partnership))
    story = Story.objects.select_for_update().filter(partnership=seat.partnership).first()
    if story is None or not (story.published or story.proposer):
        raise Refused(_("There is nothing to take back."), code="nothing")
    story.published, story.published_at, story.proposer = "", None, ""
    story.save(update_fields=["published", "published_at", "proposer"])
    record(by=by, verb="partnerships.story.taken_back", target=story, now=now)
    message = StoryTakenBack(partnership=seat.partnership)
    notify(to=[seat.partner], message=message, now=now)
    return story


def _seat_while_telling(by: Actor, partnership: Partnership) -> Seat:
    check_is_member(by, partnership)
    partnership = locked(partnership)
    if partnership.state not in TELLING or not may_tell_story(partnership):
        raise Refused(
            _("A story needs a yes from both when you look back, and an agreement that allows it."),
            code="no_story",
        )
    return seat_at(by, partnership)
