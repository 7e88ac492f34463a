"""For safeguarding contacts: what was sent to them. And for coordinators: bands of quarters."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.programmes.queries import coordinated_programme_for
from viceversa.safeguarding.actions import handling
from viceversa.safeguarding.forms.concern import Message
from viceversa.safeguarding.permissions import check_is_contact
from viceversa.safeguarding.queries.concern import (
    concerns_of,
    holder_for,
    opened_for,
    quarters,
)
from viceversa.safeguarding.queries.handlers import is_ready
from viceversa.safeguarding.rules import concern as rules
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of
from viceversa.vault.queries import lock_of


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_is_contact(actor)
    page = page_of(concerns_of(actor), number=page_number(request.GET.get("page")))
    context = {
        "page": page,
        "is_ready": is_ready(actor),
        "has_key": lock_of(actor.person_id or 0) is not None,
        "kept": rules.KEPT.days // 7,
    }
    return render(request, "safeguarding/handling/list.html", context)


@require_POST
def ready(request: HttpRequest) -> HttpResponse:
    handling.become_ready(by=actor_of(request), now=clock.now())
    messages.success(request, _("You can be chosen now. What is sent to you, only you can open."))
    return redirect("safeguarding:concerns")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def concern(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_is_contact(actor)
    holder = holder_for(actor, key)
    opened = opened_for(actor, holder)
    form = Message(request.POST if request.method == "POST" else None)
    if form.is_valid():
        handling.write_as_handler(key=key, **form.cleaned_data, by=actor, now=clock.now())
        messages.success(request, _("It lies in the reporter's inbox."))
        return redirect("safeguarding:concern", key=key)
    context = {"concern": holder.concern, "form": form, "opened": opened}
    if opened is not None:
        thread = opened.thread()
        handling.note_read(holder=holder, entries=len(thread))
        leave, spoken = holder.concern.leave, holder.concern.has_spoken
        context |= {
            "thread": thread,
            "named": opened.named,
            "handlers": opened.handlers(),
            "may_ask": rules.may_ask_leave(leave, has_spoken=spoken),
            "may_mark": rules.may_mark_spoken(leave, has_spoken=spoken),
        }
    status = 422 if form.is_bound else 200
    return render(request, "safeguarding/handling/concern.html", context, status=status)


@require_POST
def ask(request: HttpRequest, key: str) -> HttpResponse:
    def act() -> None:
        handling.ask_leave(key=key, by=actor_of(request))

    return _done(request, key, act, _("The reporter is asked in their inbox."))


@require_POST
def spoken(request: HttpRequest, key: str) -> HttpResponse:
    def act() -> None:
        handling.mark_spoken(key=key, by=actor_of(request))

    return _done(request, key, act, _("Noted. The reporter sees it."))


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    def act() -> None:
        handling.close_concern(key=key, by=actor_of(request), now=clock.now())

    return _done(request, key, act, _("It is closed. A word of the reporter opens it again."))


def _done(request: HttpRequest, key: str, act: Callable[[], None], words: str) -> HttpResponse:
    act()
    messages.success(request, words)
    return redirect("safeguarding:concern", key=key)


@require_GET
def bands(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    context = {"programme": programme, "quarters": quarters(clock.now().date())}
    return render(request, "safeguarding/handling/bands.html", context)
