"""Where learning begins: what is asked of one, what fits one's wishes, and what there is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_GET, require_POST

from viceversa.learning.actions.starter import load_starter
from viceversa.learning.permissions import can_keep, check_can_keep
from viceversa.learning.queries.library import resources_to_review, suggested
from viceversa.learning.queries.packs import (
    current_packs,
    packs_to_review,
    packs_under_way,
    packs_waiting_for,
)
from viceversa.learning.queries.training import completed_by, demanded_of
from viceversa.learning.rules.modules import modules
from viceversa.learning.rules.starter import glossary
from viceversa.people.models import Want
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of

MOST_PACKS, MOST_KEPT = 4, 50


def language_of() -> str:
    return (get_language() or "en").split("-")[0]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor, today = actor_of(request), clock.now().date()
    done, asked = completed_by(actor.person_id), demanded_of(actor)
    wants = Want.objects.filter(person_id=actor.person_id or 0)
    topics = list(wants.values_list("skill", flat=True))
    fitting = current_packs(topics, today=today).prefetch_related("topics")[:MOST_PACKS]
    training = [(one, one.slug in done, one.slug in asked) for one in modules(language_of())]
    context = {
        "training": training,
        "open": [one for one, is_done, is_asked in training if is_asked and not is_done],
        "packs": list(fitting) if topics else [],
        "resources": suggested(topics, today=today),
        "has_wants": bool(topics),
        "to_check": packs_waiting_for(actor),
        "keeps": can_keep(actor),
    }
    return render(request, "learning/home/index.html", context)


@require_GET
def words(request: HttpRequest) -> HttpResponse:
    return render(request, "learning/home/words.html", {"terms": glossary(language_of())})


@require_GET
def keeping(request: HttpRequest) -> HttpResponse:
    """For those who keep the library: what is due, and what is under way."""
    check_can_keep(actor_of(request))
    today = clock.now().date()
    due = [
        *((one, "resource") for one in resources_to_review(today)[:MOST_KEPT]),
        *((one, "pack") for one in packs_to_review(today)[:MOST_KEPT]),
    ]
    context = {
        "due": sorted(due, key=lambda pair: pair[0].review_by),
        "today": today,
        "under_way": list(packs_under_way()[:MOST_KEPT]),
    }
    return render(request, "learning/home/keeping.html", context)


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    count = load_starter(by=actor_of(request), now=clock.now())
    messages.success(
        request,
        ngettext("%(n)s text was added.", "%(n)s texts were added.", count) % {"n": count},
    )
    return redirect("learning:keeping")
