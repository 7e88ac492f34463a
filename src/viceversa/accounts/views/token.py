from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.accounts.actions import create_token, revoke_token
from viceversa.accounts.forms import NewToken
from viceversa.accounts.models import User
from viceversa.accounts.queries import token_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Answers the form with the token itself: it is in no address and in no session."""
    form = NewToken(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/token/new.html", {"form": form}, status=status)
    now = clock.now()
    token, raw = create_token(
        user=cast(User, request.user),
        name=form.cleaned_data["name"],
        scopes=form.scopes(),
        expires_at=now + timedelta(days=form.cleaned_data["days"]),
        by=actor_of(request),
        now=now,
    )
    return render(request, "accounts/token/made.html", {"token": token, "raw": raw}, status=201)


@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    token = token_of(cast(User, request.user), token_id)
    revoke_token(token=token, by=actor_of(request), now=clock.now())
    messages.success(request, _("“%(name)s” no longer works.") % {"name": token.name})
    return redirect("accounts:account")
