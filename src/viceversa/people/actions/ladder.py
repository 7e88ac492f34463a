"""The organisation's own ladder of levels, from the most junior to the most senior."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.actions.changing import lock_directory
from viceversa.people.models import Level, Person
from viceversa.people.permissions import check_can_manage_directory
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

ASIDE = 10_000


@transaction.atomic
def add_level(*, name: str, by: Actor, now: datetime) -> Level:
    """The new one stands above all others; move it down from there."""
    check_can_manage_directory(by)
    lock_directory()
    _check_free([name], besides=None)
    top = Level.objects.aggregate(top=Max("rank"))["top"] or 0
    level = Level.objects.create(name=name, rank=top + 1)
    record(by=by, verb="people.level.added", target=level, now=now)
    return level


@transaction.atomic
def change_level(
    *, level: Level, name: str, aliases: Sequence[str], by: Actor, now: datetime
) -> Level:
    """Renames a level and sets the other words that a staff file may use for it."""
    check_can_manage_directory(by)
    lock_directory()
    _check_free([name, *aliases], besides=level)
    level.name, level.aliases = name, list(dict.fromkeys(aliases))
    level.save(update_fields=["name", "aliases"])
    record(by=by, verb="people.level.changed", target=level, now=now)
    return level


@transaction.atomic
def move_level(*, level: Level, up: bool, by: Actor, now: datetime) -> Level:
    """Swaps a level with its neighbour. At the end of the ladder it is refused."""
    check_can_manage_directory(by)
    lock_directory()
    level = Level.objects.get(pk=level.pk)
    beside = (
        Level.objects.filter(rank__gt=level.rank).order_by("rank")
        if up
        else Level.objects.filter(rank__lt=level.rank).order_by("-rank")
    ).first()
    if beside is None:
        raise Refused(
            _("%(level)s already stands at the end of the ladder.") % {"level": level.name},
            code="at_the_end",
        )
    _swap(level, beside)
    record(by=by, verb="people.level.moved", target=level, detail={"rank": level.rank}, now=now)
    return level


def _swap(level: Level, beside: Level) -> None:
    """Ranks are unique, so one steps aside while the other moves."""
    Level.objects.filter(pk=level.pk).update(rank=F("rank") + ASIDE)
    level.rank, beside.rank = beside.rank, level.rank
    beside.save(update_fields=["rank"])
    level.save(update_fields=["rank"])


@transaction.atomic
def remove_level(*, level: Level, by: Actor, now: datetime) -> None:
    check_can_manage_directory(by)
    lock_directory()
    if Person.objects.filter(level=level).exists():
        raise Refused(
            _("Somebody stands on %(level)s. Give them another level first.")
            % {"level": level.name},
            code="in_use",
        )
    record(by=by, verb="people.level.removed", target=level, now=now)
    try:
        level.delete()
    except ProtectedError as error:
        raise Refused(
            _("A programme uses %(level)s. Change the programme first.") % {"level": level.name},
            code="in_use",
        ) from error


def _check_free(words: Sequence[str], *, besides: Level | None) -> None:
    asked = [word.casefold() for word in words]
    for other in Level.objects.all():
        for word in (other.name, *other.aliases):
            if other != besides and word.casefold() in asked:
                raise Refused(
                    _("“%(word)s” already means the level %(level)s.")
                    % {"word": word, "level": other.name},
                    code="taken",
                )
