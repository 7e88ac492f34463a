"""My key: what protects my conversations, and what to do when it is lost."""

from datetime import timedelta

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.toolkit.http import actor_of
from viceversa.vault.actions import add_passphrase, make_recovery_code, recover, start_anew
from viceversa.vault.forms import Recover, SetPassphrase, StartAnew
from viceversa.vault.queries import lock_of

MOST_GUESSES = 5
WAIT = timedelta(minutes=15)


@never_cache
@require_GET
def key(request: HttpRequest) -> HttpResponse:
    return render(request, "vault/key.html", {"lock": lock_of(_own(actor_of(request)))})


@never_cache
@sensitive_post_parameters("passphrase", "again")
@require_http_methods(["GET", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    lock = lock_of(_own(actor))
    form = SetPassphrase(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "vault/passphrase.html", {"form": form, "lock": lock}, status=status)
    add_passphrase(passphrase=form.cleaned_data["passphrase"], by=actor, now=clock.now())
    messages.success(request, _("Your passphrase is set. It opens your key if all else is lost."))
    return redirect("vault:key")


@never_cache
@sensitive_variables("code")
@require_http_methods(["GET", "POST"])
def recovery_code(request: HttpRequest) -> HttpResponse:
    """The answer to the form shows the code: it is kept nowhere, so it cannot be shown again."""
    actor = actor_of(request)
    lock = lock_of(_own(actor))
    if request.method != "POST":
        return render(request, "vault/recovery_code.html", {"lock": lock})
    code = make_recovery_code(by=actor, now=clock.now())
    return render(request, "vault/code_shown.html", {"code": code})


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def recover_key(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    person_id = _own(actor)
    form = Recover(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _check_guesses(person_id)
        try:
            recover(**form.cleaned_data, by=actor, now=clock.now())
        except Refused as refusal:
            if refusal.code == "wrong":
                _count_guess(person_id)
            form.add_error("secret", refusal.sentence)
        else:
            cache.delete(_guesses(person_id))
            messages.success(request, _("Your key opens again, and with it what was written."))
            return redirect("vault:key")
    context = {"form": form, "lock": lock_of(person_id)}
    return render(request, "vault/recover.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def anew(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    lock = lock_of(_own(actor))
    form = StartAnew(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "vault/anew.html", {"form": form, "lock": lock}, status=status)
    start_anew(by=actor, now=clock.now())
    messages.success(request, _("You have a new key. Ask your partner to let you in again."))
    return redirect("vault:key")


def _own(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed(_("Only a person of the directory has a key."))
    return actor.person_id


def _guesses(person_id: int) -> str:
    return f"vault-guesses-{person_id}"


def _check_guesses(person_id: int) -> None:
    if cache.get(_guesses(person_id), 0) >= MOST_GUESSES:
        raise Refused(
            _("That were %(n)s tries. Wait a quarter of an hour, then try again.")
            % {"n": MOST_GUESSES},
            code="too_many_tries",
        )


def _count_guess(person_id: int) -> None:
    """Counted outside of the action, whose transaction a wrong guess undoes."""
    name = _guesses(person_id)
    cache.add(name, 0, WAIT.total_seconds())
    cache.set(name, cache.get(name, 0) + 1, WAIT.total_seconds())
