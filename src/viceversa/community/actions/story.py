"""Stories: written, agreed to by everyone named, looked at by a coordinator, told, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.community.actions.writing import author_with_room, words, writing_member
from viceversa.community.messages.story import NamedInStory, StoryBack, StoryTold, StoryToLookAt
from viceversa.community.models import Named, Story
from viceversa.community.permissions import check_coordinates
from viceversa.community.queries.member import Member, belongs
from viceversa.community.rules import story as rules
from viceversa.community.rules.limits import LONGEST_REASON, MOST_NAMED, STORY
from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import coordinators_of
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

State = Story.State


@dataclass(frozen=True)
class Told:
    """The answers to the three prompts."""

    not_known: str
    asked: str
    changed: str

    def tidy(self) -> dict[str, str]:
        return {name: words(text, most=STORY.letters) for name, text in vars(self).items()}


@transaction.atomic
def write_story(*, programme: Programme, told: Told, by: Actor, now: datetime) -> Story:
    member = writing_member(by, programme)
    story = Story.objects.create(
        programme=programme,
        author=author_with_room(by, STORY, Story.objects.all(), now=now),
        voice=_voice(member),
        written_at=now,
        **told.tidy(),
    )
    record(by=by, verb="community.story.written", target=story, now=now)
    return story


def _voice(member: Member) -> str:
    return rules.voice_of(
        is_sponsor=member.is_sponsor, is_learner=member.is_learner, is_adviser=member.is_adviser
    )


@transaction.atomic
def change_story(*, story: Story, told: Told, by: Actor, now: datetime) -> Story:
    """Those named agreed to other words, so they are asked again."""
    story = _own_draft(story, by)
    for name, text in told.tidy().items():
        setattr(story, name, text)
    story.save(update_fields=list(vars(told)))
    story.named.update(agreed_at=None)
    record(by=by, verb="community.story.changed", target=story, now=now)
    return story


@transaction.atomic
def name_in_story(*, story: Story, person: Person, by: Actor, now: datetime) -> None:
    story = _own_draft(story, by)
    if not belongs(person, story.programme):
        raise Refused(
            _("Only people of this programme can read it and agree. Leave out anybody else."),
            code="outside",
        )
    if person.pk == story.author_id or story.named.count() >= MOST_NAMED:
        raise Refused(_("A story names at most %(n)s others.") % {"n": MOST_NAMED}, code="too_many")
    Named.objects.get_or_create(story=story, person=person)
    record(by=by, verb="community.story.named", target=story, now=now)


@transaction.atomic
def leave_out_of_story(*, story: Story, person: Person, by: Actor, now: datetime) -> None:
    story = _own_draft(story, by)
    story.named.filter(person=person).delete()
    record(by=by, verb="community.story.left_out", target=story, now=now)


@transaction.atomic
def hand_in_story(*, story: Story, by: Actor, now: datetime) -> None:
    """Asks everyone named who has not agreed to these words yet; then a coordinator looks."""
    writing_member(by, story.programme)
    story = _own_draft(story, by)
    story.sent_back_reason = ""
    record(by=by, verb="community.story.handed_in", target=story, now=now)
    asked = [one.person for one in _named(story) if one.agreed_at is None]
    message = NamedInStory(story=story, name=story.author.name)
    notify(to=asked, message=message, now=now)
    _move_on(story, now=now)


@transaction.atomic
def agree_to_story(*, story: Story, by: Actor, now: datetime) -> None:
    story = _locked(story)
    own = _own_name(story, by)
    if story.state != State.ASKING or own.agreed_at is not None:
        raise Refused(_("Nothing is asked of you here now."), code="state")
    own.agreed_at = now
    own.save(update_fields=["agreed_at"])
    record(by=by, verb="community.story.agreed", target=story, now=now)
    _move_on(story, now=now)


@transaction.atomic
def publish_story(*, story: Story, by: Actor, now: datetime) -> None:
    story = _to_look_at(story, by)
    _set(story, State.PUBLISHED, published_at=now, looked_at_by_id=by.person_id)
    record(by=by, verb="community.story.published", target=story, now=now)
    people = [story.author, *(one.person for one in _named(story))]
    notify(to=people, message=StoryTold(story=story), now=now)


@transaction.atomic
def send_story_back(*, story: Story, reason: str, by: Actor, now: datetime) -> None:
    """Before it is told, or after: what was overlooked once can still be mended."""
    check_coordinates(by, story.programme)
    story = _locked(story)
    if story.state not in (State.WAITING, State.PUBLISHED):
        raise Refused(_("It is not with you any more."), code="state")
    reason = words(reason, most=LONGEST_REASON)
    _set(story, State.DRAFT, sent_back_reason=reason)
    record(by=by, verb="community.story.sent_back", target=story, now=now)
    notify(to=[story.author], message=StoryBack(story=story, reason=reason), now=now)


@transaction.atomic
def take_story_back(*, story: Story, by: Actor, now: datetime) -> None:
    """By the author or anybody named, at any time and without a reason."""
    story = _locked(story)
    if story.state not in rules.UNDER_WAY:
        raise Refused(_("Nobody reads it now but its author."), code="state")
    if story.author_id != by.person_id:
        own = _own_name(story, by)
        own.agreed_at = None
        own.save(update_fields=["agreed_at"])
        notify(to=[story.author], message=StoryBack(story=story, reason=""), now=now)
    _set(story, State.DRAFT)
    record(by=by, verb="community.story.taken_back", target=story, now=now)


@transaction.atomic
def remove_story(*, story: Story, by: Actor, now: datetime) -> None:
    story = _own(story, by)
    record(by=by, verb="community.story.removed", target=story, now=now)
    story.delete()


def _move_on(story: Story, *, now: datetime) -> None:
    named = _named(story)
    state = rules.after_asking([one.agreed_at is not None for one in named])
    _set(story, state)
    if state == State.WAITING:
        known = [story.author_id, *(one.person_id for one in named)]
        others = coordinators_of(story.programme).exclude(pk__in=known)
        notify(to=others, message=StoryToLookAt(story=story), now=now)


def _set(story: Story, state: str, **fields: object) -> None:
    values = {"state": state, "published_at": None, **fields}
    for name, value in values.items():
        setattr(story, name, value)
    story.save(update_fields=[*(name.removesuffix("_id") for name in values), "sent_back_reason"])


def _named(story: Story) -> Sequence[Named]:
    return list(Named.objects.filter(story=story).select_related("person"))


def _own_name(story: Story, by: Actor) -> Named:
    own = Named.objects.filter(story=story, person_id=by.person_id or 0).first()
    if own is None:
        raise NotAllowed(_("Only the author and those named decide about a story."))
    return own


def _locked(story: Story) -> Story:
    rows = Story.objects.select_for_update(of=("self",)).select_related("author", "programme")
    return rows.get(pk=story.pk)


def _own(story: Story, by: Actor) -> Story:
    story = _locked(story)
    if by.person_id != story.author_id:
        raise NotAllowed(_("Only the person who wrote it can do this."))
    return story


def _own_draft(story: Story, by: Actor) -> Story:
    story = _own(story, by)
    if story.state != State.DRAFT:
        raise Refused(_("Take it back first; then you can change it."), code="state")
    return story


def _to_look_at(story: Story, by: Actor) -> Story:
    """A second look is somebody else's: not the author's, and not that of somebody named."""
    check_coordinates(by, story.programme)
    story = _locked(story)
    if story.state != State.WAITING:
        raise Refused(_("It does not wait for a second look now."), code="state")
    if by.person_id in {story.author_id, *(one.person_id for one in _named(story))}:
        raise Refused(
            _("You are in this story yourself. The second look is another coordinator's."),
            code="own",
        )
    return story
