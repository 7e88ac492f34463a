"""Themes of a programme: what was passed on and answered. Voices that wait are counted by the job
only; no page shows how many there are."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from viceversa.insights.models import Passing, Theme
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import standing_roles
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound


@dataclass(frozen=True)
class Heard:
    """A theme as everybody in the programme reads it. `waits` says that its owner has not answered
    what was passed on last."""

    theme: Theme
    answered: list[Passing]
    waits: bool


def themes_of(programme: Programme) -> list[Heard]:
    """Two queries."""
    rows = (
        Theme.objects.filter(programme=programme, retired_at=None)
        .select_related("owner")
        .prefetch_related(Prefetch("passings", Passing.objects.defer("words")))
    )
    return [_heard(theme) for theme in rows]


def _heard(theme: Theme) -> Heard:
    passed = list(theme.passings.all())
    return Heard(
        theme,
        [one for one in passed if one.answered_at is not None],
        bool(passed) and passed[0].answered_at is None,
    )


def theme_in(programme: Programme, key: str) -> Theme:
    theme = Theme.objects.filter(programme=programme, key=key, retired_at=None).first()
    if theme is None:
        raise NotFound(_("There is no such theme any more. Choose another one."))
    return theme


def theme_for(actor: Actor, key: str) -> Theme:
    """For whoever answers; for everybody else there is no such page."""
    theme = Theme.objects.select_related("programme", "owner").filter(key=key).first()
    if theme is None or not answers(actor, theme):
        raise NotFound(_("There is no such theme, or it is not yours to answer."))
    return theme


def answers(actor: Actor, theme: Theme) -> bool:
    """Its owner; where a function owns it, the coordinators speak for it."""
    if theme.owner_id is not None:
        return actor.person_id == theme.owner_id
    return "coordinator" in standing_roles(actor, theme.programme)


def passings_of(theme: Theme) -> QuerySet[Passing]:
    return Passing.objects.filter(theme=theme)
