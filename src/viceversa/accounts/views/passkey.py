"""My passkeys: adding, naming, removing, and letting one open my key."""

from collections.abc import Callable
from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import user_pk_to_url_str
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from viceversa.accounts.actions import (
    add_passkey,
    let_passkey_open_key,
    remove_passkey,
    rename_passkey,
)
from viceversa.accounts.forms.passkey import AnswerWithSecret, NewPasskey, PasskeyName
from viceversa.accounts.models import User
from viceversa.accounts.queries import Passkey, passkey_of, passkeys_of
from viceversa.accounts.rules import ceremony
from viceversa.accounts.views.ceremony import (
    ADD,
    LET_OPEN,
    put,
    refusals_in,
    shown,
    site,
    taken,
    wants_question,
)
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.vault.queries import passkeys_of as key_passkeys_of

View = Callable[..., HttpResponse]


def again(view: View) -> View:
    """Asks once more who is there, if that was not shown in the last five minutes."""
    return cast(View, reauthentication_required(app="allauth.mfa")(view))


@never_cache
@again
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    if wants_question(request):
        return _ask_for_new(request)
    form = NewPasskey(request.POST or None)
    if form.is_valid() and _was_added(request, form):
        messages.success(request, _("Your passkey is ready. You can sign in with it from now on."))
        return redirect("accounts:account")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/passkey/new.html", {"form": form}, status=status)


def _ask_for_new(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    asked = ceremony.ask_to_make(
        site(request),
        handle=user_pk_to_url_str(user),
        name=user.email,
        shown=user.label,
        known=[passkey.key for passkey in passkeys_of(user)],
    )
    return put(request, ADD, asked)


def _was_added(request: HttpRequest, form: NewPasskey) -> bool:
    with refusals_in(form):
        state = taken(request, ADD)["state"]
        registration = ceremony.made(site(request), state, form.cleaned_data["credential"])
        add_passkey(
            user=cast(User, request.user),
            name=form.cleaned_data["name"],
            registration=registration,
            by=actor_of(request),
            now=clock.now(),
        )
    return form.is_valid()


@again
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, passkey_id: int) -> HttpResponse:
    passkey = passkey_of(request.user, passkey_id)
    form = PasskeyName(request.POST or None, initial={"name": passkey.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        rename_passkey(passkey=passkey, name=name, by=actor_of(request), now=clock.now())
        messages.success(request, _("It is called “%(name)s” now.") % {"name": name})
        return redirect("accounts:account")
    context = {"form": form, "passkey": passkey}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/passkey/name.html", context, status=status)


@again
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    passkey = passkey_of(request.user, passkey_id)
    actor = actor_of(request)
    if request.method == "POST":
        remove_passkey(passkey=passkey, by=actor, now=clock.now())
        messages.success(request, _("“%(name)s” no longer signs you in.") % {"name": passkey.name})
        return redirect("accounts:account")
    opening = {one.credential for one in key_passkeys_of(actor.person_id)}
    context = {"passkey": passkey, "opens_key": passkey.credential in opening}
    return render(request, "accounts/passkey/remove.html", context)


@never_cache
@sensitive_post_parameters("secret", "credential")
@require_http_methods(["GET", "POST"])
def let_open(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """The passkey makes a secret of a new salt, and that locks the key once more."""
    passkey = passkey_of(request.user, passkey_id)
    if wants_question(request):
        salt = ceremony.new_salt()
        asked = ceremony.ask_to_show(
            site(request), known=[passkey.key], salts={passkey.key.credential_id: salt}
        )
        return put(request, LET_OPEN, asked, salt=ceremony.to_text(salt))
    form = AnswerWithSecret(request.POST or None)
    if form.is_valid() and _now_opens(request, form, passkey):
        messages.success(request, _("“%(name)s” can open your key.") % {"name": passkey.name})
        return redirect("vault:key")
    context = {"form": form, "passkey": passkey}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/passkey/let_open.html", context, status=status)


def _now_opens(request: HttpRequest, form: AnswerWithSecret, passkey: Passkey) -> bool:
    with refusals_in(form):
        question = taken(request, LET_OPEN)
        shown(request, question, form.cleaned_data["credential"], [passkey.key])
        let_passkey_open_key(
            passkey=passkey,
            salt=ceremony.from_text(question["salt"]),
            secret=form.cleaned_data["secret"],
            by=actor_of(request),
            now=clock.now(),
        )
    return form.is_valid()
