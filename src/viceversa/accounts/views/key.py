"""My key, as far as passkeys open it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from fido2.webauthn import AttestedCredentialData

from viceversa.accounts.actions import keep_passkey_from_key, open_key_with_passkey
from viceversa.accounts.forms.passkey import AnswerWithSecret
from viceversa.accounts.models import User
from viceversa.accounts.rules import ceremony
from viceversa.accounts.views.ceremony import (
    OPEN,
    put,
    refusals_in,
    shown,
    site,
    taken,
    wants_question,
)
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of
from viceversa.vault.queries import Passkey, passkeys_of


@never_cache
@sensitive_post_parameters("secret", "credential")
@require_http_methods(["GET", "POST"])
def open_(request: HttpRequest) -> HttpResponse:
    passkeys = passkeys_of(actor_of(request).person_id)
    if wants_question(request):
        return _ask(request, passkeys)
    form = AnswerWithSecret(request.POST or None)
    if form.is_valid() and _was_opened(request, form, passkeys):
        messages.success(request, _("Your key opens again, and with it what was written."))
        return redirect("vault:key")
    context = {"form": form, "passkeys": passkeys}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/passkey/open.html", context, status=status)


@require_POST
def keep_out(request: HttpRequest) -> HttpResponse:
    name = keep_passkey_from_key(
        user=cast(User, request.user),
        credential=request.POST.get("credential", ""),
        by=actor_of(request),
        now=clock.now(),
    )
    messages.success(request, _("“%(name)s” no longer opens your key.") % {"name": name})
    return redirect("vault:key")


def _ask(request: HttpRequest, passkeys: list[Passkey]) -> HttpResponse:
    if not passkeys:
        raise NotFound(_("No passkey opens your key."))
    known = [_key(passkey) for passkey in passkeys]
    salts = {
        key.credential_id: ceremony.from_text(passkey.salt)
        for key, passkey in zip(known, passkeys, strict=True)
    }
    return put(request, OPEN, ceremony.ask_to_show(site(request), known=known, salts=salts))


def _was_opened(request: HttpRequest, form: AnswerWithSecret, passkeys: list[Passkey]) -> bool:
    with refusals_in(form):
        known = [_key(passkey) for passkey in passkeys]
        question = taken(request, OPEN)
        open_key_with_passkey(
            user=cast(User, request.user),
            credential=shown(request, question, form.cleaned_data["credential"], known),
            secret=form.cleaned_data["secret"],
            by=actor_of(request),
            now=clock.now(),
        )
    return form.is_valid()


def _key(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(ceremony.from_text(passkey.public))
