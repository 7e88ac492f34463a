"""Notes: writing one, going on with one, striking one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from viceversa.meetings.actions.note import Overtaken, rewrite_note, strike_note, write_note
from viceversa.meetings.forms.content import NoteForm
from viceversa.meetings.models import Note
from viceversa.meetings.queries.content import HalfHour
from viceversa.meetings.queries.notes import OpenedNote, note_for
from viceversa.meetings.views.frame import half_hour_context, load
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str, meeting: str, kind: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    if kind not in Note.Kind.values:
        raise NotFound(_("There is no such kind of note."))
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_note(
            meeting=half_hour.meeting,
            kind=kind,
            text=form.cleaned_data["text"],
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(request, _("Your note is kept."))
        return _back_to_notes(half_hour)
    context = {**half_hour_context(half_hour, now=clock.now()), "form": form, "kind": kind}
    status = 422 if form.errors else 200
    return render(request, "meetings/note/page.html", context, status=status)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, key: str, meeting: str, note: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    opened = note_for(actor_of(request), half_hour, note)
    if request.method == "GET":
        shown = {"text": opened.text.words or "", "seen": opened.note.version}
        return _page(request, half_hour, opened, NoteForm(initial=shown))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, half_hour, opened, form, status=422)
    try:
        return _rewrite(request, half_hour, opened, form)
    except Overtaken as overtaken:
        opened = note_for(actor_of(request), half_hour, note)
        mine = {"text": form.cleaned_data["text"], "seen": opened.note.version}
        again = NoteForm(initial=mine)
        return _page(request, half_hour, opened, again, overtaken=overtaken, status=409)


def _page(
    request: HttpRequest,
    half_hour: HalfHour,
    opened: OpenedNote,
    form: NoteForm,
    *,
    overtaken: Overtaken | None = None,
    status: int = 200,
) -> HttpResponse:
    """When the partner was faster one's own words stay in the form; saving again is a choice."""
    context = {
        **half_hour_context(half_hour, now=clock.now()),
        "form": form,
        "opened": opened,
        "kind": opened.note.kind,
        "overtaken": overtaken,
    }
    return render(request, "meetings/note/page.html", context, status=status)


def _rewrite(
    request: HttpRequest, half_hour: HalfHour, opened: OpenedNote, form: NoteForm
) -> HttpResponse:
    rewrite_note(
        note=opened.note,
        text=form.cleaned_data["text"],
        seen=form.cleaned_data["seen"] or 0,
        by=actor_of(request),
        now=clock.now(),
    )
    messages.success(request, _("Your note is kept."))
    return _back_to_notes(half_hour)


@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, key: str, meeting: str, note: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    opened = note_for(actor_of(request), half_hour, note)
    if request.method == "POST":
        strike_note(note=opened.note, by=actor_of(request), now=clock.now())
        messages.success(request, _("Struck. Nobody can read it any more."))
        return _back_to_notes(half_hour)
    context = {
        **half_hour_context(half_hour, now=clock.now()),
        "opened": opened,
        "kind": opened.note.kind,
    }
    return render(request, "meetings/note/strike.html", context)


def _back_to_notes(half_hour: HalfHour) -> HttpResponse:
    names = [half_hour.seat.partnership.key, half_hour.meeting.key]
    return redirect(f"{reverse('meetings:room', args=names)}#notes")
