"""Live chats of one programme, as one member sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.community.models import Chat, Coming, Host, Post, Question
from viceversa.community.queries.member import Member
from viceversa.community.rules.chat import LIVE, phase
from viceversa.toolkit.errors import NotFound

State = Chat.State
HIDDEN = Q(posts__hidden_at__isnull=True)


@dataclass(frozen=True)
class Room:
    """A live chat with what its reader may do in it."""

    chat: Chat
    member: Member
    hosts: list[Host]
    is_coming: bool
    phase: str

    @property
    def own_invitation(self) -> Host | None:
        return next((one for one in self.hosts if one.person_id == self.member.person_id), None)

    @property
    def runs_it(self) -> bool:
        own = self.own_invitation
        return self.member.is_coordinator or (own is not None and own.agreed_at is not None)

    @property
    def shown_hosts(self) -> list[Host]:
        return [one for one in self.hosts if one.agreed_at or self.runs_it]

    @property
    def is_live(self) -> bool:
        return self.phase == LIVE

    @property
    def takes_comments(self) -> bool:
        return self.member.is_open and self.chat.state == State.PUBLISHED


def phase_of(chat: Chat, *, now: datetime) -> str:
    return phase(
        state=chat.state,
        starts_at=chat.starts_at,
        ends_at=chat.ends_at,
        ended_at=chat.ended_at,
        now=now,
    )


def _visible(member: Member) -> QuerySet[Chat]:
    """What is no draft; drafts for coordinators and those asked to host."""
    chats = Chat.objects.filter(programme=member.programme).select_related("programme", "made_by")
    if member.is_coordinator:
        return chats
    mine = Host.objects.filter(chat=OuterRef("pk"), person=member.person_id)
    return chats.filter(~Q(state=State.DRAFT) | Exists(mine))


def chats_ahead(member: Member, *, now: datetime) -> list[tuple[Chat, str]]:
    """With their phase; whoever plans more than twenty at once finds the others among the past."""
    soonest = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = _visible(member).filter(starts_at__gte=soonest).order_by("starts_at", "id")[:20]
    rows = [(chat, phase_of(chat, now=now)) for chat in found]
    return [(chat, where) for chat, where in rows if where != "over"]


def chats_past(member: Member, *, now: datetime) -> QuerySet[Chat]:
    return _visible(member).filter(starts_at__lt=now).order_by("-starts_at", "-id")


def chat_for(member: Member, key: str) -> Chat:
    chat = _visible(member).filter(key=key).first()
    if chat is None:
        raise NotFound(_("There is no such live chat, or it is not yours to see."))
    return chat


def room_in(member: Member, chat: Chat, *, now: datetime) -> Room:
    return Room(
        chat=chat,
        member=member,
        hosts=list(chat.hosts.select_related("person")),
        is_coming=Coming.objects.filter(chat=chat, person=member.person_id).exists(),
        phase=phase_of(chat, now=now),
    )


def room_for(member: Member, key: str, *, now: datetime) -> Room:
    return room_in(member, chat_for(member, key), now=now)


def seen_in(chat: Chat, *, now: datetime) -> str:
    """What a page of it shows: it changes with what is said, and when it begins and ends."""
    return f"{chat.changes}-{phase_of(chat, now=now)}"


def questions_of(chat: Chat) -> list[Question]:
    """With how many answers and comments each has that everybody sees."""
    counted = {
        kind: Count("posts", filter=HIDDEN & Q(posts__kind=kind)) for kind in ("answer", "comment")
    }
    counts = {"answers": counted["answer"], "comments": counted["comment"]}
    return list(chat.questions.annotate(**counts).order_by("number"))


def numbered(questions: Iterable[Question], number: int) -> Question:
    for question in questions:
        if question.number == number:
            return question
    raise NotFound(_("There is no such question, or it is not yours to see."))


def _seen(room: Room, posts: QuerySet[Post]) -> QuerySet[Post]:
    if not room.runs_it:
        posts = posts.filter(Q(hidden_at__isnull=True) | Q(author=room.member.person_id))
    return posts.select_related("author", "question")


def posts_of(room: Room, question: Question, kind: str) -> QuerySet[Post]:
    """Answers the newest first while it is live, as one reads them below the field; else in the
    order in which they came."""
    posts = _seen(room, question.posts.filter(kind=kind))
    newest_first = kind == Post.Kind.ANSWER and room.is_live
    return posts.order_by("-id" if newest_first else "id")


def transcript_of(room: Room) -> QuerySet[Post]:
    posts = Post.objects.filter(question__chat=room.chat).select_related("question")
    return _seen(room, posts).order_by("question__number", "kind", "id")


def post_in(room: Room, key: str) -> Post:
    posts = _seen(room, Post.objects.filter(question__chat=room.chat)).select_related("question")
    post = posts.filter(key=key).first()
    if post is None:
        raise NotFound(_("There is no such post, or it is not yours to see."))
    return post
