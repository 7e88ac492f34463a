"""After the half hour, in under a minute."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from viceversa.meetings.actions.afterword import look_back
from viceversa.meetings.forms.promise import LookBackForm
from viceversa.meetings.queries.content import afterwords
from viceversa.meetings.queries.promises import promises_made_at, today_at
from viceversa.meetings.rules.words import LookingBack
from viceversa.meetings.views.frame import half_hour_context, load, names_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def after(request: HttpRequest, key: str, meeting: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    seat, now = half_hour.seat, clock.now()
    today = today_at(seat, now)
    options: dict[str, Any] = {
        "today": today,
        "is_learner": seat.is_learner,
        "names": names_of(seat.partner),
    }
    form = LookBackForm(request.POST or None, **options)
    if request.method == "POST" and form.is_valid():
        look_back(
            meeting=half_hour.meeting,
            words=form.words(),
            promises=form.new_promises(),
            by=actor_of(request),
            now=now,
        )
        messages.success(request, _("Kept. %(name)s can read it.") % {"name": seat.partner.name})
        return redirect("meetings:after", key=key, meeting=meeting)
    mine, theirs = afterwords(half_hour)
    is_wrong = form.is_bound
    if not is_wrong:
        said = mine.words or LookingBack()
        initial = {"thanks": said.thanks, "surprised": said.surprised, "better": said.better}
        form = LookBackForm(initial=initial, **options)
    context = {
        **half_hour_context(half_hour, now=now),
        "form": form,
        "mine": mine,
        "theirs": theirs,
        "promises": promises_made_at(half_hour, today=today),
    }
    return render(request, "meetings/after/page.html", context, status=422 if is_wrong else 200)
