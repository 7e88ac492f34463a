"""A live chat as it happens: answers and comments, going on, ending; and the reminder before."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.community.actions import moderation
from viceversa.community.actions.chat import changed, locked
from viceversa.community.actions.telling import tell_those_coming
from viceversa.community.actions.writing import author_with_room, words, writing_member
from viceversa.community.messages.chat import ChatBegins
from viceversa.community.models import Chat, Post, Question
from viceversa.community.permissions import check_is_author, check_runs
from viceversa.community.queries.chat import phase_of
from viceversa.community.rules.chat import LIVE, REMINDED_BEFORE
from viceversa.community.rules.limits import LIMIT_OF
from viceversa.history.actions import record
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def say(*, question: Question, kind: str, text: str, by: Actor, now: datetime) -> Post:
    """A short answer while it is live; a comment as soon as all read the questions."""
    chat = locked(question.chat)
    writing_member(by, chat.programme)
    if kind not in LIMIT_OF or chat.state != Chat.State.PUBLISHED:
        raise Refused(_("Nothing can be written here now."), code="state")
    if kind == Post.Kind.ANSWER and phase_of(chat, now=now) != LIVE:
        raise Refused(
            _("Live answers are for the time it is live. Write a comment instead."), code="not_live"
        )
    limit = LIMIT_OF[kind]
    post = Post.objects.create(
        question=question,
        kind=kind,
        author=author_with_room(by, limit, Post.objects.filter(kind=kind), now=now),
        text=words(text, most=limit.letters),
        written_at=now,
    )
    changed(chat)
    record(by=by, verb="community.post.written", target=post, detail={"kind": kind}, now=now)
    return post


@transaction.atomic
def take_post_away(*, post: Post, by: Actor, now: datetime) -> None:
    check_is_author(by, post)
    changed(locked(post.question.chat))
    record(by=by, verb="community.post.removed", target=post, now=now)
    post.delete()


@transaction.atomic
def hide_post(*, post: Post, reason: str, by: Actor, now: datetime) -> None:
    check_runs(by, post.question.chat)
    changed(locked(post.question.chat))
    moderation.hide(post, reason=reason, path=_page(post), by=by, now=now)


@transaction.atomic
def show_post_again(*, post: Post, by: Actor, now: datetime) -> None:
    check_runs(by, post.question.chat)
    changed(locked(post.question.chat))
    moderation.show_again(post, path=_page(post), by=by, now=now)


def _page(post: Post) -> str:
    chat = post.question.chat
    return reverse("community:question", args=[chat.programme.slug, chat.key, post.question.number])


@transaction.atomic
def go_on_to(*, question: Question, by: Actor, now: datetime) -> None:
    """The hosts lead: everybody sees which question is the one now. The others stay open."""
    chat = _live(question.chat, by, now=now)
    chat.current = question.number
    chat.save(update_fields=["current"])
    changed(chat)
    detail = {"question": question.number}
    record(by=by, verb="community.chat.went_on", target=chat, detail=detail, now=now)


@transaction.atomic
def end_chat(*, chat: Chat, by: Actor, now: datetime) -> None:
    """Earlier than planned. Comments go on."""
    chat = _live(chat, by, now=now)
    chat.ended_at = now
    chat.save(update_fields=["ended_at"])
    changed(chat)
    record(by=by, verb="community.chat.ended", target=chat, now=now)


def _live(chat: Chat, by: Actor, *, now: datetime) -> Chat:
    check_runs(by, chat)
    chat = locked(chat)
    if phase_of(chat, now=now) != LIVE:
        raise Refused(_("It is not live now."), code="not_live")
    return chat


@transaction.atomic
def remind_of_chats(*, by: Actor, now: datetime) -> int:
    """Once for each, within the hour before it begins. How many were due."""
    due = Chat.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=Chat.State.PUBLISHED,
        reminded_at__isnull=True,
        starts_at__gt=now,
        starts_at__lte=now + REMINDED_BEFORE,
    )
    chats = list(due.select_related("programme").order_by("pk"))
    for chat in chats:
        chat.reminded_at = now
        chat.save(update_fields=["reminded_at"])
        record(by=by, verb="community.chat.reminded", target=chat, now=now)
        tell_those_coming(chat, ChatBegins(chat=chat), now=now)
    return len(chats)
