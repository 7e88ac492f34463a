"""One question of a live chat: what is said to it, and saying something."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.community.actions import talk as actions
from viceversa.community.forms.chat import PostForm
from viceversa.community.models import Chat, Post, Question
from viceversa.community.permissions import check_runs
from viceversa.community.queries.chat import (
    Room,
    chat_for,
    numbered,
    post_in,
    posts_of,
    questions_of,
    room_in,
    seen_in,
)
from viceversa.community.rules.chat import BEFORE
from viceversa.community.views.chat import room_frame, room_of
from viceversa.community.views.frame import Frame, member_of
from viceversa.community.views.reason import ask_why
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

NOTHING_NEW = 204
LIVE_SECONDS, SOON_SECONDS, SOON = 4, 15, timedelta(minutes=15)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, chat: str, number: int) -> HttpResponse:
    """A page that looks again says what it has seen; while nothing is new, nothing is drawn."""
    member, now = member_of(request, slug), clock.now()
    found = chat_for(member, chat)
    if _is_looking_again(request) and (answer := _short_answer(request, found)):
        return answer
    room = room_in(member, found, now=now)
    questions = questions_of(found)
    asked = numbered(questions, number)
    if _is_looking_again(request):
        return render(request, "community/chat/answers.html", _answers(request, room, asked))
    kind = "comment" if request.POST.get("kind") == "comment" else "answer"
    form = PostForm(request.POST, kind=kind) if request.method == "POST" else None
    if form is not None and form.is_valid():
        text = form.cleaned_data["text"]
        actions.say(question=asked, kind=kind, text=text, by=actor_of(request), now=now)
        return redirect("community:question", slug=slug, chat=chat, number=number)
    forms = {one: form if form and one == kind else PostForm(kind=one) for one in Post.Kind.values}
    comments = posts_of(room, asked, Post.Kind.COMMENT)
    context = {
        **_answers(request, room, asked),
        "comments": page_of(comments, number=page_number(request.GET.get("comments"))),
        "questions": questions,
        "answer_form": forms["answer"],
        "comment_form": forms["comment"],
    }
    status = 422 if form is not None else 200
    return render(request, "community/chat/question.html", context, status=status)


def _answers(request: HttpRequest, room: Room, asked: Question) -> Frame:
    """The part that is renewed: the same template within the page and alone."""
    answers = posts_of(room, asked, Post.Kind.ANSWER)
    return {
        **room_frame(request, room),
        "question": asked,
        "answers": page_of(answers, number=page_number(request.GET.get("page"))),
        "seen": seen_in(room.chat, now=clock.now()),
        "looks_again": looks_again_after(room),
    }


def _is_looking_again(request: HttpRequest) -> bool:
    return request.method == "GET" and "HX-Request" in request.headers and "seen" in request.GET


def _short_answer(request: HttpRequest, chat: Chat) -> HttpResponse | None:
    """Nothing new; or that it has begun or ended, for which the whole page is drawn anew."""
    before, now = request.GET["seen"], seen_in(chat, now=clock.now())
    if before == now:
        return HttpResponse(status=NOTHING_NEW)
    if before.partition("-")[2] != now.partition("-")[2]:
        return HttpResponse(status=NOTHING_NEW, headers={"HX-Refresh": "true"})
    return None


def looks_again_after(room: Room) -> int:
    """Seconds; none where nothing is awaited."""
    if room.is_live:
        return LIVE_SECONDS
    soon = room.chat.starts_at - clock.now() < SOON
    return SOON_SECONDS if room.phase == BEFORE and soon else 0


def _said(request: HttpRequest, room: Room, asked: Question) -> Frame:
    answers, comments = (page_number(request.GET.get(name)) for name in ("page", "comments"))
    return {
        "answers": page_of(posts_of(room, asked, Post.Kind.ANSWER), number=answers, size=50),
        "comments": page_of(posts_of(room, asked, Post.Kind.COMMENT), number=comments, size=25),
    }


@require_POST
def go_on(request: HttpRequest, slug: str, chat: str, number: int) -> HttpResponse:
    room = room_of(request, slug, chat)
    asked = numbered(questions_of(room.chat), number)
    actions.go_on_to(question=asked, by=actor_of(request), now=clock.now())
    return redirect("community:question", slug=slug, chat=chat, number=number)


def _post(room: Room, key: str) -> Post:
    post = post_in(room, key)
    post.question.chat = room.chat
    return post


@require_POST
def take_away(request: HttpRequest, slug: str, chat: str, post: str) -> HttpResponse:
    found = _post(room_of(request, slug, chat), post)
    number = found.question.number
    actions.take_post_away(post=found, by=actor_of(request), now=clock.now())
    messages.success(request, _("Taken away."))
    return redirect("community:question", slug=slug, chat=chat, number=number)


@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, slug: str, chat: str, post: str) -> HttpResponse:
    room, actor = room_of(request, slug, chat), actor_of(request)
    check_runs(actor, room.chat)
    found = _post(room, post)
    return ask_why(
        request,
        "community/chat/hide.html",
        {**room_frame(request, room), "post": found},
        give=lambda reason: actions.hide_post(post=found, reason=reason, by=actor, now=clock.now()),
        done=_("Hidden. The author reads your reason."),
        back=redirect("community:question", slug=slug, chat=chat, number=found.question.number),
    )


@require_POST
def show_again(request: HttpRequest, slug: str, chat: str, post: str) -> HttpResponse:
    found = _post(room_of(request, slug, chat), post)
    actions.show_post_again(post=found, by=actor_of(request), now=clock.now())
    messages.success(request, _("Shown to everyone again."))
    return redirect("community:question", slug=slug, chat=chat, number=found.question.number)
