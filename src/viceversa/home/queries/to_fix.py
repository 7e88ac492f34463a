"""Where no half hour is ahead, and who is asked to fix one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from viceversa.home.queries.half_hours import STILL_ON
from viceversa.meetings.models import Delegate, Help
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.training import in_training
from viceversa.partnerships.rules.lifecycle import ACTIVE
from viceversa.people.models import Person

MOST_FOR_OTHERS = 10


@dataclass(frozen=True)
class ToFix:
    """No half hour is ahead; `are_offered`: times are, since two in a row were called off."""

    partnership: Partnership
    partner: Person
    are_offered: bool


def to_fix(partnerships: Iterable[tuple[Partnership, str]], *, now: datetime) -> list[ToFix]:
    """Of these, given with one's side: where a date is missing and it is oneself who fixes it. The
    learner does, or whoever called off twice. Three queries."""
    free = {
        row.pk: (row, side)
        for row, side in partnerships
        if row.state == ACTIVE and (row.next_at is None or row.next_at <= now - STILL_ON)
    }
    helps = Help.objects.filter(
        partnership__in=free, kind=Help.Kind.CANCELLATIONS, resolved_at=None
    )
    offered = set(helps.values_list("partnership", "side"))
    mine = {
        pk: (row, side)
        for pk, (row, side) in free.items()
        if side == "learner" or (pk, side) in offered
    }
    barred = in_training(row for row, _side in mine.values())
    return [
        ToFix(
            row, (row.adviser if side == "learner" else row.learner).person, (pk, side) in offered
        )
        for pk, (row, side) in mine.items()
        if pk not in barred
    ]


@dataclass(frozen=True)
class ToFixFor:
    """The same, for somebody for whom one books."""

    delegate: Delegate
    fix: ToFix


def to_fix_for(delegates: Sequence[Delegate], *, now: datetime) -> list[ToFixFor]:
    """Four queries for any number of people; none where one books for nobody."""
    booked_for = {row.principal_id: row for row in delegates}
    if not booked_for:
        return []
    theirs = Q(learner__person__in=booked_for) | Q(adviser__person__in=booked_for)
    rows = (
        Partnership.objects.filter(theirs, state=ACTIVE)
        .select_related("learner__person", "adviser__person")
        .order_by("id")
    )
    sides = [(row, "learner" if row.learner.person_id in booked_for else "adviser") for row in rows]
    return [
        ToFixFor(booked_for[_other(fix)], fix) for fix in to_fix(sides, now=now)[:MOST_FOR_OTHERS]
    ]


def _other(fix: ToFix) -> int:
    """Whose date it is: the one of the two who is not the partner."""
    learner, adviser = fix.partnership.learner.person_id, fix.partnership.adviser.person_id
    return adviser if fix.partner.pk == learner else learner
