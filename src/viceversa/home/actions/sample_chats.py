"""Live chats of the sample: one that lies ahead with comments already, one that was held."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from viceversa.community.actions.chat import (
    Plan,
    agree_to_host,
    ask_to_host,
    come_to_chat,
    plan_chat,
    publish_chat,
    set_questions,
)
from viceversa.community.actions.talk import say
from viceversa.community.models import Chat
from viceversa.home.sample import sharing
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor


def hold_chats(
    programme: Programme,
    learners: Sequence[Actor],
    advisers: Sequence[Actor],
    coordinators: Sequence[Actor],
    *,
    now: datetime,
) -> None:
    if not coordinators:
        return
    held_at = _at_one(now - timedelta(days=9))
    at = held_at - timedelta(days=5)
    held = _plan(programme, sharing.PAST_CHAT, held_at, advisers[1], coordinators[0], at=at)
    _speak(held, [*advisers[:2], *learners[:2]], at=held_at + timedelta(minutes=4))
    starts_at, at = _at_one(now + timedelta(days=4)), now - timedelta(days=2)
    ahead = _plan(programme, sharing.CHAT, starts_at, advisers[0], coordinators[0], at=at)
    first = ahead.questions.get(number=1)
    for place, text in enumerate(sharing.COMMENTS):
        say(question=first, kind="comment", text=text, by=learners[place], now=now)
    come_to_chat(chat=ahead, comes=True, by=learners[0], now=now)


def _at_one(day: datetime) -> datetime:
    return day.replace(hour=13, minute=0, second=0, microsecond=0)


def _plan(
    programme: Programme, title: str, starts_at: datetime, host: Actor, by: Actor, *, at: datetime
) -> Chat:
    plan = Plan(title, sharing.CHAT_ABOUT, "asked-openly", starts_at, 60, "Europe/London")
    chat = plan_chat(programme=programme, plan=plan, by=by, now=at)
    person = Person.objects.get(pk=host.person_id or 0)
    ask_to_host(chat=chat, person=person, by=by, now=at)
    agree_to_host(chat=chat, about=sharing.HOST_ABOUT, by=host, now=at)
    set_questions(chat=chat, questions=sharing.CHAT_QUESTIONS, by=by, now=at)
    publish_chat(chat=chat, by=by, now=at)
    return chat


def _speak(chat: Chat, people: Sequence[Actor], *, at: datetime) -> None:
    for question in chat.questions.filter(number__lte=2):
        for place, text in enumerate(sharing.ANSWERS[question.number - 1]):
            by, said_at = people[place + question.number - 1], at + timedelta(minutes=place)
            say(question=question, kind="answer", text=text, by=by, now=said_at)
    text, by = sharing.COMMENTS[0], people[-1]
    question = chat.questions.get(number=1)
    say(question=question, kind="comment", text=text, by=by, now=at + timedelta(days=1))
