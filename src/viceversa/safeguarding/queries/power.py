"""Reporting lines against partnerships: as many queries for ten partnerships as for a million."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from django.db.models import QuerySet

from viceversa.matching.engine.people.lines import ReportingLines
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules import lifecycle
from viceversa.people.queries.power import everybodys_managers, pairs_with_a_say
from viceversa.programmes.models import Programme
from viceversa.safeguarding.models import Hold

WATCHED = sorted(lifecycle.MOVES["pause"].before | {lifecycle.PAUSED})


def power_in_partnerships() -> dict[int, bool]:
    """Each running or paused partnership: has one of its two power over the other? Three
    queries."""
    found = Partnership.objects.filter(state__in=WATCHED).order_by("pk")
    rows = np.array(
        found.values_list("pk", "learner__person", "adviser__person"), np.int64
    ).reshape(-1, 3)
    if not len(rows):
        return {}
    in_line = _in_one_line(rows[:, 1:])
    says = pairs_with_a_say()
    pairs = np.sort(rows[:, 1:], axis=1).tolist()
    has_say = [(one, other) in says for one, other in pairs]
    return dict(zip(rows[:, 0].tolist(), (in_line | np.array(has_say)).tolist(), strict=True))


def _in_one_line(pairs: np.ndarray) -> np.ndarray:
    managers = np.array(
        [(pk, manager or -1) for pk, manager in everybodys_managers()], np.int64
    ).reshape(-1, 2)
    people = managers[:, 0]
    place = np.searchsorted(people, managers[:, 1]).clip(max=len(people) - 1)
    lines = ReportingLines(np.where(people[place] == managers[:, 1], place, -1))
    first, second = np.searchsorted(people, pairs[:, 0]), np.searchsorted(people, pairs[:, 1])
    return lines.related(first, second)


def open_holds() -> QuerySet[Hold]:
    return Hold.objects.filter(over_at=None)


def holds_in(programme: Programme) -> QuerySet[Hold]:
    """For the programme's coordinators, the longest first; the caller has checked that."""
    found = open_holds().filter(
        partnership__programme=programme, partnership__state=lifecycle.PAUSED
    )
    return found.select_related(
        "partnership__learner__person", "partnership__adviser__person"
    ).order_by("since", "id")


def holds_by_programme(programme_ids: Iterable[int]) -> Counter[int]:
    found = open_holds().filter(
        partnership__programme__in=list(programme_ids), partnership__state=lifecycle.PAUSED
    )
    return Counter(found.values_list("partnership__programme", flat=True))
