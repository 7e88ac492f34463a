from datetime import datetime, timedelta
from typing import Any

from tests.factories.accounts import actor_for_person
from tests.factories.partnerships import MADE_AT
from tests.factories.programmes import make_coordinator, make_enrolment, make_programme
from viceversa.community.actions.chat import (
    Plan,
    agree_to_host,
    ask_to_host,
    plan_chat,
    publish_chat,
    set_questions,
)
from viceversa.community.actions.opportunity import Post, post_opportunity
from viceversa.community.actions.story import Told, hand_in_story, name_in_story, write_story
from viceversa.community.actions.tip import write_tip
from viceversa.community.models import Chat, Opportunity, Story, Tip
from viceversa.people.models import Person, Skill
from viceversa.programmes.models import Programme


def make_tip(
    programme: Programme | None = None,
    *,
    author: Person | None = None,
    text: str = "Film upright, and say the first sentence in ten seconds.",
    topic: Skill | None = None,
    now: datetime = MADE_AT,
    **fields: Any,
) -> Tip:
    """By an adviser, unless the test brings an author."""
    programme = programme or make_programme(state="running")
    author = author or make_enrolment(programme, adviser=True).person
    stream = fields.pop("stream", "given")
    return write_tip(
        programme=programme,
        stream=stream,
        topic=topic,
        text=text,
        by=actor_for_person(author),
        now=now,
    )


def make_story(
    programme: Programme | None = None,
    *,
    author: Person | None = None,
    named: tuple[Person, ...] = (),
    handed_in: bool = True,
    not_known: str = "I did not know what a story ring is.",
    now: datetime = MADE_AT,
) -> Story:
    """By a learner; handed in, so that those named are asked or a coordinator looks."""
    programme = programme or make_programme(state="running")
    author = author or make_enrolment(programme, learner=True).person
    by = actor_for_person(author)
    told = Told(not_known, "I asked the newest of the team.", "I post one a week now.")
    story = write_story(programme=programme, told=told, by=by, now=now)
    for person in named:
        name_in_story(story=story, person=person, by=by, now=now)
    if handed_in:
        hand_in_story(story=story, by=by, now=now)
    story.refresh_from_db()
    return story


def make_opportunity(
    programme: Programme | None = None,
    *,
    author: Person | None = None,
    now: datetime = MADE_AT,
    days: int = 14,
    **fields: Any,
) -> Opportunity:
    """By a learner, open for two weeks."""
    programme = programme or make_programme(state="running")
    author = author or make_enrolment(programme, learner=True).person
    values = {"kind": "project", "title": "A film for the reading room", "text": "Two days."}
    post = Post(**{**values, **fields}, ends_on=now.date() + timedelta(days=days))
    by = actor_for_person(author)
    return post_opportunity(programme=programme, post=post, by=by, now=now)


QUESTIONS = ["Who does it well?", "How can a leader learn it in private?", "What made you begin?"]


def make_chat(
    programme: Programme | None = None,
    *,
    starts_at: datetime,
    now: datetime = MADE_AT,
    host: Person | None = None,
    published: bool = True,
    **fields: Any,
) -> Chat:
    """With three questions and a host who said yes, made at `now`."""
    programme = programme or make_programme(state="running")
    by = actor_for_person(make_coordinator(programme))
    host = host or make_enrolment(programme, adviser=True).person
    values = {"title": "Short video, asked openly", "about": "", "tag": "", "minutes": 60}
    plan = Plan(**{**values, "zone": "Europe/London", **fields}, starts_at=starts_at)
    chat = plan_chat(programme=programme, plan=plan, by=by, now=now)
    ask_to_host(chat=chat, person=host, by=by, now=now)
    agree_to_host(chat=chat, about="I film for a living.", by=actor_for_person(host), now=now)
    set_questions(chat=chat, questions=QUESTIONS, by=by, now=now)
    if published:
        publish_chat(chat=chat, by=by, now=now)
    chat.refresh_from_db()
    return chat
