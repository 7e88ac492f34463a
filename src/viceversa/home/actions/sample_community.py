"""Lets people of the running sample programme write for each other, through the same actions that
people use. The mails it would have caused are not sent."""

from datetime import datetime, timedelta

from viceversa.community.actions.opportunity import (
    Post,
    post_opportunity,
    say_outcome,
    show_interest,
)
from viceversa.community.actions.story import (
    Told,
    agree_to_story,
    hand_in_story,
    name_in_story,
    publish_story,
    write_story,
)
from viceversa.community.actions.tip import thank_for_tip, write_tip
from viceversa.community.models import Story
from viceversa.home.actions.sample_chats import hold_chats
from viceversa.home.sample import sharing
from viceversa.home.sample.setting import ADVISER, LEARNER
from viceversa.notifications.models import Delivery
from viceversa.people.models import Person, Skill
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.toolkit.actor import Actor

NEEDED = 4


def let_them_share(programme: Programme, *, now: datetime) -> None:
    """Nothing in a sample that is too small to hold different voices."""
    learners, advisers = _voices(programme, "learner"), _voices(programme, "adviser")
    if min(len(learners), len(advisers)) < NEEDED:
        return
    _write_tips(programme, learners, advisers, now=now)
    _tell_stories(programme, learners, advisers[0], now=now)
    _post_opportunities(programme, learners, advisers, now=now)
    hold_chats(programme, learners, advisers, _standing(programme, "coordinator"), now=now)
    Delivery.objects.filter(state=Delivery.State.WAITING).delete()


def _voices(programme: Programme, role: str) -> list[Actor]:
    """The one who can sign in comes first."""
    named = LEARNER if role == "learner" else ADVISER
    parts = Enrolment.objects.filter(
        programme=programme, state=Enrolment.State.ENROLLED, **{f"is_{role}": True}
    ).select_related("person")
    found = [*parts.filter(person__name=named), *parts.exclude(person__name=named)[:8]]
    return [Actor(person_id=part.person_id, label=part.person.name) for part in found]


def _write_tips(
    programme: Programme, learners: list[Actor], advisers: list[Actor], *, now: datetime
) -> None:
    topics = {skill.slug: skill for skill in Skill.objects.all()}
    for place, (stream, topic, text) in enumerate(sharing.TIPS):
        writers, readers = (advisers, learners) if stream == "given" else (learners, advisers)
        at = now - timedelta(days=3 * (len(sharing.TIPS) - place))
        tip = write_tip(
            programme=programme,
            stream=stream,
            topic=topics.get(topic),
            text=text,
            by=writers[place % NEEDED],
            now=at,
        )
        for reader in readers[: place % 3]:
            thank_for_tip(tip=tip, by=reader, now=at + timedelta(hours=5))


def _standing(programme: Programme, role: str) -> list[Actor]:
    rows = Standing.objects.filter(programme=programme, role=role).select_related("person")
    return [Actor(person_id=row.person_id, label=row.person.name) for row in rows.order_by("pk")]


def _tell_stories(
    programme: Programme, learners: list[Actor], adviser: Actor, *, now: datetime
) -> None:
    """Two that are told, one that waits for a second look."""
    coordinators, sponsors = _standing(programme, "coordinator"), _standing(programme, "sponsor")
    if not coordinators or not sponsors:
        return
    at = now - timedelta(days=12)
    told = _hand_in(programme, sharing.LEARNERS_STORY, learners[0], adviser, at=at)
    publish_story(story=told, by=coordinators[0], now=at + timedelta(days=2))
    at = now - timedelta(days=6)
    told = _hand_in(programme, sharing.SPONSORS_STORY, sponsors[0], None, at=at)
    publish_story(story=told, by=coordinators[0], now=at + timedelta(days=1))
    _hand_in(programme, sharing.DRAFTED_STORY, learners[1], None, at=now - timedelta(days=1))


def _hand_in(
    programme: Programme,
    words: tuple[str, str, str],
    by: Actor,
    named: Actor | None,
    *,
    at: datetime,
) -> Story:
    story = write_story(programme=programme, told=Told(*words), by=by, now=at)
    if named:
        person = Person.objects.get(pk=named.person_id or 0)
        name_in_story(story=story, person=person, by=by, now=at)
    hand_in_story(story=story, by=by, now=at)
    if named:
        agree_to_story(story=story, by=named, now=at + timedelta(hours=3))
    return story


def _post_opportunities(
    programme: Programme, learners: list[Actor], advisers: list[Actor], *, now: datetime
) -> None:
    """Three that are open; on the first, two are interested and one takes part already."""
    posted = [
        post_opportunity(
            programme=programme,
            post=Post(kind, title, text, (now + timedelta(days=days)).date()),
            by=learners[place],
            now=now - timedelta(days=5 - place),
        )
        for place, (kind, title, days, text) in enumerate(sharing.OPPORTUNITIES)
    ]
    for place, (adviser, note) in enumerate(zip(advisers, (sharing.INTERESTED, ""), strict=False)):
        at = now - timedelta(days=2 - place)
        show_interest(opportunity=posted[0], note=note, by=adviser, now=at)
    person = Person.objects.get(pk=advisers[1].person_id or 0)
    outcome, by = "taken_part", learners[0]
    say_outcome(opportunity=posted[0], person=person, outcome=outcome, by=by, now=now)
