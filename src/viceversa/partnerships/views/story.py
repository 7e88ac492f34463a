"""Writing a story together, publishing it, taking it back; and what others read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.partnerships.actions.story import propose_story, publish_story, take_story_back
from viceversa.partnerships.forms.story import StoryForm
from viceversa.partnerships.queries.story import draft_for, published_stories
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of


@require_http_methods(["GET", "POST"])
def story(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    draft = draft_for(seat)
    form = StoryForm(request.POST or None, initial={"text": draft.words.get("text")})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        propose_story(
            partnership=seat.partnership, text=text, by=actor_of(request), now=clock.now()
        )
        messages.success(request, _("Shown to your partner. It is told once both say yes."))
        return redirect("partnerships:story", key=key)
    context = frame(seat, "closing") | {"draft": draft, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/story/story.html", context, status=status)


@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    publish_story(
        partnership=seat_of(request, key).partnership,
        draft=request.POST.get("draft", ""),
        by=actor_of(request),
        now=clock.now(),
    )
    messages.success(request, _("Published. Everyone in the organisation can read it."))
    return redirect("partnerships:story", key=key)


@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    partnership = seat_of(request, key).partnership
    take_story_back(partnership=partnership, by=actor_of(request), now=clock.now())
    messages.success(request, _("Taken back. Only you two can read it now."))
    return redirect("partnerships:story", key=key)


@require_GET
def published(request: HttpRequest) -> HttpResponse:
    page = page_of(published_stories(), number=page_number(request.GET.get("page")))
    return render(request, "partnerships/story/published.html", {"page": page})
