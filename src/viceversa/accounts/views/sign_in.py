"""Signing in with a passkey, and showing once more who is there."""

from typing import Any, cast

from allauth.account.models import Login
from allauth.account.views import BaseReauthenticateView
from allauth.decorators import rate_limit
from allauth.mfa.webauthn.internal import flows
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from viceversa.accounts.forms.passkey import Answer
from viceversa.accounts.models import User
from viceversa.accounts.queries import Passkey, account_by_handle, passkeys_of
from viceversa.accounts.rules import ceremony
from viceversa.accounts.views.ceremony import (
    AGAIN,
    SIGN_IN,
    put,
    refusals_in,
    shown,
    site,
    taken,
    wants_question,
)
from viceversa.design.problems import problem_page


def too_many_tries(request: HttpRequest) -> HttpResponse:
    return problem_page(request, 429)


@never_cache
@rate_limit(action="login")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def by_passkey(request: HttpRequest) -> HttpResponse:
    """Without a name: the person picks a passkey, and it says whose it is."""
    if wants_question(request):
        return put(request, SIGN_IN, ceremony.ask_to_show(site(request)))
    form = Answer(request.POST or None)
    try:
        if form.is_valid():
            found = _who_answered(request, form.cleaned_data["credential"])
            login = Login(user=found.user)
            return cast(HttpResponse, flows.perform_passwordless_login(request, found.row, login))
    except ceremony.Failed:
        messages.error(request, _("This passkey does not sign anybody in here. Try another way."))
    return _back(request)


def _who_answered(request: HttpRequest, answer: dict[str, Any]) -> Passkey:
    """Raises Failed, and does the same work for every answer."""
    question = taken(request, SIGN_IN)
    user = account_by_handle(ceremony.handle_of(answer))
    return _answered(request, question, answer, user)


def _answered(
    request: HttpRequest, question: dict[str, Any], answer: dict[str, Any], user: User | None
) -> Passkey:
    passkeys = passkeys_of(user) if user is not None else []
    credential = shown(request, question, answer, [passkey.key for passkey in passkeys])
    return next(passkey for passkey in passkeys if passkey.credential == credential)


def _back(request: HttpRequest) -> HttpResponse:
    after = request.POST.get("next", "")
    return redirect(f"/sign-in/?{urlencode({'next': after})}" if after else "account_login")


class AgainByPasskey(BaseReauthenticateView):  # type: ignore[misc]
    form_class = Answer
    template_name = "accounts/passkey/again.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not wants_question(request):
            return cast(HttpResponse, super().get(request, *args, **kwargs))
        known = [passkey.key for passkey in passkeys_of(request.user)]
        return put(request, AGAIN, ceremony.ask_to_show(site(request), known=known))

    def form_valid(self, form: Answer) -> HttpResponse:
        with refusals_in(form):
            question = taken(self.request, AGAIN)
            answer = form.cleaned_data["credential"]
            passkey = _answered(self.request, question, answer, self.request.user)
            flows.reauthenticate(self.request, passkey.row)
        if not form.is_valid():
            return self.form_invalid(form)
        return cast(HttpResponse, super().form_valid(form))

    def form_invalid(self, form: Answer) -> HttpResponse:
        return cast(HttpResponse, self.render_to_response({"form": form}, status=422))


again_by_passkey = never_cache(AgainByPasskey.as_view())
