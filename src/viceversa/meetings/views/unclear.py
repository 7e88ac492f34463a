"""I did not follow, and: now I do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viceversa.meetings.actions.unclear import did_not_follow, follows_now
from viceversa.meetings.queries.unclear import unclear_for
from viceversa.meetings.views.frame import load
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_POST
def say(request: HttpRequest, key: str, meeting: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    did_not_follow(meeting=half_hour.meeting, by=actor_of(request), now=clock.now())
    messages.success(request, _("Noted, between you two. Say it aloud, too: it helps both."))
    return redirect("meetings:room", key=key, meeting=meeting)


@require_POST
def settle(request: HttpRequest, key: str, meeting: str, unclear: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    follows_now(unclear=unclear_for(half_hour, unclear), by=actor_of(request), now=clock.now())
    messages.success(request, _("Good. It is gone from both pages."))
    return redirect("meetings:room", key=key, meeting=meeting)
