"""The certificate: a page to print, and a tagged PDF. Nothing that was sealed goes into it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from viceversa.design.pdf import NoLetters, pdf_of
from viceversa.partnerships.forms.closing import OwnLine
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.closing import CertificateFacts, certificate_facts
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit.errors import Refused

DRAWING = Path(__file__).parent.parent / "templates" / "partnerships" / "closing"


@never_cache
@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, key: str) -> HttpResponse:
    """The line of one's own comes by POST, so that it stands in no address and no log."""
    seat = seat_of(request, key)
    if seat.partnership.state != Partnership.State.COMPLETED:
        raise Refused(_("There is a certificate once the partnership is completed."))
    form = OwnLine(request.POST if request.method == "POST" else None)
    said = in_words(certificate_facts(seat.partnership))
    if not form.is_valid():
        context = frame(seat, "closing") | {"form": form, "said": said}
        status = 422 if form.is_bound else 200
        return render(request, "partnerships/closing/certificate.html", context, status=status)
    return _file({**said, "line": form.cleaned_data["line"]})


def _file(said: dict[str, Any]) -> HttpResponse:
    try:
        content = pdf_of(DRAWING / "certificate.typ", said)
    except NoLetters as missing:
        raise Refused(
            _(
                "This server has no font for “%(text)s”. Print the page of the certificate "
                "instead, or ask the operator to install a font for this script."
            )
            % {"text": missing.text},
            code="no_font",
        ) from None
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    return answer


def in_words(facts: CertificateFacts) -> dict[str, Any]:
    """What the page and the PDF say, sentence by sentence."""
    said: dict[str, Any] = {
        **{name: asdict(facts)[name] for name in ("learner", "adviser", "programme")},
        "heading": _("Certificate of reverse mentoring"),
        "both": _("worked together as adviser and learner"),
        "adviser_label": _("Adviser"),
        "learner_label": _("Learner"),
        "programme_label": _("in the programme"),
        "dates": _dates(facts),
        "half_hours": _half_hours(facts.half_hours),
        "learning_label": _("What the learner set out to do"),
        "learning": facts.learning,
        "returned_label": _("What came back to the adviser"),
        "returned": facts.returned,
    }
    return said


def _dates(facts: CertificateFacts) -> str:
    start, end = facts.started_at, facts.ended_at
    if start is None or end is None:
        return ""
    return _("%(start)s to %(end)s") % {
        "start": date_format(start, "j F Y"),
        "end": date_format(end, "j F Y"),
    }


def _half_hours(count: int) -> str:
    if count == 0:
        return ""
    return ngettext("%(n)s half hour", "%(n)s half hours", count) % {"n": count}
