"""Goals on both streams, one goal with what can be done with it, and the check for oneself."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.partnerships.actions import goal as actions
from viceversa.partnerships.actions import goal_change as changes
from viceversa.partnerships.actions.check import (
    check_oneself,
    keep_checks_out_of_reports,
    keep_use_out_of_reports,
    say_use,
)
from viceversa.partnerships.actions.explaining import say_level
from viceversa.partnerships.forms.explaining import SayLevel
from viceversa.partnerships.forms.goal import (
    TEMPLATES,
    AdjustGoal,
    Progress,
    ProposeGoal,
    ReplyToGoal,
    ShareGoal,
)
from viceversa.partnerships.forms.own_answer import CheckOneself, SayUse
from viceversa.partnerships.models import Goal
from viceversa.partnerships.queries.explaining import explaining_of
from viceversa.partnerships.queries.goals import (
    checks_of,
    confidentiality_of,
    goal_for,
    opened_goal,
    opened_goals,
    uses_of,
)
from viceversa.partnerships.queries.own_answers import Checks
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import goals as rules
from viceversa.partnerships.rules.explaining import AIDS
from viceversa.partnerships.rules.own_answers import USE, asks_for_use
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of


@require_GET
def index(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    context = frame(seat, "goals")
    if seat.can_open:
        context["streams"] = _streams(seat)
    return render(request, "partnerships/goal/list.html", context)


def _streams(seat: Seat) -> list[dict[str, Any]]:
    by_stream = opened_goals(seat)
    return [
        {
            "name": stream,
            "title": _title_of(seat, stream),
            "tone": "tide" if stream == Goal.Stream.LEARNING else "ember",
            "rows": by_stream[stream],
        }
        for stream in Goal.Stream.values
    ]


def _title_of(seat: Seat, stream: str) -> str:
    if seat.side == rules.owner_of(stream):
        return _("What you want")
    return _("What %(name)s wants") % {"name": seat.partner.name}


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    form = ProposeGoal(
        request.POST if request.method == "POST" else None,
        streams=_choices(seat),
        initial=_wished(request, seat),
    )
    if form.is_valid():
        goal = actions.propose_goal(
            partnership=seat.partnership,
            **form.cleaned_data,
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(
            request, _("Proposed. It counts once %(name)s agrees.") % {"name": seat.partner.name}
        )
        return redirect("partnerships:goal", key=key, goal=goal.key)
    context = frame(seat, "goals") | {"form": form, "is_about_rise": _asks_about_rise(form)}
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/goal/propose.html", context, status=status)


def _asks_about_rise(form: ProposeGoal) -> bool:
    stream, kind = (str(form[name].value() or "") for name in ("stream", "kind"))
    return rules.is_about_rise(stream=stream, kind=kind)


def _choices(seat: Seat) -> list[tuple[str, str]]:
    name = {"name": seat.partner.name}
    mine, theirs = _("Mine"), _("A goal for %(name)s") % name
    if seat.is_learner:
        learning = f"{mine} — {_('what you want to learn')}"
        returned = f"{theirs} — {_('what comes back to %(name)s') % name}"
    else:
        learning = f"{theirs} — {_('what %(name)s wants to learn') % name}"
        returned = f"{mine} — {_('what comes back to you')}"
    return [(Goal.Stream.LEARNING, learning), (Goal.Stream.RETURN, returned)]


def _wished(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    template = TEMPLATES.get(request.GET.get("template", ""))
    if template is not None:
        return template
    wished = request.GET.get("stream", "")
    own = Goal.Stream.LEARNING if seat.is_learner else Goal.Stream.RETURN
    return {"stream": wished if wished in Goal.Stream.values else own}


@require_GET
def detail(request: HttpRequest, key: str, goal: str) -> HttpResponse:
    seat = seat_of(request, key)
    return _page(request, seat, goal_for(seat, goal))


def _page(
    request: HttpRequest, seat: Seat, goal: Goal, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """With a form that did not pass in its place, when there is one."""
    context = frame(seat, "goals")
    if seat.can_open:
        context |= _opened(seat, goal)
        context["forms"] |= {name.replace("-", "_"): form for name, form in (bound or {}).items()}
        context["open_form"] = next(iter(bound or {}), "")
    status = 422 if bound else 200
    return render(request, "partnerships/goal/detail.html", context, status=status)


def _opened(seat: Seat, goal: Goal) -> dict[str, Any]:
    row, checks, uses = opened_goal(seat, goal), checks_of(seat, goal), uses_of(seat, goal)
    says_use = seat.is_learner and asks_for_use(kind=goal.kind, stream=goal.stream)
    return {
        "row": row,
        "goal": goal,
        "level": explaining_of(row),
        "aids": AIDS,
        "checks": checks,
        "steps": rules.STEPS,
        "is_about_rise": rules.is_about_rise(stream=goal.stream, kind=goal.kind),
        "uses": uses if says_use else None,
        "use_steps": USE.steps,
        "stream_tone": "tide" if goal.stream == Goal.Stream.LEARNING else "ember",
        "may_share": rules.may_share(confidentiality_of(seat.partnership)),
        "may_check": _may_check(goal, checks),
        "may_say_use": _may_check(goal, uses),
        "forms": _forms(row, checks, uses),
    }


def _may_check(goal: Goal, checks: Checks) -> dict[str, bool]:
    return {
        moment: rules.may_check(goal.state, moment, **checks.had) for moment in ("before", "after")
    }


def _forms(row: Any, checks: Checks, uses: Checks) -> dict[str, forms.Form]:
    """Filled in with what stands; each has ids of its own on the page."""
    words = {"title": row.words.get("title"), "words": row.words.get("words")}
    reply = {"reply": row.goal.reply, "words": row.reply.get("words")}
    counted, use_counted = ({"is_counted": bool(one.leaves)} for one in (checks, uses))
    return {
        "reply": ReplyToGoal(initial=reply, prefix="reply"),
        "progress": Progress(initial={"progress": row.goal.progress}, prefix="progress"),
        "adjust": AdjustGoal(
            initial={**words, "target": row.goal.target},
            prefix="adjust",
            has_target=row.goal.target is not None,
        ),
        "share": ShareGoal(prefix="share"),
        "level": SayLevel(initial=row.level.values, prefix="level"),
        "before": CheckOneself(initial=counted, prefix="before"),
        "after": CheckOneself(initial=counted, prefix="after"),
        "use_before": SayUse(initial=use_counted, prefix="use-before"),
        "use_after": SayUse(initial=use_counted, prefix="use-after"),
    }


@require_POST
def act(request: HttpRequest, key: str, goal: str, what: str) -> HttpResponse:
    """One button or one small form of the page of a goal."""
    seat = seat_of(request, key)
    found = goal_for(seat, goal)
    if what in BUTTONS:
        do, said = BUTTONS[what]
        do(goal=found, by=actor_of(request), now=clock.now())
        messages.success(request, said())
        return redirect("partnerships:goal", key=key, goal=goal)
    if what not in SMALL_FORMS:
        raise Refused(_("Choose one of the buttons of the page."))
    form_class, do, said = SMALL_FORMS[what]
    form = form_class(request.POST, prefix=what, **_options(form_class, found))
    if not form.is_valid():
        return _page(request, seat, found, {what: form})
    do(goal=found, **form.cleaned_data, by=actor_of(request), now=clock.now())
    messages.success(request, said())
    return redirect("partnerships:goal", key=key, goal=goal)


def _options(form_class: type[forms.Form], goal: Goal) -> dict[str, Any]:
    return {"has_target": goal.target is not None} if form_class is AdjustGoal else {}


def _change(do: Callable[..., Goal], kind: str) -> Callable[..., Goal]:
    return lambda **arguments: do(kind=kind, **arguments)


def _at(moment: str, do: Callable[..., object]) -> Callable[..., object]:
    return lambda **arguments: do(moment=moment, **arguments)


def _for_you_alone() -> str:
    return _("Noted, for you alone.")


def _uncounted() -> str:
    return _("Nothing of it is counted any more.")


Said = Callable[[], str]
BUTTONS: dict[str, tuple[Callable[..., object], Said]] = {
    "accept": (actions.accept_goal, lambda: _("Agreed. The goal counts from now on.")),
    "reach": (actions.reach_goal, lambda: _("Reached.")),
    "drop": (actions.drop_goal, lambda: _("You let go of this goal.")),
    "agree-words": (_change(changes.agree_to_change, "words"), lambda: _("Changed.")),
    "refuse-words": (_change(changes.refuse_change, "words"), lambda: _("It stays as it was.")),
    "agree-share": (
        _change(changes.agree_to_change, "share"),
        lambda: _("Coordinators can read this title now."),
    ),
    "refuse-share": (
        _change(changes.refuse_change, "share"),
        lambda: _("It stays between you two."),
    ),
    "uncount": (keep_checks_out_of_reports, _uncounted),
    "uncount-use": (keep_use_out_of_reports, _uncounted),
    "unshare": (changes.stop_sharing, lambda: _("Coordinators no longer read it.")),
}
SMALL_FORMS: dict[str, tuple[type[forms.Form], Callable[..., object], Said]] = {
    "reply": (ReplyToGoal, actions.reply_to_goal, lambda: _("Your answer is there.")),
    "progress": (Progress, actions.set_progress, lambda: _("Noted.")),
    "adjust": (AdjustGoal, changes.adjust_goal, lambda: _("Noted. Your partner is asked.")),
    "share": (ShareGoal, changes.offer_to_share, lambda: _("Your partner is asked.")),
    "level": (SayLevel, say_level, lambda: _("Your partner can read it now.")),
    "before": (CheckOneself, _at("before", check_oneself), _for_you_alone),
    "after": (CheckOneself, _at("after", check_oneself), _for_you_alone),
    "use-before": (SayUse, _at("before", say_use), _for_you_alone),
    "use-after": (SayUse, _at("after", say_use), _for_you_alone),
}
