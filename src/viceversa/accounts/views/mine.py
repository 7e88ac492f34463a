"""My account: how I sign in, where I am signed in, what acts in my name."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.accounts.actions import end_sessions
from viceversa.accounts.models import User
from viceversa.accounts.queries import passkeys_of, roles_of, tokens_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.vault.queries import passkeys_of as key_passkeys_of


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "account": user,
        "has_password": user.has_usable_password(),
        "roles": roles_of([user])[user.pk],
        "tokens": tokens_of(user),
        "passkeys": passkeys_of(user),
        "opening": {one.credential for one in key_passkeys_of(user.person_id)},
        "now": clock.now(),
    }
    return render(request, "accounts/mine/show.html", context)


@require_POST
def end_all_sessions(request: HttpRequest) -> HttpResponse:
    end_sessions(user=cast(User, request.user), by=actor_of(request), now=clock.now())
    messages.success(request, _("You are signed out everywhere."))
    return redirect("account_login")
