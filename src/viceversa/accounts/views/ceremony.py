"""Questions to a passkey on their way through the session: one at a time, for one purpose, once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from fido2.webauthn import AttestedCredentialData

from viceversa.accounts.rules import ceremony
from viceversa.accounts.rules.ceremony import Failed, Site
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused

KEPT = "passkey_question"
SIGN_IN, AGAIN, ADD, LET_OPEN, OPEN = "sign-in", "again", "add", "let-open", "open"


def wants_question(request: HttpRequest) -> bool:
    """The script asks for it when the button is pressed, so a page left open grows not stale."""
    return request.method == "GET" and request.headers.get("Accept") == "application/json"


def put(
    request: HttpRequest, purpose: str, asked: tuple[dict[str, Any], ceremony.State], **kept: str
) -> JsonResponse:
    options, state = asked
    at = clock.now().isoformat()
    request.session[KEPT] = {"purpose": purpose, "at": at, "state": state, **kept}
    return JsonResponse(options)


def taken(request: HttpRequest, purpose: str) -> dict[str, Any]:
    """The question that was put, which is then gone. Raises Failed."""
    kept: dict[str, Any] | None = request.session.pop(KEPT, None)
    if kept is None or kept["purpose"] != purpose:
        raise Failed("There is no such question.")
    if not ceremony.is_fresh(datetime.fromisoformat(kept["at"]), now=clock.now()):
        raise Failed("The question is too old.")
    return kept


def shown(
    request: HttpRequest,
    question: dict[str, Any],
    answer: dict[str, Any],
    known: Sequence[AttestedCredentialData],
) -> str:
    """The passkey that answered, by its id in base64url. Raises Failed."""
    found = ceremony.shown(site(request), question["state"], answer, known=known)
    return ceremony.to_text(found)


@contextmanager
def refusals_in(form: forms.Form) -> Iterator[None]:
    """A refusal becomes a sentence above the form."""
    try:
        yield
    except Failed:
        sentence = _("That answer did not fit: it came too late, or from another passkey.")
        form.add_error(None, f"{sentence} {_('Try once more.')}")
    except Refused as refused:
        form.add_error(None, refused.sentence)


def site(request: HttpRequest) -> Site:
    return Site(host=request.get_host().partition(":")[0], name="Viceversa")
