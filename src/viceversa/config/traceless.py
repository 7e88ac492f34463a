"""Addresses on which nobody leaves a trace: what the browser carries is not read, nothing is given
to it to carry, and no line of a log names them."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]
PREFIX = "/concern/"
FAULT = "A fault on a page that keeps no trace: %s"
CARRIED = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_REFERER", "HTTP_USER_AGENT")
PACKED = "HTTP_ACCEPT_ENCODING"  # lengths of packed pages would tell what is in them
STEP = 16 * 1024


def is_traceless(path: str) -> bool:
    """Also without the last slash: the redirect must not renew a session either."""
    return f"{path}/".startswith(PREFIX)


class TracelessMiddleware:
    """Comes first: nothing behind it sees a cookie, so there is no session to read or to renew."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_traceless(request.path_info):
            return self.get_response(request)
        for name in (*CARRIED, PACKED):
            request.META.pop(name, None)
        request.__dict__.pop("headers", None)
        answer = self.get_response(request)
        answer.cookies.clear()
        answer["Referrer-Policy"] = "no-referrer"
        answer["Cache-Control"] = "no-store"
        _fill_up(answer)
        return answer


def _fill_up(answer: HttpResponse) -> None:
    """Whoever watches the line sees the same length for a page that opened and one that did not."""
    if not answer.streaming and answer.get("Content-Type", "").startswith("text/html"):
        answer.content = answer.content + b"\n" * (-len(answer.content) % STEP)
        answer["Content-Length"] = str(len(answer.content))


class Traceless(logging.Filter):
    """Of a fault on these pages it says that there was one and of which kind, nothing else."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None or not is_traceless(getattr(request, "path_info", "")):
            return True
        if record.levelno < logging.ERROR:
            return False
        if record.msg == FAULT:  # another handler has been here
            return True
        fault = record.exc_info[0] if record.exc_info else None
        kind = fault.__name__ if fault else "unknown"
        record.msg, record.args = FAULT, (kind,)
        record.exc_info = record.exc_text = None
        return True
