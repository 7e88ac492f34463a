"""What a file would do to the directory as it is now. Writes nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from viceversa.people.queries.export import EXPORT_HEADERS
from viceversa.people.queries.importing import (
    added_by_hand,
    ladder,
    remembered_mapping,
    staff_records,
)
from viceversa.people.rules.fields import PERSON_FIELDS
from viceversa.people.rules.guess import guess_mapping
from viceversa.people.rules.ladder import as_ladder, order_levels
from viceversa.people.rules.ladder_terms import level_key
from viceversa.people.rules.mapping import Mapping
from viceversa.people.rules.problems import Problem, Severity
from viceversa.people.rules.rows import Checked, check_rows
from viceversa.people.rules.sync import Sync, compare
from viceversa.toolkit.tables import Limits, Table, read_table


@dataclass(frozen=True)
class Outcome:
    """`new_levels` is the ladder, junior first, that applying makes where there is none."""

    checked: Checked
    sync: Sync
    new_levels: tuple[str, ...] = ()

    @property
    def refusals(self) -> list[Problem]:
        return self.checked.of(Severity.REFUSAL)

    def fingerprint(self) -> str:
        """Changes whenever applying would have other effects."""
        effects = hashlib.sha256()
        for part in (self.new_levels, self.sync.joined, self.sync.left, self.sync.updates):
            for item in part:
                effects.update(repr(item).encode("utf-8", "backslashreplace"))
        return effects.hexdigest()


def read_staff_file(content: bytes, filename: str) -> Table:
    """Raises UnreadableTable with a sentence."""
    return read_table(content, filename=filename, limits=Limits(size=settings.IMPORT_MAX_BYTES))


def first_mapping(table: Table) -> Mapping:
    """Our own export is known by its headers and read to the letter; all else is guessed, as the
    last applied file was read where possible."""
    if table.headers == EXPORT_HEADERS:
        columns = dict(zip(PERSON_FIELDS, EXPORT_HEADERS, strict=True))
        return Mapping(columns=columns, nobody=(), not_given=(), headers=EXPORT_HEADERS)
    return guess_mapping(table.headers, [row.cells for row in table.rows], remembered_mapping())


def look_at(table: Table, mapping: Mapping, *, levels: Sequence[str] = (), today: date) -> Outcome:
    """`levels` is the order chosen for a ladder that does not exist yet."""
    known = staff_records()
    own = ladder()
    checked = check_rows(table, mapping, ladder=own, known_people=known)
    proposed: list[str] = []
    if not own and checked.levels:
        proposed = _ladder_of(checked, levels)
        if _are_alike(checked.levels):
            checked = check_rows(table, mapping, ladder=as_ladder(proposed), known_people=known)
    return Outcome(
        checked, compare(checked, known, today=today, by_hand=added_by_hand()), tuple(proposed)
    )


def _ladder_of(checked: Checked, chosen: Sequence[str]) -> list[str]:
    """The chosen order first; what it does not know stands above. One of each spelling."""
    found = {level_key(level): level for level in reversed(order_levels(checked.rows))}
    ordered = [*chosen, *reversed(found.values())]
    unique = {level_key(level): level for level in reversed(ordered)}
    return [level for level in reversed(unique.values()) if level_key(level) in found]


def _are_alike(levels: Sequence[str]) -> bool:
    return len({level_key(level) for level in levels}) < len(levels)
