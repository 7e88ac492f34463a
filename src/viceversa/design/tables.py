"""Headers of a table: which can be sorted, how they are now, and the address that turns them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Column:
    key: str
    label: str | _StrPromise
    sortable: bool = False
    numeric: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Header:
    """`direction` is ascending, descending or empty; `url` is empty when it cannot be sorted."""

    key: str
    label: str
    url: str
    direction: str
    numeric: bool
    hidden: bool


def headers(columns: Sequence[Column], *, order: str = "", query: QueryDict) -> list[Header]:
    """`order` is the key that the list really has, with a minus in front when turned round."""
    return [_header(column, order, query) for column in columns]


def _header(column: Column, order: str, query: QueryDict) -> Header:
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(order, "")
    turned = f"-{column.key}" if direction == "ascending" else column.key
    url = _address(query, turned) if column.sortable else ""
    return Header(column.key, str(column.label), url, direction, column.numeric, column.hidden)


def _address(query: QueryDict, order: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    changed["order"] = order
    return f"?{changed.urlencode()}"
