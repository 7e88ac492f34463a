"""The REST API: one address for each noun, the same actions and queries as the pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from viceversa import __version__
from viceversa.accounts.api import TokenAuth
from viceversa.toolkit.errors import NotFound, Problem

api = NinjaAPI(
    title="Viceversa",
    version=__version__,
    description="Programmes, people, rounds and partnerships. Errors are RFC 9457 problem details.",
    auth=TokenAuth(),
    docs_url=None,
    urls_namespace="api",
)


def problem(status: int, title: str, detail: str, **extra: Any) -> HttpResponse:
    """RFC 9457 problem details."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **extra}
    return JsonResponse(body, status=status, content_type="application/problem+json")


@api.exception_handler(Problem)
def _problem(request: HttpRequest, error: Problem) -> HttpResponse:
    extra = {"code": error.code} if error.code else {}
    return problem(error.status, error.title, error.sentence, **extra)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _problem(request, NotFound("There is nothing at this address, or it is not yours."))


@api.exception_handler(AuthenticationError)
def _signed_out(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(401, "A token is needed", "Send a valid token: Authorization: Bearer vv_…")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in row["loc"][1:]), "message": row["msg"]}
        for row in error.errors
    ]
    detail = "; ".join(f"{row['field']}: {row['message']}" for row in errors)
    return problem(422, "Some values do not fit", detail, errors=errors)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "This request cannot be answered", str(error))
