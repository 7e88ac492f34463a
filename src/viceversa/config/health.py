"""For those who watch the machine: does it live, can it work?"""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from viceversa.config.doctor import pending_migrations, worker_is_alive


def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    try:
        facts = {"database": pending_migrations() == 0, "worker": worker_is_alive()}
    except DatabaseError:
        facts = {"database": False, "worker": False}
    return JsonResponse(facts, status=200 if facts["database"] else 503)
