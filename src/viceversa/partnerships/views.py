from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.partnerships.actions import accept_partnership, decline_partnership
from viceversa.partnerships.permissions import can_answer, side_of
from viceversa.partnerships.queries import partnership_for, partnerships_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = page_of(partnerships_of(actor_of(request)), number=page_number(request.GET.get("page")))
    return render(request, "partnerships/partnership/list.html", {"page": page})


@require_GET
def detail(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    partnership = partnership_for(actor, key)
    context = {
        "partnership": partnership,
        "side": side_of(actor, partnership),
        "can_answer": can_answer(actor, partnership),
    }
    return render(request, "partnerships/partnership/detail.html", context)


@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    partnership = accept_partnership(
        partnership=partnership_for(actor, key), by=actor, now=clock.now()
    )
    messages.success(request, _("You said yes."))
    return redirect("partnerships:detail", key=partnership.key)


@require_POST
def decline(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    partnership = decline_partnership(
        partnership=partnership_for(actor, key), by=actor, now=clock.now()
    )
    messages.success(request, _("You said no. Nobody is told who did, or why."))
    return redirect("partnerships:detail", key=partnership.key)
