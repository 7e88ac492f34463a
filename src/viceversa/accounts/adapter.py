"""How the sign-in library behaves here: generic answers, our words, letters sent by jobs."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from viceversa.accounts.actions import note_password_change
from viceversa.toolkit import clock
from viceversa.toolkit.jobs import later

WRONG = _("The address or the password is not right. Try again, or sign in with a code by e-mail.")
SLOW_DOWN = _(
    "Too many wrong tries. Wait ten minutes and try again, or sign in with a code by e-mail."
)
MFA, PASSKEY = "allauth.mfa.", "mfa_reauthenticate:webauthn"
LETTERS = {"account/email/login_code": "accounts.send_login_code"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": SLOW_DOWN,
        "rate_limited": SLOW_DOWN,
        "incorrect_code": _("This is not the code we sent. Look again, or ask for a new one."),
        "enter_current_password": _("This is not your present password."),
        "invalid_password_reset": _("This link is no longer good. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of our own pages, without a host."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one letter that the library sends; a job sends it, so a slow or absent mail server
        tells nobody whether the address is known."""
        later(
            LETTERS[template_prefix],
            address=email,
            code=context["code"],
            asked_at=clock.now().isoformat(),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The library calls this after every change of a password."""
        note_password_change(user_id=user.pk, now=clock.now())

    def get_login_stages(self) -> list[str]:
        """A passkey is a way of its own, not a second step after the password."""
        return [stage for stage in super().get_login_stages() if not stage.startswith(MFA)]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {"reauthenticate": _("Type my password"), PASSKEY: _("Use a passkey")}
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Writes the password alone: an account closed meanwhile stays closed."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Closed between the code and its typing: the same words as for anything wrong."""
        messages.error(request, WRONG)
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("accounts:account")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Counted by address alone: the library adds the host name, which the caller chooses."""
        return str(credentials.get("email", "")).strip().lower()
