"""Pages that say what went wrong, in our words and with the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Words:
    title: _StrPromise
    sentence: _StrPromise


WORDS = {
    400: Words(
        _("We could not read that"),
        _("Something in the address or the form did not arrive whole. Go back and send it again."),
    ),
    403: Words(
        _("Not yours to open"),
        _("This page belongs to somebody else. If you need it, ask a coordinator."),
    ),
    404: Words(
        _("Nothing here"),
        _("The page has moved, or it never was for you. Check the address or start again."),
    ),
    409: Words(
        _("Not possible now"),
        _("Something changed while you were looking. Go back and look at how it stands now."),
    ),
    413: Words(
        _("That file is too big"),
        _("Nothing was kept. Split the file, or leave out columns you do not need."),
    ),
    429: Words(
        _("A little slower, please"),
        _("There were too many tries in a short time. Wait a minute and try again."),
    ),
    500: Words(
        _("This one is our fault"),
        _("Nothing you wrote was changed by it. Try again in a minute; we keep a note of it."),
    ),
}
TOO_LONG = Words(
    _("That is too long"),
    _("Nothing was kept. Go back: what you typed is still there. Shorten it and send it again."),
)
CSRF = Words(
    _("This page was open too long"),
    _("For your safety nothing was sent. Go back, reload the page and send it once more."),
)


def problem_page(
    request: HttpRequest, status: int, sentence: str = "", *, words: Words | None = None
) -> HttpResponse:
    """`sentence` replaces our standing one."""
    context = _context(status, sentence, words or WORDS[status])
    return render(request, "design/problem.html", context, status=status)


def bare_problem_page(status: int) -> HttpResponse:
    """The same without anything of the request: no viewer, no navigation, no database."""
    context = _context(status, "", WORDS[status])
    return HttpResponse(render_to_string("design/problem.html", context), status=status)


def _context(status: int, sentence: str, words: Words) -> dict[str, Any]:
    return {"title": words.title, "sentence": sentence or words.sentence, "status": status}
