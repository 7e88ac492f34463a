from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.people.actions import add_level, change_level, move_level, remove_level
from viceversa.people.forms.skill import LevelChangeForm, LevelForm
from viceversa.people.models import Level, Person
from viceversa.people.permissions import check_can_manage_directory
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_can_manage_directory(actor)
    form = LevelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            level = add_level(name=form.cleaned_data["name"], by=actor, now=clock.now())
        except Refused as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, _("%(level)s is added at the top.") % {"level": level.name})
            return redirect("people:ladder")
    used = Exists(Person.objects.filter(level=OuterRef("pk")))
    levels = list(Level.objects.order_by("-rank").annotate(in_use=used))
    context = {"levels": levels, "form": form}
    return render(request, "people/ladder/index.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    check_can_manage_directory(actor)
    level = get_object_or_404(Level, pk=pk)
    form = LevelChangeForm(
        request.POST if request.method == "POST" else None,
        initial={"name": level.name, "aliases": level.aliases},
    )
    if form.is_bound and form.is_valid():
        try:
            change_level(level=level, **form.cleaned_data, by=actor, now=clock.now())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:ladder")
    context = {"form": form, "level": level}
    return render(request, "people/ladder/change.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    level = get_object_or_404(Level, pk=pk)
    move_level(level=level, up="up" in request.POST, by=actor_of(request), now=clock.now())
    return redirect("people:ladder")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    level = get_object_or_404(Level, pk=pk)
    remove_level(level=level, by=actor_of(request), now=clock.now())
    messages.success(request, _("%(level)s is removed.") % {"level": level.name})
    return redirect("people:ladder")
