"""Planning a live chat: when and about what, who hosts, which questions; and publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.community.actions.telling import tell_those_coming
from viceversa.community.actions.writing import words, writing_member
from viceversa.community.messages.chat import AskedToHost, ChatCalledOff, ChatMoved
from viceversa.community.models import Chat, Coming, Host, Question
from viceversa.community.permissions import check_coordinates, check_is_member, check_runs
from viceversa.community.queries.chat import phase_of
from viceversa.community.queries.member import belongs
from viceversa.community.rules.chat import (
    BEFORE,
    DRAFT,
    MOST_HOSTS,
    MOST_QUESTIONS,
    too_long,
    wrong_with_start,
)
from viceversa.community.rules.limits import HOST_LETTERS, QUESTION_LETTERS
from viceversa.community.rules.texts import tidy
from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

State = Chat.State


@dataclass(frozen=True)
class Plan:
    title: str
    about: str
    tag: str
    starts_at: datetime
    minutes: int
    zone: str


@transaction.atomic
def plan_chat(*, programme: Programme, plan: Plan, by: Actor, now: datetime) -> Chat:
    """A draft: coordinators and those asked to host see it."""
    writing_member(by, programme)
    check_coordinates(by, programme)
    _check_start(plan.starts_at, now=now)
    chat = Chat.objects.create(
        programme=programme, made_by_id=by.person_id or 0, made_at=now, **vars(plan)
    )
    record(by=by, verb="community.chat.planned", target=chat, now=now)
    return chat


@transaction.atomic
def change_chat(*, chat: Chat, plan: Plan, by: Actor, now: datetime) -> Chat:
    """Until it begins. Who wants to come is told of another time, and reminded anew."""
    check_coordinates(by, chat.programme)
    chat = locked(chat)
    _check_not_begun(chat, now=now)
    _check_start(plan.starts_at, now=now)
    moved = plan.starts_at != chat.starts_at
    for name, value in vars(plan).items():
        setattr(chat, name, value)
    if moved:
        chat.reminded_at = None
    chat.changes += 1
    chat.save()
    record(by=by, verb="community.chat.changed", target=chat, detail={"moved": moved}, now=now)
    if moved and chat.state == State.PUBLISHED:
        tell_those_coming(chat, ChatMoved(chat=chat), now=now)
    return chat


def _check_start(starts_at: datetime, *, now: datetime) -> None:
    if wrong_with_start(starts_at, now=now):
        raise Refused(_("Choose a time that lies ahead, and within a year."), code="start")


@transaction.atomic
def ask_to_host(*, chat: Chat, person: Person, by: Actor, now: datetime) -> None:
    check_coordinates(by, chat.programme)
    chat = locked(chat)
    _check_not_begun(chat, now=now)
    if not belongs(person, chat.programme):
        raise Refused(_("A host takes part in this programme, runs it or sponsors it."), code="who")
    if chat.hosts.count() >= MOST_HOSTS:
        raise Refused(_("A live chat has at most %(n)s hosts.") % {"n": MOST_HOSTS}, code="many")
    _host, is_new = Host.objects.get_or_create(chat=chat, person=person)
    if is_new:
        record(by=by, verb="community.chat.host_asked", target=chat, now=now)
        notify(to=[person], message=AskedToHost(chat=chat, name=by.label), now=now)


@transaction.atomic
def agree_to_host(*, chat: Chat, about: str, by: Actor, now: datetime) -> None:
    """In words of one's own, which one may change later."""
    host = _own_invitation(chat, by)
    host.about = words(about, most=HOST_LETTERS)
    host.agreed_at = host.agreed_at or now
    host.save(update_fields=["about", "agreed_at"])
    record(by=by, verb="community.chat.host_agreed", target=chat, now=now)


@transaction.atomic
def stop_hosting(*, chat: Chat, by: Actor, now: datetime) -> None:
    """No at first, or not any more. Nobody asks why."""
    _own_invitation(chat, by).delete()
    record(by=by, verb="community.chat.host_stopped", target=chat, now=now)


def _own_invitation(chat: Chat, by: Actor) -> Host:
    host = Host.objects.select_for_update().filter(chat=chat, person_id=by.person_id or 0).first()
    if host is None:
        raise NotAllowed(_("You are not asked to host this one."))
    return host


@transaction.atomic
def set_questions(*, chat: Chat, questions: Sequence[str], by: Actor, now: datetime) -> None:
    """Numbered from one. What has answers or comments keeps its number and may be reworded."""
    check_runs(by, chat)
    chat = locked(chat)
    texts = [tidy(text) for text in questions]
    _check_questions(texts)
    gone = Question.objects.filter(chat=chat, number__gt=len(texts))
    if gone.filter(posts__isnull=False).exists():
        raise Refused(
            _("People have written to a question that would go. Reword it instead."), code="written"
        )
    gone.delete()
    for number, text in enumerate(texts, start=1):
        Question.objects.update_or_create(chat=chat, number=number, defaults={"text": text})
    changed(chat)
    detail = {"questions": len(texts)}
    record(by=by, verb="community.chat.questions_set", target=chat, detail=detail, now=now)


def _check_questions(texts: Sequence[str]) -> None:
    if not texts or len(texts) > MOST_QUESTIONS or too_long(texts, most=QUESTION_LETTERS):
        raise Refused(
            _("Ask between one and %(n)s questions of at most %(most)s characters.")
            % {"n": MOST_QUESTIONS, "most": QUESTION_LETTERS},
            code="questions",
        )


@transaction.atomic
def publish_chat(*, chat: Chat, by: Actor, now: datetime) -> None:
    check_coordinates(by, chat.programme)
    chat = locked(chat)
    if chat.state != State.DRAFT:
        raise Refused(_("It is published already, or called off."), code="state")
    _check_start(chat.starts_at, now=now)
    if not chat.questions.exists() or not chat.hosts.filter(agreed_at__isnull=False).exists():
        raise Refused(
            _("It takes at least one question, and a host who said yes."), code="incomplete"
        )
    chat.state = State.PUBLISHED
    chat.save(update_fields=["state"])
    record(by=by, verb="community.chat.published", target=chat, now=now)


@transaction.atomic
def call_chat_off(*, chat: Chat, by: Actor, now: datetime) -> None:
    check_coordinates(by, chat.programme)
    chat = locked(chat)
    _check_not_begun(chat, now=now)
    was_published = chat.state == State.PUBLISHED
    chat.state = State.CALLED_OFF
    chat.save(update_fields=["state"])
    record(by=by, verb="community.chat.called_off", target=chat, now=now)
    if was_published:
        tell_those_coming(chat, ChatCalledOff(chat=chat), now=now)


@transaction.atomic
def come_to_chat(*, chat: Chat, comes: bool, by: Actor, now: datetime) -> None:
    """To be reminded, or not any more."""
    check_is_member(by, chat.programme)
    chat = locked(chat)
    if not comes:
        Coming.objects.filter(chat=chat, person_id=by.person_id or 0).delete()
    elif phase_of(chat, now=now) != BEFORE:
        raise Refused(_("There is nothing to be reminded of any more."), code="state")
    else:
        Coming.objects.get_or_create(chat=chat, person_id=by.person_id or 0)
    record(by=by, verb="community.chat.coming", target=chat, detail={"comes": comes}, now=now)


def _check_not_begun(chat: Chat, *, now: datetime) -> None:
    if phase_of(chat, now=now) not in (DRAFT, BEFORE):
        raise Refused(_("It has begun, is over or was called off."), code="state")


def locked(chat: Chat) -> Chat:
    rows = Chat.objects.select_for_update(of=("self",), no_key=True).select_related("programme")
    return rows.get(pk=chat.pk)


def changed(chat: Chat) -> None:
    """There is something new to see; the caller holds the row."""
    chat.changes += 1
    chat.save(update_fields=["changes"])
