"""Letters with secrets in them. They are made when they are sent, and not kept."""

from datetime import datetime

from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.accounts.backend import ResetTokens
from viceversa.accounts.models import User
from viceversa.accounts.queries import active_account
from viceversa.accounts.rules import LOGIN_CODE_LASTS
from viceversa.notifications.actions import compose_letter
from viceversa.toolkit.ids import new_key


def send_login_code(*, address: str, code: str, asked_at: datetime, now: datetime) -> bool:
    """False when nobody signs in with this address, or the code would come too late."""
    if not code or now - asked_at > LOGIN_CODE_LASTS or active_account(address) is None:
        return False
    compose_letter(
        key=new_key(),
        to=address,
        title=_("Your code: %(code)s") % {"code": code},
        paragraphs=[
            _("Type this code in the browser where you asked for it. It works for ten minutes."),
            _("If you did not ask for it, leave it be: without it nobody gets in."),
        ],
        facts=[{"term": _("Code"), "value": code}],
    ).send()
    return True


def send_reset_link(*, address: str) -> bool:
    """False when nobody signs in with this address."""
    user = active_account(address)
    if user is None:
        return False
    compose_letter(
        key=new_key(),
        to=user.email,
        title=_("Choose a new password"),
        paragraphs=[
            _("Somebody, we think you, asked for a new password. The link works for one hour."),
            _("If it was not you, leave it be: your password stays as it is."),
        ],
        action_path=reset_path(user),
        action_label=_("Choose a new password"),
    ).send()
    return True


def reset_path(user: User) -> str:
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": ResetTokens().make_token(user)},
    )
