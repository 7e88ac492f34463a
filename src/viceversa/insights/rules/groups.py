"""Pairs by how far apart their two ranks are, and what is shown of each group."""

from collections.abc import Mapping
from dataclasses import dataclass

from viceversa.insights.rules.figures import LEAST, NOTHING, Figure, hidden, of_people
from viceversa.insights.statistics.intervals import told_apart
from viceversa.insights.statistics.suppression import releasable

NEAR, MIDDLE, FAR, ALL = "near", "middle", "far", "*"
GAPS = (NEAR, MIDDLE, FAR)
NEAR_TO, MIDDLE_TO = 2, 4
Key = tuple[str, str, str]
Cases = Mapping[int, bool]  # pair or person → whether it came out


@dataclass(frozen=True)
class Compared:
    """One outcome by group. `differs` names two groups whose intervals do not touch."""

    key: str
    figures: tuple[Figure, ...]
    differs: tuple[str, str] | None


def gap_between(learner: int | None, adviser: int | None) -> str:
    """Up to two levels of the ladder, three or four, more; empty where a rank is not known."""
    if learner is None or adviser is None:
        return ""
    apart = abs(learner - adviser)
    return NEAR if apart <= NEAR_TO else MIDDLE if apart <= MIDDLE_TO else FAR


def compared(
    outcomes: Mapping[str, Cases],
    group_of: Mapping[int, str],
    people: Mapping[int, tuple[int, ...]],
    groups: tuple[str, ...] = GAPS,
) -> list[Compared]:
    """All counts that are shown are chosen together, so that no sum or difference of any of them,
    across outcomes and groups, is the count of fewer than five people."""
    cells = {
        (key, group, which): cases
        for key, outcome in outcomes.items()
        for group in (*groups, ALL)
        for which, cases in _cells(outcome, group, group_of).items()
    }
    shown = _shown(cells, people)
    found = []
    for key in outcomes:
        figures = tuple(_figure(key, group, cells, shown) for group in (*groups, ALL))
        found.append(Compared(key, figures, _apart(figures[:-1])))
    return found


def _shown(cells: Mapping[Key, frozenset[int]], people: Mapping[int, tuple[int, ...]]) -> set[Key]:
    """Groups come before all together, which are shown where they give no group away."""
    groups = {key: cell for key, cell in cells.items() if key[1] != ALL}
    first = releasable(groups, people=people, least=LEAST)
    rest = {key: cell for key, cell in cells.items() if key in first or key[1] == ALL}
    return releasable(rest, people=people, known=first, least=LEAST)


def _cells(outcome: Cases, group: str, group_of: Mapping[int, str]) -> dict[str, frozenset[int]]:
    inside = {
        case: came_out
        for case, came_out in outcome.items()
        if group == ALL or group_of.get(case) == group
    }
    return {
        "base": frozenset(inside),
        "yes": frozenset(case for case, came_out in inside.items() if came_out),
    }


def _figure(
    key: str,
    group: str,
    cells: Mapping[Key, frozenset[int]],
    shown: set[Key],
) -> Figure:
    base, yes = (key, group, "base"), (key, group, "yes")
    if not cells[base]:
        return Figure(key, None, NOTHING, group=group)
    if base not in shown or yes not in shown:
        return hidden(key, group=group)
    return of_people(key, len(cells[yes]), len(cells[base]), group=group)


def _apart(figures: tuple[Figure, ...]) -> tuple[str, str] | None:
    """The group with the larger share first."""
    told = [one for one in figures if one.share is not None]
    for one in told:
        for other in told:
            if not one.share or not other.share or one.share.part <= other.share.part:
                continue
            if told_apart(one.share, other.share):
                return one.group, other.group
    return None
