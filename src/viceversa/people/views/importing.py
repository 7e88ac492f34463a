"""A staff file in four steps: choose it, say what its columns mean, look, apply."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.people.actions.importing import (
    choose_levels,
    choose_mapping,
    start_apply,
    start_check,
    start_import,
)
from viceversa.people.forms.importing import (
    KnownLadderForm,
    MappingForm,
    NewLadderForm,
    UploadForm,
)
from viceversa.people.models import ImportLine, ImportRun
from viceversa.people.permissions import check_can_manage_directory
from viceversa.people.queries.importing import (
    MOST_LEVELS,
    import_lines,
    import_run_for,
    import_runs,
    levels_of,
)
from viceversa.people.rules.mapping import Mapping
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

Kind = ImportLine.Kind
State = ImportRun.State


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_can_manage_directory(actor)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = start_import(content=file.read(), filename=file.name, by=actor, now=clock.now())
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("people:import_mapping", key=run.key)
    page = page_of(import_runs(), number=page_number(request.GET.get("page")), size=10)
    context = {"form": form, "page": page, "steps": steps(None, 0)}
    return render(request, "people/import/index.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    run = import_run_for(actor, key)
    if run.state in (State.CHECKING, State.APPLYING, State.APPLIED):
        return redirect("people:import_report", key=run.key)
    samples = run.report.get("samples", {})
    form = MappingForm(
        request.POST if request.method == "POST" else None,
        before=Mapping.from_json(run.mapping),
        headers=list(samples),
        reasons=run.report.get("reasons", {}),
    )
    if form.is_bound and form.is_valid():
        run = choose_mapping(run=run, mapping=form.mapping(), by=actor)
        found = levels_of(run)
        if len(found.unknown) <= MOST_LEVELS:
            return _to_levels_or_check(request, run, bool(found.unknown))
        form.add_error(
            "column_level",
            _("This column has %(count)s different values. Choose one that holds levels.")
            % {"count": len(found.unknown)},
        )
    context = {
        "run": run,
        "form": form,
        "rows": _rows(form, run, samples),
        "samples": samples,
        "steps": steps(run, 1),
    }
    status = 422 if form.errors else 200
    return render(request, "people/import/mapping.html", context, status=status)


def _to_levels_or_check(request: HttpRequest, run: ImportRun, unknown: bool) -> HttpResponse:
    if unknown:
        return redirect("people:import_levels", key=run.key)
    start_check(run=run, by=actor_of(request), now=clock.now())
    return redirect("people:import_report", key=run.key)


def _rows(form: MappingForm, run: ImportRun, samples: dict[str, list[str]]) -> list[dict[str, Any]]:
    reasons = run.report.get("reasons", {})
    rows = []
    for bound in form.columns:
        header = bound.value() or ""
        field = bound.name.removeprefix("column_")
        rows.append(
            {"field": bound, "samples": samples.get(header, []), "reason": reasons.get(field, "")}
        )
    return rows


@require_http_methods(["GET", "POST"])
def levels(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    run = import_run_for(actor, key)
    if run.state in (State.CHECKING, State.APPLYING, State.APPLIED):
        return redirect("people:import_report", key=run.key)
    found = levels_of(run)
    shape = KnownLadderForm if found.has_ladder else NewLadderForm
    form: forms.Form = shape(
        request.POST if request.method == "POST" else None, levels=found.unknown[:MOST_LEVELS]
    )
    if form.is_bound and form.is_valid():
        if isinstance(form, NewLadderForm):
            choose_levels(run=run, levels=form.ordered(), by=actor)
        elif isinstance(form, KnownLadderForm):
            before = Mapping.from_json(run.mapping)
            meant = {**before.level_aliases, **form.meanings()}
            choose_mapping(run=run, mapping=before.with_changes(level_aliases=meant), by=actor)
        start_check(run=run, by=actor, now=clock.now())
        return redirect("people:import_report", key=run.key)
    context = {"run": run, "form": form, "found": found, "steps": steps(run, 1)}
    status = 422 if form.errors else 200
    return render(request, "people/import/levels.html", context, status=status)


@require_GET
def report(request: HttpRequest, key: str) -> HttpResponse:
    run = import_run_for(actor_of(request), key)
    if run.state == State.UPLOADED:
        return redirect("people:import_mapping", key=run.key)
    counts = run.report.get("counts", {})
    shown = [kind for kind in Kind if counts.get(kind.value)]
    kind = request.GET.get("list", "")
    kind = kind if kind in {one.value for one in shown} else (shown[0].value if shown else "")
    words = request.GET.get("q", "").strip()[:200]
    lines = import_lines(run, kind, words)
    context = {
        "run": run,
        "counts": counts,
        "tabs": [_tab(run, one, counts, kind) for one in shown],
        "kind": kind,
        "words": words,
        "page": page_of(lines, number=page_number(request.GET.get("page"))),
        "steps": steps(run, 3 if run.state == State.APPLIED else 2),
        "is_busy": run.state in (State.CHECKING, State.APPLYING),
    }
    return render(request, "people/import/report.html", context)


@require_POST
def apply(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    run = import_run_for(actor, key)
    confirmed = request.POST.get("confirm_leavers") == "yes"
    try:
        run = start_apply(run=run, confirm_leavers=confirmed, by=actor, now=clock.now())
    except Refused as refusal:
        if refusal.code != "many_leavers":
            raise
        messages.error(request, _("Tick that these people have left, then apply."))
    if run.state == State.APPLIED:
        messages.success(request, _("The directory is up to date."))
    return redirect("people:import_report", key=run.key)


def _tab(run: ImportRun, kind: ImportLine.Kind, counts: dict[str, int], now: str) -> dict[str, Any]:
    url = reverse("people:import_report", args=[run.key])
    return {
        "label": kind.label,
        "url": f"{url}?list={kind.value}",
        "current": kind.value == now,
        "count": f"{counts[kind.value]:,}",
    }


def steps(run: ImportRun | None, current: int) -> list[dict[str, str]]:
    labels = [_("Choose the file"), _("Columns"), _("Look"), _("Apply")]
    names = [None, "people:import_mapping", "people:import_report", None]
    is_over = run is not None and run.state == State.APPLIED
    drawn = []
    for place, (label, name) in enumerate(zip(labels, names, strict=True)):
        state = (
            "done" if place < current or is_over else ("current" if place == current else "todo")
        )
        url = reverse(name, args=[run.key]) if run and name and place < current else ""
        drawn.append({"label": label, "url": "" if is_over else url, "state": state})
    return drawn
