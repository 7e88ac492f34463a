from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.notifications.actions import (
    mark_all_read,
    open_notification,
    set_hours,
    set_preferences,
    stop_by_link,
)
from viceversa.notifications.forms import HoursForm, Preferences
from viceversa.notifications.permissions import check_has_inbox
from viceversa.notifications.queries import (
    inbox_of,
    preferences_of,
    rhythm_of_actor,
    unread_count,
)
from viceversa.notifications.rules import REGISTRY, is_local_path
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_has_inbox(actor)
    context = {
        "page": page_of(inbox_of(actor), number=page_number(request.GET.get("page"))),
        "unread": unread_count(actor),
    }
    return render(request, "notifications/inbox/list.html", context)


@require_GET
def open_one(request: HttpRequest, key: str) -> HttpResponse:
    notification = open_notification(key=key, by=actor_of(request), now=clock.now())
    if is_local_path(notification.path):
        return redirect(notification.path)
    return redirect("notifications:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(by=actor_of(request), now=clock.now())
    messages.success(request, _("All marked as read."))
    return redirect("notifications:inbox")


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_has_inbox(actor)
    rhythm = rhythm_of_actor(actor)
    form = Preferences(preferences_of(actor), request.POST or None)
    hours = HoursForm(rhythm, request.POST or None)
    if form.is_valid() and hours.is_valid():
        set_preferences(paces=form.paces(), by=actor)
        set_hours(rhythm=hours.rhythm(), by=actor, now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("notifications:preferences")
    context = {
        "form": form,
        "hours": hours,
        "zone": rhythm.zone,
        "always": [kind.label for kind in REGISTRY.values() if kind.required],
    }
    status = 422 if form.is_bound else 200
    return render(request, "notifications/preference/form.html", context, status=status)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """A mail program posts here without a session. Whoever follows the link comes to choose."""
    if request.method == "GET":
        return redirect("notifications:preferences")
    stop_by_link(signed=signed)
    return HttpResponse(
        _("E-mails of this kind stop. Your inbox keeps what they would have said."),
        content_type="text/plain; charset=utf-8",
    )
