"""The library: searching, reading, and for those who keep it adding, changing and retiring."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.learning.actions.resource import (
    add_resource,
    change_resource,
    restore_resource,
    retire_resource,
    review_resource,
)
from viceversa.learning.forms.texts import ResourceForm, ReviewByForm, resource_initial
from viceversa.learning.models import Resource
from viceversa.learning.permissions import can_keep, check_can_keep
from viceversa.learning.queries.library import Wanted, resource_for, resources, topics_in
from viceversa.learning.queries.packs import current_packs
from viceversa.learning.rules.keeping import USUAL, freshness
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of, words_typed
from viceversa.toolkit.paging import page_number, page_of


def topic_of(request: HttpRequest) -> int | None:
    raw = request.GET.get("topic", "")
    return int(raw) if raw.isdecimal() and len(raw) < 10 else None


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor, today = actor_of(request), clock.now().date()
    keeps = can_keep(actor)
    kind = request.GET.get("kind", "")
    wanted = Wanted(
        words=words_typed(request),
        kind=kind if kind in Resource.Kind.values else "",
        topic=topic_of(request),
        retired=keeps and request.GET.get("retired") == "yes",
    )
    page = page_of(resources(wanted), number=page_number(request.GET.get("page")))
    context = {
        "page": page,
        "rows": [(row, freshness(row.review_by, today)) for row in page.rows],
        "wanted": wanted,
        "kinds": Resource.Kind.choices,
        "kind_name": dict(Resource.Kind.choices).get(wanted.kind, ""),
        "topics": topics_in([Resource]),
        "is_filtered": bool(wanted.words or wanted.kind or wanted.topic or wanted.retired),
        "keeps": keeps,
    }
    return render(request, "learning/library/list.html", context)


@require_GET
def detail(request: HttpRequest, key: str) -> HttpResponse:
    actor, today = actor_of(request), clock.now().date()
    keeps = can_keep(actor)
    resource = resource_for(actor, key, keeps=keeps)
    topics = list(resource.topics.all())
    context = {
        "resource": resource,
        "topics": topics,
        "freshness": freshness(resource.review_by, today),
        "packs": list(current_packs([topic.pk for topic in topics], today=today)[:4]),
        "keeps": keeps,
        "review_form": ReviewByForm(initial={"review_by": today + USUAL}) if keeps else None,
    }
    return render(request, "learning/library/detail.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    check_can_keep(actor)
    initial = {
        "owner": Person.objects.filter(pk=actor.person_id or 0).first(),
        "review_by": now.date() + USUAL,
        "kind": request.GET.get("kind", Resource.Kind.COACHING),
        "language": "en",
    }
    form = ResourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        resource = add_resource(text=form.text(), **form.beside, by=actor, now=now)
        messages.success(request, _("It is in the library now."))
        return redirect("learning:resource", key=resource.key)
    return _form_page(request, form, {})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_can_keep(actor)
    resource = resource_for(actor, key, keeps=True)
    form = ResourceForm(request.POST or None, initial=resource_initial(resource))
    if request.method == "POST" and form.is_valid():
        change_resource(
            resource=resource, text=form.text(), **form.beside, by=actor, now=clock.now()
        )
        messages.success(request, _("Saved."))
        return redirect("learning:resource", key=key)
    return _form_page(request, form, {"resource": resource})


def _form_page(request: HttpRequest, form: ResourceForm, more: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, **more}
    return render(request, "learning/library/form.html", context, status=status)


@require_POST
def reviewed(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_can_keep(actor)
    resource = resource_for(actor, key, keeps=True)
    form = ReviewByForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(line) for line in form.errors.get("review_by", [])))
        return redirect("learning:resource", key=key)
    review_resource(
        resource=resource, review_by=form.cleaned_data["review_by"], by=actor, now=clock.now()
    )
    messages.success(request, _("Noted: you read it again today."))
    return redirect("learning:resource", key=key)


@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    return _done(
        request, key, retire_resource, _("It is retired. You can bring it back from its page.")
    )


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    return _done(request, key, restore_resource, _("It is back in the library."))


def _done(
    request: HttpRequest, key: str, action: Callable[..., Resource], sentence: str
) -> HttpResponse:
    actor = actor_of(request)
    check_can_keep(actor)
    action(resource=resource_for(actor, key, keeps=True), by=actor, now=clock.now())
    messages.success(request, sentence)
    return redirect("learning:resource", key=key)
