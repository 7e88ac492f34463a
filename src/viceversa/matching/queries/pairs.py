"""The pairs on one page of a review, as bare values: as objects they would be seven each."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from viceversa.matching.models import Proposal, Round
from viceversa.matching.queries.round import BEST_FIRST, ORDERS, proposals_of
from viceversa.toolkit.paging import COUNT_LIMIT, PAGE_SIZE, Page, page_of_found, page_of_ids
from viceversa.toolkit.prepared import prepared

OWN = ("pk", "score", "parts", "reason", "teaches", "learner_id", "adviser_id")
OF_A_SIDE = ("key", "person__name", "person__unit__name", "person__level__name")
COLUMNS = [*OWN, *(f"{side}__{column}" for side in ("learner", "adviser") for column in OF_A_SIDE)]

PAGES_PREPARED = COUNT_LIMIT // PAGE_SIZE


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
    """`wanted` as `proposals_of` takes it. Sorts and counts bare numbers, then reads the few shown:
    counting with everybody's names beside them took longer than all the rest of the page."""
    if order == BEST_FIRST and not any(wanted.values()) and number <= PAGES_PREPARED:
        page = page_of_found([pk for (pk,) in _best_first(round_.pk)], number=number)
    else:
        found = proposals_of(round_, order=order, **wanted)
        page = page_of_ids(found.values_list("pk", flat=True), number=number)
    pairs = {pair.pk: pair for pair in map(_pair, _rows(page.rows))}
    return replace(page, rows=[pairs[pk] for pk in page.rows if pk in pairs])


@prepared
def _best_first(round_: int) -> QuerySet[Any, Any]:
    """As the page is opened: nothing narrowed down."""
    found = Proposal.objects.filter(round=round_).order_by(*ORDERS[BEST_FIRST])
    return found.values_list("pk")[: COUNT_LIMIT + 1]


@prepared
def _rows(ids: list[int]) -> QuerySet[Any, Any]:
    return Proposal.objects.filter(pk__in=ids).order_by().values_list(*COLUMNS)


def pair_for(round_: Round, pk: str) -> Pair | None:
    if not pk.isdecimal() or len(pk) > 18:
        return None
    found = proposals_of(round_).filter(pk=int(pk)).values_list(*COLUMNS).first()
    return None if found is None else _pair(found)


def proposed_pairs(round_: Round) -> set[tuple[str, str]]:
    """Every pair that the round proposes, by the organisation's ids."""
    rows = Proposal.objects.filter(round=round_).order_by()
    return set(rows.values_list("learner__person__external_id", "adviser__person__external_id"))


def _pair(row: tuple[Any, ...]) -> Pair:
    pk, score, parts, reason, teaches, learner_id, adviser_id, *sides = row
    half = len(OF_A_SIDE)
    ids = (learner_id, adviser_id)
    return Pair(pk, score, parts, reason, teaches, ids, Side(*sides[:half]), Side(*sides[half:]))
