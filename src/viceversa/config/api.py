"""The REST API: one address for each noun, the same actions and queries as the pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from viceversa import __version__
from viceversa.accounts.api import TokenAuth
from viceversa.toolkit.errors import NotFound, Problem
from viceversa.vault.rules.envelope import Broken

PROBLEMS = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "Not yours to do",
    404: "Nothing here, or not yours",
    405: "Not with this method",
    409: "Not possible now",
    413: "Too large",
    415: "Not in this format",
    422: "Some values do not fit",
    429: "Too often",
}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


class Api(NinjaAPI):
    """Says of every operation that it may answer with problem details."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, words in PROBLEMS.items():
                    answer = {"description": words, "content": content}
                    operation["responses"].setdefault(status, answer)
        return schema


class NoNul(Parser):
    """Nothing of ours holds a NUL, and PostgreSQL neither keeps nor looks for one."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = super().parse_body(request)
        if _holds_nul(body):
            raise ValueError("NUL")
        return body

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        if _holds_nul([values for _name, values in data.lists()]):
            raise HttpError(400, "No value may hold a NUL. Send it without.")
        return super().parse_querydict(data, list_fields, request)


def _holds_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_nul(part) for part in (*value.keys(), *value.values()))
    if isinstance(value, list):
        return any(_holds_nul(part) for part in value)
    return isinstance(value, str) and "\0" in value


api = Api(
    title="Viceversa",
    version=__version__,
    description="Programmes, people, rounds and partnerships. Errors are RFC 9457 problem details.",
    auth=TokenAuth(),
    parser=NoNul(),
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


@api.exception_handler(Broken)
def _broken(request: HttpRequest, error: Broken) -> HttpResponse:
    """What is stored is not what somebody sealed there."""
    detail = (
        "What is stored here was changed or moved, so it cannot be opened. Tell your coordinator."
    )
    return problem(409, PROBLEMS[409], detail, code="broken")


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


def no_such_address(request: HttpRequest) -> HttpResponse:
    return problem(404, NotFound.title, "The API has no such address; see /api/v1/openapi.json.")
