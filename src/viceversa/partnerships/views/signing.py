"""Changing and signing: each version as it was, and a signature for exactly one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.partnerships.actions.signing import (
    change_terms,
    raise_confidentiality,
    set_draft_aside,
    sign_agreement,
)
from viceversa.partnerships.forms.agreement import Raise, Replies
from viceversa.partnerships.forms.agreement_section import changes_of, form_together
from viceversa.partnerships.queries.agreement import (
    current_terms,
    draft_of,
    signed_of,
    terms_of,
    version_for,
)
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.queries.terms_in_words import SECTIONS, granted, in_sections
from viceversa.partnerships.rules import agreement as rules
from viceversa.partnerships.rules.terms import NOTHING, Terms
from viceversa.partnerships.views.agreement import frame, page_context, with_key
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.toolkit.http import actor_of


@require_POST
@with_key
def sign(request: HttpRequest, seat: Seat) -> HttpResponse:
    version = _number(request.POST.get("version"))
    try:
        agreement = sign_agreement(
            partnership=seat.partnership,
            version=version,
            commits=request.POST.get("commits") == "on",
            by=actor_of(request),
            now=clock.now(),
        )
    except Refused as refused:
        return _again(request, seat, refused, version)
    if agreement.in_force_at:
        messages.success(request, _("Both of you have signed. It holds from now on."))
    else:
        messages.success(request, _("You have signed. Your partner is told."))
    return redirect("partnerships:agreement", key=seat.partnership.key)


@require_http_methods(["GET", "POST"])
@with_key
def change(request: HttpRequest, seat: Seat, step: str) -> HttpResponse:
    """One section of the draft, or of what is signed: then it becomes a new draft."""
    current = draft_of(seat.partnership) or signed_of(seat.partnership)
    if current is None or (request.method == "GET" and seat.partnership.state not in rules.SIGNING):
        return redirect("partnerships:agreement", key=seat.partnership.key)
    terms = current_terms(seat)
    posted = request.POST if request.method == "POST" else None
    form = form_together(seat, step, terms, posted, today=clock.now().date())
    if request.method == "POST" and form.is_valid():
        seen = _number(request.POST.get("version"))
        try:
            change_terms(
                partnership=seat.partnership,
                seen=seen,
                changes=changes_of(form, step, seat.side),
                by=actor_of(request),
                now=clock.now(),
            )
        except Refused as refused:
            return _again(request, seat, refused, seen)
        messages.success(request, _("A new draft. Both of you sign it anew."))
        return redirect("partnerships:agreement", key=seat.partnership.key)
    context = {
        **frame(seat),
        "form": form,
        "pairs": form.pairs() if isinstance(form, Replies) else [],
        "version": current.version,
        "title": SECTIONS.get(step, _("How far you can help")),
        "was_signed": current.in_force_at is not None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/agreement/change.html", context, status=status)


@require_GET
@with_key
def version(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """One version as it was."""
    agreement = version_for(seat, number)
    terms = terms_of(seat, agreement)
    context = {
        **frame(seat),
        "agreement": agreement,
        "terms": terms,
        "granted": granted(terms.permission),
        "sections": in_sections(terms),
    }
    return render(request, "partnerships/agreement/version.html", context)


@require_POST
@with_key
def aside(request: HttpRequest, seat: Seat) -> HttpResponse:
    set_draft_aside(
        partnership=seat.partnership,
        version=_number(request.POST.get("version")),
        by=actor_of(request),
        now=clock.now(),
    )
    messages.success(request, _("Set aside. What you both signed holds on."))
    return redirect("partnerships:agreement", key=seat.partnership.key)


@require_http_methods(["GET", "POST"])
@with_key
def more_confidential(request: HttpRequest, seat: Seat) -> HttpResponse:
    agreement = signed_of(seat.partnership)
    if agreement is None or agreement.level == NOTHING:
        return redirect("partnerships:agreement", key=seat.partnership.key)
    form = Raise(agreement.level, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        raise_confidentiality(
            partnership=seat.partnership,
            level=form.cleaned_data["level"],
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(request, _("Raised. It holds at once, for what is past too."))
        return redirect("partnerships:agreement", key=seat.partnership.key)
    context = {**frame(seat), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/agreement/raise.html", context, status=status)


def _again(request: HttpRequest, seat: Seat, refused: Refused, seen: int) -> HttpResponse:
    """The page with the reason, and what is different from the version that was seen."""
    context = page_context(seat, seen=_seen(seat, seen) if refused.code == "changed" else None)
    context["refused"] = refused
    return render(request, "partnerships/agreement/page.html", context, status=refused.status)


def _seen(seat: Seat, number: int) -> Terms | None:
    try:
        return terms_of(seat, version_for(seat, number))
    except NotFound:
        return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
