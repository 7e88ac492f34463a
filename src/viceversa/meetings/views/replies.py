"""Where a mail gateway hands over what calendars answered. Open, but signed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from viceversa.meetings.actions.replies import take_calendar, take_mail
from viceversa.meetings.rules.replies import MOST_BYTES, is_signed
from viceversa.toolkit import clock


@csrf_exempt
@require_POST
def replies(request: HttpRequest) -> HttpResponse:
    if _length(request) > MOST_BYTES:
        return _no(413, _("A reply is smaller than 256 kB."))
    signature = request.headers.get("X-Viceversa-Signature", "")
    if not signature:
        return _no(401, _("Sign the request as the guide for operators says."))
    sender = request.headers.get("X-Viceversa-Sender", "")
    now = clock.now()
    if not is_signed(
        signature,
        settings.INBOUND_SECRET,
        timestamp=request.headers.get("X-Viceversa-Timestamp", ""),
        sender=sender,
        body=request.body,
        now=now,
    ):
        return _no(403, _("The signature does not fit, or is older than five minutes."))
    if request.content_type == "message/rfc822":
        return JsonResponse({"result": take_mail(raw=request.body, now=now)})
    if request.content_type == "text/calendar":
        return JsonResponse({"result": take_calendar(text=request.body, sender=sender, now=now)})
    return _no(415, _("Send message/rfc822 or text/calendar."))


def _length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else len(request.body)


def _no(status: int, sentence: str) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status)
