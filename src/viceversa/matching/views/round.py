"""Rounds: the list, gathering, solving with progress, publishing, undoing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from viceversa.design.tables import Column, headers
from viceversa.matching.actions import publishing
from viceversa.matching.actions import round as actions
from viceversa.matching.forms.round import FindUnmatched
from viceversa.matching.models import Round
from viceversa.matching.queries.ask import counts_of
from viceversa.matching.queries.round import (
    open_round,
    proof_of,
    rounds_of,
    unmatched_of,
)
from viceversa.matching.queries.wishes import wished_pairs
from viceversa.matching.rules import round as rules
from viceversa.matching.rules.words import out_of, points
from viceversa.matching.views.frame import address, frame, load_round
from viceversa.matching.views.review import review_page
from viceversa.programmes.queries import coordinated_programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("round", gettext_lazy("Round")),
    Column("state", gettext_lazy("State")),
    Column("covered", gettext_lazy("Covered"), numeric=True),
    Column("pairs", gettext_lazy("Pairs"), numeric=True),
    Column("floor", gettext_lazy("Weakest first match"), numeric=True),
    Column("when", gettext_lazy("Snapshot"), numeric=True),
]
UNMATCHED_COLUMNS = [
    Column("person", gettext_lazy("Person")),
    Column("why", gettext_lazy("Why")),
    Column("change", gettext_lazy("What would help")),
]


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    page = page_of(rounds_of(programme), number=page_number(request.GET.get("page")))
    context = {
        "programme": programme,
        "page": page,
        "rows": [_row(round_) for round_ in page.rows],
        "headers": headers(COLUMNS, query=request.GET),
        "open_round": open_round(programme),
        "may_gather": programme.state in actions.MATCHING_STATES,
        "asks": counts_of(programme) if programme.choosing == "learner" else None,
    }
    return render(request, "matching/round/list.html", context)


@require_POST
def gather(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    gathered = actions.gather_round(programme=programme, by=actor, now=clock.now())
    return redirect("matching:round", slug=slug, number=gathered.number)


@require_GET
def detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    if rules.is_solved(round_.state):
        return review_page(request, round_)
    return render(request, "matching/round/solving.html", _waiting(round_))


@require_GET
def progress(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Asked every two seconds; sends the browser on when there is something to see."""
    round_ = load_round(request, slug, number)
    if round_.state == Round.State.SOLVING:
        return render(request, "matching/round/solving.html", _waiting(round_))
    is_htmx = getattr(request, "htmx", False)
    return HttpResponseClientRedirect(address(round_)) if is_htmx else redirect(address(round_))


@require_POST
def gather_again(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    actions.gather_again(round_=round_, by=actor_of(request), now=clock.now())
    return redirect(address(round_))


@require_POST
def solve_again(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    actions.solve_again(round_=round_, by=actor_of(request), now=clock.now())
    return redirect(address(round_))


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    if request.method == "GET":
        return render(request, "matching/round/publish.html", _publishing(round_))
    try:
        made = publishing.publish_round(round_=round_, by=actor_of(request), now=clock.now())
    except publishing.PeopleChanged as changed:
        context = {**_publishing(round_), "changes": changed.changes}
        return render(request, "matching/round/publish.html", context, status=changed.status)
    said = ngettext(
        "%(count)s partnership is published and both people are told.",
        "%(count)s partnerships are published and everybody is told.",
        made,
    )
    messages.success(request, said % {"count": made})
    return redirect(address(round_))


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    if request.method == "GET":
        return render(request, "matching/round/undo.html", _publishing(round_))
    publishing.undo_round(round_=round_, by=actor_of(request), now=clock.now())
    messages.success(request, _("The round is taken back. Everybody who was told is told again."))
    return redirect(address(round_))


@require_GET
def unmatched(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    form = FindUnmatched(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = unmatched_of(round_, role=wanted.get("role", ""), search=wanted.get("q", ""))
    context = {
        **frame(round_, clock.now()),
        "form": form,
        "page": page_of(found, number=page_number(request.GET.get("page"))),
        "headers": headers(UNMATCHED_COLUMNS, query=request.GET),
        "may_try": rules.may_publish(round_.state),
        "ask": address(round_, "try"),
        "review": address(round_),
    }
    return render(request, "matching/round/unmatched.html", context)


@require_GET
def certificate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The proof with the numbers it speaks about, for anyone to check without us."""
    round_ = load_round(request, slug, number)
    if not rules.is_solved(round_.state):
        raise NotFound(_("This round has not been solved, so there is no proof yet."))
    name = f"certificate-{slug}-round-{number}.json"
    answer = JsonResponse(proof_of(round_))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _waiting(round_: Round) -> dict[str, Any]:
    return {
        **frame(round_, clock.now()),
        "poll": address(round_, "progress"),
        "is_solving": round_.state == Round.State.SOLVING,
        "may_gather": rules.may_gather(round_.state),
        "may_solve": rules.may_solve(round_.state),
        "wished": wished_pairs(round_)[:20],
        "may_wish": rules.may_wish(round_.state),
    }


def _publishing(round_: Round) -> dict[str, Any]:
    return {
        **frame(round_, clock.now()),
        "pairs": round_.summary.get("places", 0),
        "may_publish": rules.may_publish(round_.state),
        "may_undo": rules.may_undo(round_.state),
    }


def _row(round_: Round) -> dict[str, Any]:
    summary = round_.summary
    is_solved = "places" in summary
    return {
        "round": round_,
        "is_solved": is_solved,
        "covered": out_of(summary["covered"], summary["learners"]) if is_solved else "",
        "pairs": f"{summary['places']:,}" if is_solved else "",
        "floor": points(summary["floor"]) if is_solved else "",
    }
