"""Live chats: the list, planning one, and its page."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.community.actions import chat as actions
from viceversa.community.actions.talk import end_chat
from viceversa.community.forms.chat import ChatForm, HostForm, QuestionsForm, initial_of
from viceversa.community.permissions import check_coordinates, check_runs
from viceversa.community.queries.chat import (
    Room,
    chats_ahead,
    chats_past,
    phase_of,
    questions_of,
    room_for,
    transcript_of,
)
from viceversa.community.queries.member import people_of_programme
from viceversa.community.rules.calendar import calendar_file, entry
from viceversa.community.views.frame import Frame, frame, member_of
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of, words_typed
from viceversa.toolkit.paging import page_number, page_of

FOUND = 8
ACTS: dict[str, tuple[Callable[..., None], dict[str, Any], Any]] = {
    "publish": (actions.publish_chat, {}, gettext_lazy("Published. Everyone reads the questions.")),
    "call-off": (actions.call_chat_off, {}, gettext_lazy("Called off. Those coming are told.")),
    "come": (actions.come_to_chat, {"comes": True}, gettext_lazy("You are reminded before.")),
    "stay-away": (actions.come_to_chat, {"comes": False}, gettext_lazy("You are not reminded.")),
    "stop-hosting": (actions.stop_hosting, {}, gettext_lazy("You do not host it.")),
    "end": (end_chat, {}, gettext_lazy("Ended. Comments go on.")),
}


def my_zone(request: HttpRequest) -> str:
    person = getattr(request.user, "person", None)
    return str(person.time_zone) if person else "UTC"


def room_of(request: HttpRequest, slug: str, key: str) -> Room:
    return room_for(member_of(request, slug), key, now=clock.now())


def room_frame(request: HttpRequest, room: Room) -> Frame:
    here, mine = ZoneInfo(room.chat.zone), ZoneInfo(my_zone(request))
    at = room.chat.starts_at
    is_elsewhere = at.astimezone(here).utcoffset() != at.astimezone(mine).utcoffset()
    more = {"room": room, "chat": room.chat, "here": here, "mine": mine}
    return {**frame(room.member, "chats"), **more, "is_elsewhere": is_elsewhere}


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    member, now = member_of(request, slug), clock.now()
    page = page_of(chats_past(member, now=now), number=page_number(request.GET.get("page")))
    past = [(chat, phase_of(chat, now=now)) for chat in page.rows]
    context = {
        **frame(member, "chats"),
        "ahead": chats_ahead(member, now=now),
        "page": page,
        "past": [(chat, where) for chat, where in past if where != "live"],
        "mine": ZoneInfo(my_zone(request)),
    }
    return render(request, "community/chat/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    member, actor, now = member_of(request, slug), actor_of(request), clock.now()
    check_coordinates(actor, member.programme)
    form = ChatForm(
        request.POST or None, now=now, initial={"zone": my_zone(request), "minutes": 60}
    )
    if request.method == "POST" and form.is_valid():
        chat = actions.plan_chat(programme=member.programme, plan=_plan(form), by=actor, now=now)
        messages.success(request, _("A draft. Next come hosts and questions."))
        return redirect("community:chat", slug=slug, chat=chat.key)
    context = {**frame(member, "chats"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "community/chat/plan.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, chat: str) -> HttpResponse:
    room, actor, now = room_of(request, slug, chat), actor_of(request), clock.now()
    check_coordinates(actor, room.member.programme)
    form = ChatForm(request.POST or None, now=now, initial=initial_of(room.chat))
    if request.method == "POST" and form.is_valid():
        actions.change_chat(chat=room.chat, plan=_plan(form), by=actor, now=now)
        messages.success(request, _("Changed. Who wants to come is told of another time."))
        return redirect("community:chat", slug=slug, chat=chat)
    context = {**room_frame(request, room), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "community/chat/plan.html", context, status=status)


def _plan(form: ChatForm) -> actions.Plan:
    names = ("title", "about", "tag", "starts_at", "minutes", "zone")
    return actions.Plan(**{name: form.cleaned_data[name] for name in names})


@require_GET
def detail(request: HttpRequest, slug: str, chat: str) -> HttpResponse:
    """Before: hosts and questions. Live: the way to the question that is asked now. After: all
    that was said."""
    room = room_of(request, slug, chat)
    page = None
    if room.phase == "over":
        page = page_of(transcript_of(room), number=page_number(request.GET.get("page")), size=50)
    context = {**room_frame(request, room), "questions": questions_of(room.chat), "page": page}
    return render(request, "community/chat/chat.html", context)


@require_GET
def calendar(request: HttpRequest, slug: str, chat: str) -> HttpResponse:
    """For one's own calendar, as long as it lies ahead."""
    room = room_of(request, slug, chat)
    if room.phase != "before":
        raise NotFound(_("It does not lie ahead, so there is nothing for a calendar."))
    found = room.chat
    event = entry(
        key=found.key,
        title=found.title,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        url=f"{settings.BASE_URL}{reverse('community:chat', args=[slug, chat])}",
        changes=found.changes,
    )
    return HttpResponse(
        calendar_file(event, now=clock.now()),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="live-chat.ics"',
            "Cache-Control": "private, no-store",
        },
    )


@require_http_methods(["GET", "POST"])
def hosts(request: HttpRequest, slug: str, chat: str) -> HttpResponse:
    """For coordinators: who is asked, and the search for others."""
    room, actor = room_of(request, slug, chat), actor_of(request)
    check_coordinates(actor, room.member.programme)
    if request.method == "POST":
        person = Person.objects.filter(key=request.POST.get("person", "")).first()
        if person is None:
            raise NotFound(_("There is nobody of that name any more. Search again."))
        actions.ask_to_host(chat=room.chat, person=person, by=actor, now=clock.now())
        messages.success(request, _("Asked. They stand on the page once they say yes."))
        return redirect("community:chat_hosts", slug=slug, chat=chat)
    typed = words_typed(request)
    asked = [one.person_id for one in room.hosts]
    found = people_of_programme(room.member.programme, typed).exclude(pk__in=asked)[:FOUND]
    context = {**room_frame(request, room), "words": typed, "found": list(found) if typed else []}
    return render(request, "community/chat/hosts.html", context)


@require_http_methods(["GET", "POST"])
def host(request: HttpRequest, slug: str, chat: str) -> HttpResponse:
    """One's own invitation: yes in one's own words, or no."""
    room = room_of(request, slug, chat)
    own = room.own_invitation
    if own is None:
        raise NotFound(_("There is no such live chat, or it is not yours to see."))
    form = HostForm(request.POST or None, initial={"about": own.about})
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["about"]
        actions.agree_to_host(chat=room.chat, about=about, by=actor_of(request), now=clock.now())
        messages.success(request, _("You host it, in these words."))
        return redirect("community:chat", slug=slug, chat=chat)
    context = {**room_frame(request, room), "form": form, "own": own}
    status = 422 if form.is_bound else 200
    return render(request, "community/chat/host.html", context, status=status)


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, slug: str, chat: str) -> HttpResponse:
    room, actor = room_of(request, slug, chat), actor_of(request)
    check_runs(actor, room.chat)
    asked = "\n".join(room.chat.questions.values_list("text", flat=True))
    form = QuestionsForm(request.POST or None, initial={"text": asked})
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data["text"]
        actions.set_questions(chat=room.chat, questions=found, by=actor, now=clock.now())
        messages.success(request, _("Numbered and kept."))
        return redirect("community:chat", slug=slug, chat=chat)
    context = {**room_frame(request, room), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "community/chat/questions.html", context, status=status)


@require_POST
def act(request: HttpRequest, slug: str, chat: str, what: str) -> HttpResponse:
    room = room_of(request, slug, chat)
    if what not in ACTS:
        raise NotFound(_("There is no such button."))
    action, values, done = ACTS[what]
    action(chat=room.chat, by=actor_of(request), now=clock.now(), **values)
    messages.success(request, str(done))
    if what == "stop-hosting":
        return redirect("community:chats", slug=slug)
    return redirect("community:chat", slug=slug, chat=chat)
