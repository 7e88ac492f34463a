"""The way of a pack to its readers: asked, checked, published, read again, retired."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viceversa.learning.actions.reviewing import (
    answer_check,
    ask_for_check,
    publish_pack,
    restore_pack,
    retire_pack,
    review_pack,
)
from viceversa.learning.forms.texts import CheckerForm, CheckForm, ReviewByForm
from viceversa.learning.models import Pack
from viceversa.learning.permissions import can_keep, check_can_keep, check_can_review
from viceversa.learning.queries.packs import pack_for, possible_reviewers
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


def _load(request: HttpRequest, key: str) -> Pack:
    actor = actor_of(request)
    return pack_for(actor, key, keeps=can_keep(actor))


def _to_pack(request: HttpRequest, pack: Pack, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("learning:pack", key=pack.key)


def _wrong(request: HttpRequest, pack: Pack, form: Form) -> HttpResponse:
    """What is wrong, in words, on the page of the pack."""
    sentences = [str(line) for lines in form.errors.values() for line in lines]
    messages.error(request, " ".join(sentences))
    return redirect("learning:pack", key=pack.key)


@require_POST
def ask(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_can_keep(actor)
    pack = _load(request, key)
    form = CheckerForm(request.POST, people=possible_reviewers(pack))
    if not form.is_valid():
        return _wrong(request, pack, form)
    reviewer = form.people[form.cleaned_data["reviewer"]]
    ask_for_check(pack=pack, reviewer=reviewer, by=actor, now=clock.now())
    return _to_pack(request, pack, _("%(name)s is asked to check it.") % {"name": reviewer.name})


@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    pack = _load(request, key)
    check_can_review(actor, pack)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _wrong(request, pack, form)
    answered = answer_check(pack=pack, **form.cleaned_data, by=actor, now=clock.now())
    messages.success(request, _("Thank you. Whoever looks after it has your answer."))
    if answered.state == Pack.State.DRAFT and not can_keep(actor):
        return redirect("learning:home")
    return redirect("learning:pack", key=key)


@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    return _done(request, key, publish_pack, _("Published. Everyone can use it now."))


@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    return _done(request, key, retire_pack, _("Retired. Nobody but you who keep it sees it now."))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    return _done(request, key, restore_pack, _("It is a draft again."))


def _done(
    request: HttpRequest, key: str, action: Callable[..., Any], sentence: str
) -> HttpResponse:
    actor = actor_of(request)
    check_can_keep(actor)
    pack = _load(request, key)
    action(pack=pack, by=actor, now=clock.now())
    return _to_pack(request, pack, sentence)


@require_POST
def reviewed(request: HttpRequest, key: str) -> HttpResponse:
    pack = _load(request, key)
    form = ReviewByForm(request.POST)
    if not form.is_valid():
        return _wrong(request, pack, form)
    day = form.cleaned_data["review_by"]
    review_pack(pack=pack, review_by=day, by=actor_of(request), now=clock.now())
    return _to_pack(request, pack, _("Noted: you read it again today."))
