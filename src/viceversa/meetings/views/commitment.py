"""Promises of a partnership, and those that learners published for their programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.meetings.actions import commitment as actions
from viceversa.meetings.forms.promise import FindPromises, PromiseForm, PublishForm
from viceversa.meetings.models import Commitment
from viceversa.meetings.queries.promises import (
    opened_promise,
    opened_promises,
    promise_for,
    promises_of,
    published_promises,
    today_at,
)
from viceversa.meetings.views.frame import names_of, seat_context
from viceversa.partnerships.queries.seat import Seat, seat_for
from viceversa.programmes.queries import programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of


@require_GET
def index(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_for(actor_of(request), key)
    form = FindPromises(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    page = page_of(promises_of(seat, state=state), number=page_number(request.GET.get("page")))
    context = {
        **seat_context(seat),
        "form": form if form.is_bound else FindPromises(),
        "page": page,
        "promises": opened_promises(seat, page.rows, today=today_at(seat, clock.now())),
        "is_filtered": bool(state),
    }
    return render(request, "meetings/commitment/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    seat = _learner_at(request, key)
    now = clock.now()
    today, names = today_at(seat, now), names_of(seat.partner)
    form = PromiseForm(request.POST or None, today=today, names=names)
    if request.method == "POST" and form.is_valid():
        actions.make_promises(
            partnership=seat.partnership,
            promises=[form.new_promise()],
            by=actor_of(request),
            now=now,
        )
        messages.success(request, _("Promised."))
        return redirect("meetings:promises", key=key)
    context = {**seat_context(seat), "form": form}
    status = 422 if form.errors else 200
    return render(request, "meetings/commitment/new.html", context, status=status)


@require_POST
def close(request: HttpRequest, key: str, promise: str) -> HttpResponse:
    commitment = _own_promise(request, key, promise)
    outcome = request.POST.get("outcome", "")
    actions.close_promise(
        commitment=commitment, outcome=outcome, by=actor_of(request), now=clock.now()
    )
    kept = outcome == Commitment.State.KEPT
    messages.success(request, _("Kept.") if kept else _("Let go. It happens."))
    return redirect("meetings:promises", key=key)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, key: str, promise: str) -> HttpResponse:
    seat = _learner_at(request, key)
    commitment = promise_for(seat, promise)
    form = PublishForm(request.POST or None)
    now = clock.now()
    if request.method == "POST" and form.is_valid():
        actions.publish_promise(
            commitment=commitment, words=form.cleaned_data["words"], by=actor_of(request), now=now
        )
        messages.success(request, _("Published in your programme, in these words."))
        return redirect("meetings:promises", key=key)
    context = {
        **seat_context(seat),
        "form": form,
        "promise": opened_promise(seat, commitment, today=today_at(seat, now)),
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/commitment/publish.html", context, status=status)


@require_POST
def unpublish(request: HttpRequest, key: str, promise: str) -> HttpResponse:
    actions.unpublish_promise(
        commitment=_own_promise(request, key, promise), by=actor_of(request), now=clock.now()
    )
    messages.success(request, _("Taken back. Only you two can read about it now."))
    return redirect("meetings:promises", key=key)


@require_GET
def published(request: HttpRequest, slug: str) -> HttpResponse:
    programme = programme_for(actor_of(request), slug)
    page = page_of(published_promises(programme), number=page_number(request.GET.get("page")))
    context = {"programme": programme, "page": page}
    return render(request, "meetings/commitment/published.html", context)


def _learner_at(request: HttpRequest, key: str) -> Seat:
    """To the adviser it is as if there were nothing here."""
    seat = seat_for(actor_of(request), key)
    if not seat.is_learner:
        raise NotFound(_("There is no such promise, or it is not yours to change."))
    return seat


def _own_promise(request: HttpRequest, key: str, promise: str) -> Commitment:
    return promise_for(_learner_at(request, key), promise)
