"""Is it ready, what follows, and a small start."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.programmes.actions import answer_readiness, move_programme, set_pilot
from viceversa.programmes.forms import ReadinessForm
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import coordinated_programme_for, facts_of
from viceversa.programmes.rules import lifecycle, readiness
from viceversa.programmes.rules.facts import Facts
from viceversa.programmes.views.frame import tabs
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of

SAID = {
    "enrolling": gettext_lazy("Enrolment is open. Invite people now; nobody has been told yet."),
    "matching": gettext_lazy("Matching has begun. Everyone enrolled is asked to check their part."),
    "running": gettext_lazy("It runs. Everyone enrolled has been told."),
    "closing": gettext_lazy("It comes to its end. Everyone enrolled has been told."),
    "archived": gettext_lazy("It is archived. Nothing more is asked of anyone."),
}


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    form = ReadinessForm(request.POST or None, initial=programme.readiness)
    if request.method == "POST" and form.is_valid():
        answer_readiness(programme=programme, answers=form.answers(), by=actor, now=clock.now())
        messages.success(request, _("Noted."))
        return redirect("programmes:readiness", slug=slug)
    facts = facts_of(programme, with_skills=True)
    advice = readiness.advice(facts)
    context = {
        "programme": programme,
        "tabs": tabs(programme, "programmes:readiness"),
        "form": form,
        "checks": readiness.checks(facts),
        "advice": advice,
        "moves": _moves(programme, facts, advised=advice.verdict != "wait"),
    }
    return render(request, "programmes/readiness/check.html", context)


def _moves(programme: Programme, facts: Facts, *, advised: bool) -> list[dict[str, object]]:
    """What may follow, in the order of the table; the first is the way on, unless we advise not
    to start."""
    may_urge = advised or not lifecycle.is_before_it_runs(programme.state)
    return [
        {
            "to": to,
            "verb": lifecycle.verb_for(programme.state, to),
            "missing": missing,
            "is_advised": place == 0 and not missing and may_urge,
        }
        for place, to in enumerate(lifecycle.FOLLOWS[programme.state])
        for missing in [lifecycle.missing_for(to, facts)]
    ]


@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    to = request.POST.get("to", "")
    programme = move_programme(
        programme=coordinated_programme_for(actor, slug), to=to, by=actor, now=clock.now()
    )
    messages.success(request, SAID[programme.state])
    return redirect("programmes:detail", slug=slug)


@require_POST
def pilot(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    is_pilot = request.POST.get("pilot") == "yes"
    programme = set_pilot(
        programme=coordinated_programme_for(actor, slug),
        is_pilot=is_pilot,
        by=actor,
        now=clock.now(),
    )
    said = _("It is a pilot now, with %(n)s places.") % {"n": programme.places_limit}
    messages.success(request, said if is_pilot else _("It is no longer a pilot."))
    return redirect("programmes:readiness", slug=slug)
