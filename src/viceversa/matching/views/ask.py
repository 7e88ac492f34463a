"""Learner's choice: goals, the short list, the ask; and the adviser's answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.matching.actions import answer
from viceversa.matching.actions.ask import send_asks, withdraw_asks, write_goals
from viceversa.matching.forms.ask import ChooseAdvisers, WriteGoals, WriteMessage
from viceversa.matching.models import Ask
from viceversa.matching.permissions import side_of
from viceversa.matching.queries.ask import ask_for, asks_by, asks_for, own_enrolment
from viceversa.matching.queries.shortlist import short_list
from viceversa.matching.rules import ask as rules
from viceversa.partnerships.rules import said_to
from viceversa.programmes.models import Enrolment
from viceversa.programmes.queries import programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of


@require_http_methods(["GET", "POST"])
def goals(request: HttpRequest, slug: str) -> HttpResponse:
    learner = _own(request, slug)
    written = {"goals": learner.goals, "career_direction": learner.career_direction}
    form = WriteGoals(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        write_goals(enrolment=learner, by=actor_of(request), now=clock.now(), **form.cleaned_data)
        return redirect("matching:choose", slug=slug)
    context = {"programme": learner.programme, "form": form, "steps": _steps(0)}
    status = 422 if form.is_bound else 200
    return render(request, "matching/ask/goals.html", context, status=status)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    learner = _own(request, slug)
    mine = list(asks_by(learner)[:12])
    if any(ask.state in rules.LIVE for ask in mine):
        return render(request, "matching/ask/waiting.html", _waiting(learner, mine))
    if not learner.goals:
        return redirect("matching:goals", slug=slug)
    choices = short_list(learner)
    form = ChooseAdvisers(choices, request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_sent(request, learner, form):
        messages.success(request, _("Your first choice has been asked."))
        return redirect("matching:choose", slug=slug)
    context = {
        "programme": learner.programme,
        "learner": learner,
        "form": form,
        "choices": choices,
        "before": [_shown(ask) for ask in mine],
        "steps": _steps(1),
    }
    status = 422 if form.is_bound else 200
    return render(request, "matching/ask/choose.html", context, status=status)


def _is_sent(request: HttpRequest, learner: Enrolment, form: ChooseAdvisers) -> bool:
    """What the programme does not allow stands above the form, which keeps what was chosen."""
    actor, advisers = actor_of(request), form.advisers()
    try:
        send_asks(learner=learner, advisers=advisers, by=actor, now=clock.now())
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks to me, as an adviser."""
    actor = actor_of(request)
    programme = programme_for(actor, slug)
    page = page_of(asks_for(actor, programme), number=page_number(request.GET.get("page")))
    return render(request, "matching/ask/list.html", {"programme": programme, "page": page})


@require_GET
def detail(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    return _page(request, _ask(request, slug, key), WriteMessage())


@require_POST
def accept(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    ask = _ask(request, slug, key)
    partnership = answer.accept_ask(ask=ask, by=actor_of(request), now=clock.now())
    messages.success(request, _("You said yes. You are partners now."))
    return redirect("partnerships:detail", key=partnership.key)


@require_POST
def decline(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    answer.decline_ask(ask=_ask(request, slug, key), by=actor_of(request), now=clock.now())
    messages.success(request, _("You said no. No reason is shown to anyone."))
    return redirect("matching:asks", slug=slug)


@require_POST
def write(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The adviser's question, or the learner's reply."""
    actor, ask = actor_of(request), _ask(request, slug, key)
    form = WriteMessage(request.POST)
    if not form.is_valid():
        return _page(request, ask, form, status=422)
    act = answer.question_ask if side_of(actor, ask) == "adviser" else answer.reply_to_question
    act(ask=ask, text=form.cleaned_data["text"], by=actor, now=clock.now())
    messages.success(request, _("Sent. Only you two can read it."))
    return redirect("matching:ask", slug=slug, key=key)


@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    withdraw_asks(learner=_own(request, slug), by=actor_of(request), now=clock.now())
    messages.success(request, _("Your choices are taken back."))
    return redirect("matching:choose", slug=slug)


def _own(request: HttpRequest, slug: str) -> Enrolment:
    actor = actor_of(request)
    learner = own_enrolment(actor, programme_for(actor, slug))
    chooses = learner is not None and learner.is_learner
    if learner is None or not chooses or learner.programme.choosing != "learner":
        raise NotFound(_("There is nothing to choose for you in this programme."))
    return learner


def _ask(request: HttpRequest, slug: str, key: str) -> Ask:
    actor = actor_of(request)
    return ask_for(actor, programme_for(actor, slug), key)


def _page(request: HttpRequest, ask: Ask, form: WriteMessage, *, status: int = 200) -> HttpResponse:
    side = side_of(actor_of(request), ask)
    other = ask.adviser if side == "learner" else ask.learner
    said = list(ask.messages.all())
    questions = sum(message.author_person_id == ask.adviser.person_id for message in said)
    is_late = rules.is_expired(ask.state, ask.expires_at, clock.now())
    context = {
        **_shown(ask),
        "programme": ask.programme,
        "side": side,
        "other": other,
        "other_role": "adviser" if side == "learner" else "learner",
        "reason": said_to(side, ask.reason),
        "said": said,
        "form": form,
        "may_answer": side == "adviser" and rules.may_answer(ask.state) and not is_late,
        "may_question": side == "adviser" and rules.may_question(ask.state, questions),
        "may_reply": side == "learner" and rules.may_reply(ask.state) and not is_late,
    }
    return render(request, "matching/ask/detail.html", context, status=status)


def _waiting(learner: Enrolment, mine: list[Ask]) -> dict[str, Any]:
    newest = mine[0].created_at
    return {
        "programme": learner.programme,
        "learner": learner,
        "asks": [_shown(ask) for ask in mine if ask.created_at == newest],
        "steps": _steps(2),
    }


def _shown(ask: Ask) -> dict[str, Any]:
    """What the learner may know of an ask: a no, silence and no place read the same."""
    words = {
        "queued": _("Asked if the one before does not work out"),
        "sent": _("Waiting for an answer"),
        "question": _("Has a question first"),
        "accepted": _("Said yes"),
        "withdrawn": _("Taken back"),
        "not_this_time": _("Not this time"),
    }
    code = rules.words_for_learner(ask.state)
    return {"ask": ask, "code": code, "words": words[code]}


def _steps(current: int) -> list[dict[str, str]]:
    labels = [_("Goals"), _("Choose"), _("Answer")]
    states = ["done"] * current + ["current"] + ["todo"] * (2 - current)
    return [
        {"label": label, "url": "", "state": state}
        for label, state in zip(labels, states, strict=True)
    ]
