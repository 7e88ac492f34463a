"""Themes: the list with its answers, sending one, and the owner's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.insights.actions.theme import add_theme, answer_theme, retire_theme, send_theme
from viceversa.insights.forms import AnswerForm, SendForm, ThemeForm
from viceversa.insights.models import Theme
from viceversa.insights.permissions import can_read_results, can_send
from viceversa.insights.queries.theme import passings_of, theme_for, theme_in, themes_of
from viceversa.insights.views.frame import tabs
from viceversa.programmes.models import Programme
from viceversa.programmes.permissions import can_coordinate, check_can_coordinate
from viceversa.programmes.queries import programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    return _list(request, programme_for(actor_of(request), slug), ThemeForm(), 200)


@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    programme = programme_for(actor, slug)
    check_can_coordinate(actor, programme)
    form = ThemeForm(request.POST)
    if form.is_valid():
        try:
            add_theme(programme=programme, **form.cleaned_data, by=actor, now=clock.now())
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("People can send it from now on."))
            return redirect("insights:themes", slug=slug)
    return _list(request, programme, form, 422)


@require_POST
def retire(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    actor = actor_of(request)
    theme = theme_in(programme_for(actor, slug), key)
    retire_theme(theme=theme, by=actor, now=clock.now())
    messages.success(request, _("It is taken away, with what nobody had read yet."))
    return redirect("insights:themes", slug=slug)


@require_POST
def send(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    actor = actor_of(request)
    programme = programme_for(actor, slug)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _list(request, programme, ThemeForm(), 422, failed=key, send_form=form)
    send_theme(theme=theme_in(programme, key), words=form.cleaned_data["words"], by=actor)
    messages.success(request, _("Sent without your name. It is passed on once five have sent it."))
    return redirect("insights:themes", slug=slug)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    theme = theme_for(actor, key)
    passings = passings_of(theme)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        passing = get_object_or_404(passings, key=request.POST.get("passing", ""))
        text = form.cleaned_data["answer"]
        answer_theme(passing=passing, text=text, by=actor, now=clock.now())
        messages.success(request, _("Everybody in the programme can read it now."))
        return redirect("insights:theme_answer", key=key)
    context = {"theme": theme, "passings": list(passings), "form": form}
    return render(request, "insights/answer.html", context, status=422 if form.errors else 200)


def _list(
    request: HttpRequest,
    programme: Programme,
    form: ThemeForm,
    status: int,
    failed: str = "",
    send_form: SendForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    coordinates = can_coordinate(actor, programme)
    rows: list[dict[str, Any]] = [
        {
            "heard": heard,
            "form": send_form
            if heard.theme.key == failed
            else SendForm(auto_id=f"{heard.theme.key}-%s"),
            "is_mine": _is_mine(heard.theme, actor.person_id, coordinates),
        }
        for heard in themes_of(programme)
    ]
    context = {
        "programme": programme,
        "tabs": tabs(programme, "insights:themes") if can_read_results(actor, programme) else [],
        "rows": rows,
        "form": form,
        "coordinates": coordinates,
        "can_send": can_send(actor, programme),
    }
    return render(request, "insights/themes.html", context, status=status)


def _is_mine(theme: Theme, person: int | None, coordinates: bool) -> bool:
    """Whether the page of the owner is there for this reader, without asking the database again."""
    return coordinates if theme.owner_id is None else theme.owner_id == person
