"""Stories: what is told, and what waits."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.community.actions import story as actions
from viceversa.community.forms.story import StoryForm
from viceversa.community.models import Story
from viceversa.community.permissions import check_coordinates
from viceversa.community.queries.member import Member
from viceversa.community.queries.story import (
    as_seen,
    people_to_name,
    stories_of_two,
    stories_told,
    story_for,
    waiting_for,
)
from viceversa.community.views.frame import Frame, frame, member_of, reader_of
from viceversa.community.views.reason import ask_why
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of, words_typed
from viceversa.toolkit.paging import page_number, page_of

ACTS: dict[str, tuple[Callable[..., None], Any]] = {
    "hand-in": (actions.hand_in_story, gettext_lazy("Handed in. Those named are asked first.")),
    "agree": (
        actions.agree_to_story,
        gettext_lazy("You agreed. Take it back at any time."),
    ),
    "publish": (actions.publish_story, gettext_lazy("Published. Everyone in it is told.")),
    "take-back": (actions.take_story_back, gettext_lazy("Taken back. It is a draft again.")),
    "remove": (actions.remove_story, gettext_lazy("Removed for good.")),
}


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    member = member_of(request, slug)
    told = stories_told(member.programme)
    context = {
        **frame(member, "stories"),
        "page": page_of(told, number=page_number(request.GET.get("page")), size=10),
        "of_two": stories_of_two(member.programme),
        "waiting": waiting_for(member),
    }
    return render(request, "community/story/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    member = member_of(request, slug)
    form = StoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        story = actions.write_story(
            programme=member.programme,
            told=actions.Told(**form.cleaned_data),
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(request, _("Kept as a draft. Name those who can be recognised in it."))
        return redirect("community:story", slug=slug, story=story.key)
    return _write(request, frame(member, "stories"), form)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, story: str) -> HttpResponse:
    member = member_of(request, slug)
    found = _mine(member, story)
    initial = {name: getattr(found, name) for name in StoryForm.base_fields}
    form = StoryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = actions.Told(**form.cleaned_data)
        actions.change_story(story=found, told=told, by=actor_of(request), now=clock.now())
        messages.success(request, _("Kept. Those named are asked about these words."))
        return redirect("community:story", slug=slug, story=story)
    return _write(request, {**frame(member, "stories"), "story": found}, form)


def _write(request: HttpRequest, context: Frame, form: StoryForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "community/story/write.html", {**context, "form": form}, status=status)


def _mine(member: Member, key: str) -> Story:
    story = story_for(member, key)
    if story.author_id != member.person_id:
        raise NotFound(_("There is no such story, or it is not yours to see."))
    return story


@require_GET
def detail(request: HttpRequest, slug: str, story: str) -> HttpResponse:
    """The story, where it stands, and for its author the search for people to name."""
    member = reader_of(request, slug)
    found = story_for(member, story)
    seen = as_seen(member, found)
    typed = words_typed(request)
    is_named = any(one.person_id == member.person_id for one in found.named.all())
    context = {
        **frame(member, "stories"),
        "story": found,
        "seen": seen,
        "words": typed,
        "found": people_to_name(member, typed, found) if typed and seen.is_mine else [],
        "may_change": seen.is_mine and found.state == Story.State.DRAFT and not member.has_gone,
        "may_take_back": (seen.is_mine or is_named) and found.state != Story.State.DRAFT,
    }
    return render(request, "community/story/story.html", context)


@require_POST
def name(request: HttpRequest, slug: str, story: str) -> HttpResponse:
    member = member_of(request, slug)
    found = _mine(member, story)
    person = Person.objects.filter(key=request.POST.get("person", "")).first()
    if person is None:
        raise NotFound(_("There is nobody of that name any more. Search again."))
    act = actions.leave_out_of_story if request.POST.get("leave_out") else actions.name_in_story
    act(story=found, person=person, by=actor_of(request), now=clock.now())
    return redirect("community:story", slug=slug, story=story)


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, slug: str, story: str) -> HttpResponse:
    member, actor = member_of(request, slug), actor_of(request)
    found = story_for(member, story)
    check_coordinates(actor, member.programme)
    return ask_why(
        request,
        "community/story/send_back.html",
        {**frame(member, "stories"), "story": found},
        give=lambda reason: actions.send_story_back(
            story=found, reason=reason, by=actor, now=clock.now()
        ),
        done=_("It is with its author again, with your reason."),
        back=redirect("community:stories", slug=slug),
    )


@require_POST
def act(request: HttpRequest, slug: str, story: str, what: str) -> HttpResponse:
    member = reader_of(request, slug)
    found = story_for(member, story)
    if what not in ACTS:
        raise NotFound(_("There is no such button."))
    action, done = ACTS[what]
    action(story=found, by=actor_of(request), now=clock.now())
    messages.success(request, str(done))
    if member.has_gone:
        return redirect("home:today")
    if what in ("agree", "hand-in"):
        return redirect("community:story", slug=slug, story=story)
    return redirect("community:stories", slug=slug)
