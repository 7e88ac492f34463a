"""The pairs on one page of a review, as bare values: as objects they would be seven each."""

from dataclasses import dataclass, replace
from typing import Any

from viceversa.matching.models import Round
from viceversa.matching.queries.round import BEST_FIRST, proposals_of
from viceversa.toolkit.paging import Page, page_of

OWN = ("pk", "score", "parts", "reason", "teaches", "learner_id", "adviser_id")
OF_A_SIDE = ("key", "person__name", "person__unit__name", "person__level__name")
COLUMNS = [*OWN, *(f"{side}__{column}" for side in ("learner", "adviser") for column in OF_A_SIDE)]


@dataclass(frozen=True, slots=True)
class Side:
    key: str
    name: str
    unit: str | None
    level: str | None

    @property
    def where(self) -> str:
        return self.unit or self.level or ""


@dataclass(frozen=True, slots=True)
class Pair:
    pk: int
    score: int
    parts: dict[str, int]
    reason: str
    teaches: list[str]
    ids: tuple[int, int]
    learner: Side
    adviser: Side


def pairs_page(round_: Round, *, number: int = 1, order: str = BEST_FIRST, **wanted: Any) -> Page:
    """`wanted` as `proposals_of` takes it."""
    found = proposals_of(round_, order=order, **wanted).values_list(*COLUMNS)
    page = page_of(found, number=number)
    return replace(page, rows=[_pair(row) for row in page.rows])


def pair_for(round_: Round, pk: str) -> Pair | None:
    if not pk.isdecimal() or len(pk) > 18:
        return None
    found = proposals_of(round_).filter(pk=int(pk)).values_list(*COLUMNS).first()
    return None if found is None else _pair(found)


def _pair(row: tuple[Any, ...]) -> Pair:
    pk, score, parts, reason, teaches, learner_id, adviser_id, *sides = row
    half = len(OF_A_SIDE)
    ids = (learner_id, adviser_id)
    return Pair(pk, score, parts, reason, teaches, ids, Side(*sides[:half]), Side(*sides[half:]))
