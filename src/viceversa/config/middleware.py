"""Who is asking, are they signed in, and what a refusal looks like."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode

from viceversa.accounts.queries import actor_for
from viceversa.config.guard import is_open
from viceversa.toolkit.errors import Problem

Next = Callable[[HttpRequest], HttpResponse]


class NotKeptMiddleware:
    """Pages stay with no browser and no proxy: neither on its disk, nor for the way back after
    signing out. What says for itself how long it may be kept is left alone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.setdefault("Cache-Control", "private, no-store")
        return answer


class ActorMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_for(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)


class GuardMiddleware:
    """Every address asks for a sign-in, except those listed in `config/guard.py`."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated or is_open(request.path_info):
            return self.get_response(request)
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{resolve_url('account_login')}?{query}")


class ProblemMiddleware:
    """Turns refusals into pages in words."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Next, given: Any, named: Any) -> None:
        """No key, name or address of ours holds a NUL, and PostgreSQL refuses to look for one."""
        if any("\0" in part for part in (*given, *named.values()) if isinstance(part, str)):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Problem):
            return None
        context = {
            "title": exception.title,
            "sentence": exception.sentence,
            "status": exception.status,
        }
        return render(request, "design/problem.html", context, status=exception.status)
