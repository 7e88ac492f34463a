"""What an import would change: who joins, leaves, comes back, moves, gets another manager."""

from collections import abc
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from viceversa.people.rules.fields import PERSON_FIELDS, Field
from viceversa.people.rules.records import StaffRecord, StaffRow, stand_in_name
from viceversa.people.rules.rows import Checked

MOVES = frozenset({Field.UNIT, Field.PLACE, Field.LEVEL})
SECOND_LOOK_ABOVE = 0.10
_COMPARED = PERSON_FIELDS[1:]
_COMPARED_SET = frozenset(_COMPARED)
_SLOT = {field: place for place, field in enumerate(PERSON_FIELDS)}


class FieldChange(NamedTuple):
    """`follows` is True where a name that stands in merely follows a new job title."""

    field: Field
    old: Any
    new: Any
    follows: bool = False


class PersonChange(NamedTuple):
    """A person of the directory who changes: before, after, and every field between."""

    row: StaffRow
    before: StaffRecord
    after: StaffRecord
    changes: tuple[FieldChange, ...]
    comes_back: bool = False

    def change_of(self, field: Field) -> FieldChange | None:
        return next((change for change in self.changes if change.field is field), None)


@dataclass(frozen=True, slots=True)
class Sync:
    """`updates` holds each changed person once; the other lists show them by what happened.

    One person can stand in several of those: moved, with a new manager and a new title.
    `left` are the people to be marked as having left, because the file lacks or dismisses them.
    """

    joined: tuple[StaffRow, ...]
    left: tuple[StaffRecord, ...]
    updates: tuple[PersonChange, ...]
    unchanged: int
    present_before: int

    @property
    def came_back(self) -> tuple[PersonChange, ...]:
        return tuple(change for change in self.updates if change.comes_back)

    @property
    def moved(self) -> tuple[PersonChange, ...]:
        return self._touching(MOVES)

    @property
    def new_manager(self) -> tuple[PersonChange, ...]:
        return self._touching(frozenset({Field.MANAGER}))

    @property
    def changed(self) -> tuple[PersonChange, ...]:
        return self._touching(_COMPARED_SET - MOVES - {Field.MANAGER})

    @property
    def is_empty(self) -> bool:
        return not (self.joined or self.left or self.updates)

    @property
    def share_left(self) -> float:
        return len(self.left) / self.present_before if self.present_before else 0.0

    @property
    def needs_second_look(self) -> bool:
        """More than one in ten would leave: perhaps half of the file is missing."""
        return self.share_left > SECOND_LOOK_ABOVE

    def _touching(self, fields: frozenset[Field]) -> tuple[PersonChange, ...]:
        return tuple(
            person
            for person in self.updates
            if any(change.field in fields and not change.follows for change in person.changes)
        )


def compare(
    checked: Checked,
    current: abc.Mapping[str, StaffRecord],
    *,
    today: date | None = None,
    by_hand: abc.Set[str] = frozenset(),
) -> Sync:
    """What importing the checked rows would change in the directory.

    `current` is the whole directory by external ID, people who have left included. The file is
    taken as complete, but for those added `by_hand`: they stay. Given `today`, a leaving date in
    the future does not count as having left.
    """
    joined, updates, unchanged = [], [], 0
    for row in checked.rows:
        person = current.get(row.external_id)
        if person is None:
            joined.append(row)
            continue
        update = None if row[1:13] == person else _update(row, person, checked.fields)
        if update is None:
            unchanged += 1
        else:
            updates.append(update)
    before = {name for name, person in current.items() if _is_present(person, today)}
    listed = {row.external_id for row in checked.rows} | checked.kept_back | by_hand
    gone = [current[name] for name in current if name in before and name not in listed]
    dismissed = [
        change.before
        for change in updates
        if change.before.external_id in before and not _is_present(change.after, today)
    ]
    return Sync(tuple(joined), tuple(gone + dismissed), tuple(updates), unchanged, len(before))


def record_after(row: StaffRow, before: StaffRecord, given: frozenset[Field]) -> StaffRecord:
    """The person as the directory has them once the row is applied."""
    values: list[Any] = list(before)
    for field in _spoken(row, given):
        values[_SLOT[field]] = row[_SLOT[field] + 1]
    if Field.LEFT_ON not in given:
        values[_SLOT[Field.LEFT_ON]] = None
    if row.name_stands_in and before.name == stand_in_name(before.title, before.external_id):
        values[1] = stand_in_name(str(values[3]), before.external_id)
    return StaffRecord._make(values)


def _spoken(row: StaffRow, given: frozenset[Field]) -> list[Field]:
    return [field for field in _COMPARED if field in given and field not in row.left_out]


def _update(row: StaffRow, before: StaffRecord, given: frozenset[Field]) -> PersonChange | None:
    after = record_after(row, before, given)
    if after == before:
        return None
    changes = tuple(
        FieldChange(field, old, new, follows=field is Field.NAME and row.name_stands_in)
        for field, old, new in zip(_COMPARED, before[1:], after[1:], strict=True)
        if old != new and not _is_same_address(field, old, new)
    )
    comes_back = before.left_on is not None and after.left_on is None
    return PersonChange(row, before, after, changes, comes_back) if changes else None


def _is_same_address(field: Field, old: object, new: object) -> bool:
    return field is Field.EMAIL and str(old).lower() == str(new).lower()


def _is_present(person: StaffRecord, today: date | None) -> bool:
    if person.left_on is None:
        return True
    return today is not None and person.left_on > today
