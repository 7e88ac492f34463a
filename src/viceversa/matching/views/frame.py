"""What every page of a round shows: its name, its steps, when it was gathered."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from viceversa.matching.models import Round
from viceversa.matching.queries.round import round_for
from viceversa.matching.rules import round as rules
from viceversa.programmes.queries import coordinated_programme_for
from viceversa.toolkit.http import actor_of


def load_round(request: HttpRequest, slug: str, number: int) -> Round:
    """For the programme's coordinators; to everybody else it does not exist."""
    return round_for(coordinated_programme_for(actor_of(request), slug), number)


def frame(round_: Round, now: datetime) -> dict[str, Any]:
    return {
        "round": round_,
        "programme": round_.programme,
        "gathered": round_.summary.get("gathered", {}),
        "when": moment(round_.gathered_at, now),
        "steps": _steps(round_),
    }


def moment(then: datetime, now: datetime) -> str:
    """This morning 9:12, today 14:05, or 2 March 14:05."""
    local, today = timezone.localtime(then), timezone.localtime(now).date()
    clock = f"{local.hour}:{local.minute:02}"
    if local.date() != today:
        return f"{date_format(local, 'j F')} {clock}"
    morning = local.hour < 12
    return _("this morning %s") % clock if morning else _("today %s") % clock


def _steps(round_: Round) -> list[dict[str, str]]:
    labels = {
        "gather": _("Gather"),
        "solve": _("Solve"),
        "review": _("Review"),
        "publish": _("Publish"),
    }
    return [
        {"label": labels[step], "url": "", "state": rules.state_of_step(round_.state, step)}
        for step in rules.STEPS
    ]


def address(round_: Round, name: str = "round", *more: str) -> str:
    return reverse(f"matching:{name}", args=[round_.programme.slug, round_.number, *more])
