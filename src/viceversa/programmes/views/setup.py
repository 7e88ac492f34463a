"""The set-up as five steps that can be left at any time."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.programmes.actions import renew_open_link, save_step
from viceversa.programmes.forms import STEP_FORMS, LevelsForm, StepForm
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import coordinated_programme_for, criteria_for, fit_count
from viceversa.programmes.rules import setup
from viceversa.programmes.rules.eligibility import Criteria
from viceversa.programmes.views.frame import tabs
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of


@require_GET
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    context = {
        "programme": programme,
        "tabs": tabs(programme, "programmes:set_up"),
        "steps": _stepper(programme, current=""),
        "cards": [(step, step.key in programme.steps_saved) for step in setup.STEPS],
        "skills": list(programme.skills.values_list("name", flat=True)[:40]),
        "weights": _weights(programme),
        "left": len(set(setup.STEP_KEYS) - set(programme.steps_saved)),
        "join_url": request.build_absolute_uri(
            reverse("programmes:join", args=[programme.open_link_key])
        ),
        "counts": _counts(programme, {}),
    }
    return render(request, "programmes/setup/summary.html", context)


def _weights(programme: Programme) -> list[tuple[str, int]]:
    weights = programme.weights or setup.DEFAULT_WEIGHTS
    return [(label, weights.get(name, 0)) for name, (label, _) in setup.WEIGHT_LABELS.items()]


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    known = setup.step(step)
    if known is None:
        raise NotFound(_("The set-up has five steps; this is none of them."))
    form = _form(request, programme, step)
    if request.method == "POST" and form.is_valid():
        save_step(programme=programme, step=step, values=form.values(), by=actor, now=clock.now())
        messages.success(request, _("Saved. You can leave now and go on later."))
        return _onwards(programme, step)
    number = setup.STEP_KEYS.index(step) + 1
    context = {
        "programme": programme,
        "step": known,
        "number": number,
        "form": form,
        "steps": _stepper(programme, current=step),
        "is_last": number == len(setup.STEPS),
        "counts": _counts(programme, _typed(request, programme))
        if step == LevelsForm.step
        else None,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"programmes/setup/{step}.html", context, status=status)


def _form(request: HttpRequest, programme: Programme, step: str) -> StepForm:
    data: QueryDict | None = request.POST if request.method == "POST" else None
    return STEP_FORMS[step](data, programme=programme)


def _onwards(programme: Programme, step: str) -> HttpResponse:
    after = setup.step_after(step)
    if after and after not in programme.steps_saved:
        return redirect("programmes:set_up_step", slug=programme.slug, step=after)
    return redirect("programmes:set_up", slug=programme.slug)


def _stepper(programme: Programme, *, current: str) -> list[dict[str, str]]:
    return [
        {
            "label": step.title,
            "url": reverse("programmes:set_up_step", args=[programme.slug, step.key]),
            "state": "current"
            if step.key == current
            else "done"
            if step.key in programme.steps_saved
            else "todo",
        }
        for step in setup.STEPS
    ]


def _typed(request: HttpRequest, programme: Programme) -> dict[str, Criteria]:
    """What the form says at this moment, as far as it can be read; for the live count."""
    data = request.POST if request.method == "POST" else request.GET
    if not data:
        return {}
    form = LevelsForm(data, programme=programme)
    form.is_valid()
    return form.criteria()


def _counts(programme: Programme, typed: dict[str, Criteria]) -> dict[str, int]:
    today: date = clock.now().date()
    return {
        role: fit_count(typed.get(role) or criteria_for(programme, role), today=today)
        for role in ("learner", "adviser")
    }


@require_POST
def renew_link(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    renew_open_link(programme=programme, by=actor, now=clock.now())
    messages.success(request, _("A new link. The old one no longer works."))
    return redirect("programmes:set_up", slug=slug)
