"""Training card by card, and what a programme asks for. Answers are replied to and forgotten."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.learning.actions.training import complete_module, set_demands
from viceversa.learning.forms.training import DemandsForm
from viceversa.learning.queries.training import completed_by, demanded_in, demanded_of
from viceversa.learning.rules.modules import Answer, Module, module, modules
from viceversa.learning.views.home import language_of
from viceversa.programmes.queries import coordinated_programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.toolkit.http import actor_of


def _load(slug: str) -> Module:
    found = module(slug, language_of())
    if found is None:
        raise NotFound(_("There is no such training. Look through what there is to learn."))
    return found


@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    actor, training = actor_of(request), _load(slug)
    context = {
        "module": training,
        "is_done": slug in completed_by(actor.person_id),
        "is_asked": slug in demanded_of(actor),
        "first": min(_left(request, training), default=1),
        "begun": bool(_answered(request, slug)),
    }
    return render(request, "learning/training/detail.html", context)


@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    training = _load(slug)
    if number not in training.numbers:
        raise NotFound(_("There is no such card. Begin with the first."))
    shown = training.cards[number - 1]
    chosen = _chosen(request, shown.answers)
    if chosen is not None:
        _note(request, slug, number)
    context: dict[str, Any] = {
        "module": training,
        "card": shown,
        "number": number,
        "total": len(training.cards),
        "chosen": chosen,
        "nothing_chosen": request.method == "POST" and chosen is None,
        "steps": _steps(request, training, number),
        "left": _left(request, training),
    }
    status = 422 if context["nothing_chosen"] else 200
    return render(request, "learning/training/card.html", context, status=status)


def _chosen(request: HttpRequest, answers: tuple[Answer, ...]) -> Answer | None:
    raw = request.POST.get("answer", "")
    place = int(raw) if raw.isdecimal() and len(raw) < 3 else len(answers)
    return answers[place] if place < len(answers) else None


def _steps(request: HttpRequest, training: Module, number: int) -> list[dict[str, str]]:
    answered = _answered(request, training.slug)
    states = dict.fromkeys(answered, "done") | {number: "current"}
    return [
        {"label": shown.title, "url": "", "state": states.get(place, "todo")}
        for place, shown in zip(training.numbers, training.cards, strict=True)
    ]


def _answered(request: HttpRequest, slug: str) -> list[int]:
    """Which cards were answered in this session; not what was answered."""
    found = request.session.get(f"learning.{slug}", [])
    return [place for place in found if isinstance(place, int)]


def _note(request: HttpRequest, slug: str, number: int) -> None:
    answered = _answered(request, slug)
    if number not in answered:
        request.session[f"learning.{slug}"] = [*answered, number]


def _left(request: HttpRequest, training: Module) -> list[int]:
    answered = _answered(request, training.slug)
    return [place for place in training.numbers if place not in answered]


@require_POST
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    training = _load(slug)
    try:
        complete_module(
            module=training,
            answered=_answered(request, slug),
            by=actor_of(request),
            now=clock.now(),
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("learning:card", slug=slug, number=_left(request, training)[0])
    request.session.pop(f"learning.{slug}", None)
    messages.success(request, _("Done. That you finished is noted; what you answered is not."))
    return redirect("learning:module", slug=slug)


@require_http_methods(["GET", "POST"])
def demands(request: HttpRequest, slug: str) -> HttpResponse:
    """For the coordinators of a programme."""
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    offered = [(one, _for_whom(one)) for one in modules(language_of())]
    initial = {"modules": sorted(demanded_in(programme))}
    form = DemandsForm(request.POST or None, offered=offered, initial=initial)
    if request.method == "POST":
        form = DemandsForm(request.POST, offered=offered)
        if form.is_valid():
            slugs = form.cleaned_data["modules"]
            wanted = set_demands(programme=programme, slugs=slugs, by=actor, now=clock.now())
            messages.success(request, _set_in_words(len(wanted)))
            return redirect("programme_training:demands", slug=slug)
    context = {"programme": programme, "form": form}
    status = 422 if form.errors else 200
    return render(request, "learning/training/demands.html", context, status=status)


def _for_whom(training: Module) -> str:
    minutes = _("%(n)s minutes") % {"n": training.minutes}
    if len(training.sides) == 2:
        return _("for both, %(minutes)s") % {"minutes": minutes}
    if "adviser" in training.sides:
        return _("for advisers, %(minutes)s") % {"minutes": minutes}
    return _("for learners, %(minutes)s") % {"minutes": minutes}


def _set_in_words(number: int) -> str:
    if not number:
        return _("Nobody waits for a training now.")
    return _("From now on nobody books a first half hour before both have finished.")
