"""For whoever reports: signed out, whatever their browser carries. The words that open an inbox
travel in the body of each request, never in an address, a cookie or a session."""

from collections.abc import Callable
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from viceversa.safeguarding.actions.concern import answer_leave, report_concern, write_as_reporter
from viceversa.safeguarding.forms.concern import TOO_LONG, Message, Report, What, Words
from viceversa.safeguarding.queries.concern import Opened, opened_by_words
from viceversa.safeguarding.queries.handlers import offered
from viceversa.safeguarding.rules import concern as rules
from viceversa.safeguarding.rules import receipt
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotAllowed, NotFound, Problem, Refused
from viceversa.toolkit.tries import Tries

View = Callable[[HttpRequest], HttpResponse]
WRONG_WORDS = Tries(10, timedelta(minutes=10))
REPORTS = Tries(20, timedelta(hours=1))
_ONE = BoundedSemaphore(1)
NOTHING_THERE = gettext_lazy(
    "Nothing opens with these words. Compare them with your receipt; half a year after a concern "
    "was closed it is destroyed."
)
OURS = {"same-origin", "none"}


def _from_anywhere(view: View) -> View:
    """There is no session to ride on, so a forged form could only say what its forger could say
    as well. A browser that knows it comes from elsewhere is turned away all the same."""

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "POST"])
    def checked(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "none") not in OURS:
            raise NotAllowed(_("This form was sent from another site. Open the page here."))
        return view(request)

    return checked


@require_GET
def if_wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "safeguarding/concern/if_wrong.html")


@_from_anywhere
@sensitive_variables()
def report(request: HttpRequest) -> HttpResponse:
    try:
        posted = request.POST if request.method == "POST" else None
    except RequestDataTooBig:
        form = What()
        return _page(request, "report", {"form": form, "trouble": TOO_LONG}, status=413)
    what = What(posted)
    if posted is None or not what.is_valid() or "back" in posted:
        if posted is not None and "back" in posted:
            what = What(initial=posted.dict())
        context = {"form": what, "ready": len(offered("")) >= rules.FEWEST_HANDLERS}
        return _page(request, "report", context, status=422 if what.is_bound else 200)
    return _choose(request, what.cleaned_data)


def _choose(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    found = offered(given["named"])
    few = len(found) < rules.FEWEST_HANDLERS
    context: dict[str, Any] = {"given": given, "found": found, "few": few}
    if "words" not in request.POST:
        initial = {**given, "words": receipt.new_words()}
        return _page(request, "choose", {**context, "form": Report(initial=initial, offered=found)})
    form = Report(request.POST, offered=found)
    status = 422
    if form.is_valid():
        try:
            return _send(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
    return _page(request, "choose", {**context, "form": form}, status=status)


def _send(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    now, caller = clock.now(), _caller(request)
    if not REPORTS.are_left(caller, now=now):
        raise Refused(
            _(
                "Very much is sent from here just now. Nothing is lost: wait, and press again. Or "
                "send it from another network, such as that of your own telephone."
            )
        )
    REPORTS.count(caller, now=now)
    report_concern(**given, now=now)
    words = receipt.as_list(given["words"])
    return _page(request, "receipt", {"words": words, "typed": given["words"]})


@_from_anywhere
@sensitive_variables()
def inbox(request: HttpRequest) -> HttpResponse:
    try:
        form = Words(request.POST if request.method == "POST" else None)
    except RequestDataTooBig:
        return _page(request, "words", {"form": Words(), "trouble": TOO_LONG}, status=413)
    if not form.is_valid():
        return _page(request, "words", {"form": form}, status=422 if form.is_bound else 200)
    words = form.cleaned_data["words"]
    caller, now = _caller(request), clock.now()
    if not WRONG_WORDS.are_left(caller, now=now):
        return _slowly(request, words)
    try:
        return _inside(request, words)
    except NotFound:
        WRONG_WORDS.count(caller, now=now)
        form.add_error("words", NOTHING_THERE)
        return _page(request, "words", {"form": form}, status=422)


def _slowly(request: HttpRequest, words: str) -> HttpResponse:
    """One at a time. Right words open all the same, so that nobody who types wrong ones can shut
    out others who come from the same place."""
    if _ONE.acquire(timeout=1):
        try:
            return _inside(request, words)
        except NotFound:
            pass
        finally:
            _ONE.release()
    raise Refused(_("Too many wrong words came from here. Wait ten minutes, then try again."))


def _inside(request: HttpRequest, words: str) -> HttpResponse:
    """Raises NotFound where the words open nothing."""
    message, notice, status = Message(), "", 200
    if "text" in request.POST:
        message, opened, notice = _written(request, words)
        status = 200 if notice else 422
    elif request.POST.get("leave") in {"yes", "no"}:
        opened, notice = _answered(words, yes=request.POST["leave"] == "yes")
    else:
        opened = _opened(words)
    handlers = opened.handlers()
    context = {
        "opened": opened,
        "concern": opened.concern,
        "thread": opened.thread(),
        "handlers": handlers,
        "nobody_reads": not any(one.receives for one in handlers),
        "words": words,
        "form": message,
        "notice": notice,
        "may_answer": rules.may_answer_leave(
            opened.concern.leave, has_spoken=opened.concern.has_spoken
        ),
    }
    return _page(request, "inbox", context, status=status)


def _opened(words: str) -> Opened:
    opened = opened_by_words(words)
    if opened is None:
        raise NotFound("")
    return opened


def _written(request: HttpRequest, words: str) -> tuple[Message, Opened, str]:
    form = Message(request.POST)
    if not form.is_valid():
        return form, _opened(words), ""
    opened = write_as_reporter(words=words, **form.cleaned_data, now=clock.now())
    return Message(), opened, _("It lies in the inbox of those you chose.")


def _answered(words: str, *, yes: bool) -> tuple[Opened, str]:
    try:
        opened = answer_leave(words=words, yes=yes)
    except NotFound:
        raise
    except Problem as problem:
        return _opened(words), problem.sentence
    return opened, _("They may speak with the person named.") if yes else _(
        "They will speak with nobody named."
    )


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, f"safeguarding/concern/{name}.html", context, status=status)


def _caller(request: HttpRequest) -> str:
    """Only to count tries in memory; behind a proxy that is trusted, what it saw last."""
    passed_on = (
        request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.USE_X_FORWARDED_HOST else ""
    )
    return str(passed_on.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", ""))
