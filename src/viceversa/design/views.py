"""Doors of the design itself: the theme, the gallery, and pages for what goes wrong."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from viceversa.design import gallery, problems
from viceversa.design.context import THEME_COOKIE, THEMES

A_YEAR = 365 * 24 * 3600


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    answer = HttpResponseRedirect(_safe_way_back(request))
    if chosen in THEMES:
        answer.set_cookie(
            THEME_COOKIE,
            chosen,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("design/favicon.svg"))


@require_GET
def show_gallery(request: HttpRequest) -> HttpResponse:
    _only_while_building()
    return render(request, "design/gallery.html", gallery.context(request))


@require_GET
def show_letter(request: HttpRequest) -> HttpResponse:
    _only_while_building()
    nothing = dict.fromkeys(("navigation", "most_used", "viewer"))
    signed_out = {**nothing, "form": gallery.SignInForm()}
    return render(request, "design/gallery_letter.html", signed_out)


@require_GET
def show_problem(request: HttpRequest, status: int) -> HttpResponse:
    _only_while_building()
    if status not in problems.WORDS:
        raise Http404
    return problems.problem_page(request, status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return problems.problem_page(request, 403, words=problems.CSRF)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return problems.problem_page(request, 413, words=problems.TOO_LONG)
    return problems.problem_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problems.problem_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problems.problem_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: whatever failed must not fail again here."""
    return problems.bare_problem_page(500)


def _only_while_building() -> None:
    if not settings.DEBUG:
        raise Http404


def _safe_way_back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(asked, hosts, require_https=request.is_secure()):
        return asked
    return "/"
