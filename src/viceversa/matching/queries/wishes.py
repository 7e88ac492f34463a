"""Pins and forbidden pairs of a round, as people and as the engine knows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from viceversa.matching.models import PairWish, Round
from viceversa.toolkit.prepared import prepared

Ids = tuple[str, str]
OF_A_SIDE = ("key", "person__name", "person__external_id")
COLUMNS = [f"{side}__{column}" for side in ("learner", "adviser") for column in OF_A_SIDE]


@dataclass(frozen=True, slots=True)
class Wished:
    key: str
    person: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A pinned or forbidden pair; `ids` are those of the two enrolments."""

    kind: str
    ids: tuple[int, int]
    learner: Wished
    adviser: Wished

    @property
    def external_ids(self) -> Ids:
        return self.learner.external_id, self.adviser.external_id


def wished_pairs(round_: Round) -> list[Wish]:
    """Coordinators set these one by one, so they are few. As bare values: one query, no objects."""
    half = len(OF_A_SIDE)
    return [
        Wish(kind, (learner, adviser), Wished(*sides[:half]), Wished(*sides[half:]))
        for kind, learner, adviser, *sides in _wishes(round_.pk)
    ]


@prepared
def _wishes(round_: int) -> QuerySet[Any, Any]:
    rows = PairWish.objects.filter(round=round_).order_by("kind", "pk")
    return rows.values_list("kind", "learner_id", "adviser_id", *COLUMNS)


def wishes_as_ids(round_: Round) -> tuple[list[Ids], list[Ids]]:
    """Pins and forbidden pairs by the organisation's ids."""
    return _as_ids(wished_pairs(round_))


def _as_ids(wishes: Iterable[Wish]) -> tuple[list[Ids], list[Ids]]:
    pairs = [(wish.kind, wish.external_ids) for wish in wishes]
    return (
        [pair for kind, pair in pairs if kind == PairWish.Kind.PIN],
        [pair for kind, pair in pairs if kind == PairWish.Kind.FORBID],
    )


def wishes_in(pins: list[Ids], forbidden: list[Ids]) -> list[list[str]]:
    """What a solve took into account, to see later whether wishes have changed since."""
    return sorted([*(["pin", *pair] for pair in pins), *(["forbid", *pair] for pair in forbidden)])


def wishes_since(round_: Round) -> int:
    """How many wishes were made, changed or released since the last solve."""
    return changed_since(round_, wished_pairs(round_))


def changed_since(round_: Round, wishes: Iterable[Wish]) -> int:
    """The same, where the wishes are at hand."""
    solved = {tuple(row) for row in round_.summary.get("wishes", [])}
    now = {tuple(row) for row in wishes_in(*_as_ids(wishes))}
    return len({row[1:] for row in solved ^ now})
