"""Who each row's manager is, and whether anybody would end up above themselves."""

from collections import abc

from viceversa.people.rules.fields import Field
from viceversa.people.rules.mapping import Mapping
from viceversa.people.rules.problems import Problem, listed, problem
from viceversa.people.rules.records import StaffRecord, StaffRow
from viceversa.people.rules.reporting import cycles

People = abc.Mapping[str, StaffRecord]


def with_managers(
    rows: list[StaffRow], mapping: Mapping, kept_back: frozenset[str], known: People
) -> tuple[list[StaffRow], list[Problem]]:
    """Rows with the manager's ID instead of what the file wrote, and what went wrong."""
    column = mapping.columns.get(Field.MANAGER, "")
    finder = _Finder(rows, mapping, kept_back, known)
    resolved, problems = [], []
    for row in rows:
        found = finder.manager_of(row)
        if found is None or found == row.external_id:
            code = "unknown_manager" if found is None else "self_manager"
            problems.append(problem(code, row=row.number, column=column, value=row.manager))
            resolved.append(_without_manager(row))
        else:
            resolved.append(row if found == row.manager else row._replace(manager=found))
    return _without_circles(resolved, problems, column, known, Field.MANAGER in mapping.columns)


class _Finder:
    """Finds people by ID first, then by e-mail, then by an ID that a spreadsheet bent."""

    def __init__(
        self, rows: list[StaffRow], mapping: Mapping, kept_back: frozenset[str], known: People
    ) -> None:
        staying = [known[name] for name in sorted(kept_back) if name in known]
        self._ids = {row.external_id for row in rows} | {person.external_id for person in staying}
        self._emails = {person.email.lower(): person.external_id for person in staying}
        self._emails |= {row.email: row.external_id for row in rows}
        self._emails.pop("", None)
        self._folded = {name.casefold(): name for name in self._ids}
        self._nobody = {text.strip().casefold() for text in mapping.nobody}

    def manager_of(self, row: StaffRow) -> str | None:
        """An external ID, "" for nobody, None for somebody unknown.

        Returns the row's own ID for somebody who is given as their own manager.
        """
        text = row.manager
        if not text or (text in self._ids and text != row.external_id):
            return text
        return self._bent(text)

    def _bent(self, text: str) -> str | None:
        folded = text.casefold()
        for guess in (folded, folded.removesuffix(".0")):
            if guess in self._folded:
                return self._folded[guess]
        if folded in self._emails:
            return self._emails[folded]
        return "" if folded in self._nobody else None


def _without_manager(row: StaffRow) -> StaffRow:
    return row._replace(manager="", left_out=row.left_out | {Field.MANAGER})


def _without_circles(
    rows: list[StaffRow],
    problems: list[Problem],
    column: str,
    known: People,
    is_given: bool,
) -> tuple[list[StaffRow], list[Problem]]:
    """Look at the directory as it would become: rows of the file over what is known."""
    lines = {name: person.manager for name, person in known.items()}
    by_id = {row.external_id: row for row in rows}
    for row in rows:
        if is_given and Field.MANAGER not in row.left_out:
            lines[row.external_id] = row.manager
        else:
            lines.setdefault(row.external_id, "")
    for circle in cycles(lines):
        keeping = [name for name in circle if name in by_id and _keeps(by_id[name])]
        if keeping:
            _cut(by_id, keeping)
        else:
            problems.append(_circle_problem(circle, by_id, known, column))
    return list(by_id.values()), problems


def _keeps(row: StaffRow) -> bool:
    return Field.MANAGER in row.left_out


def _cut(by_id: dict[str, StaffRow], keeping: list[str]) -> None:
    """A manager kept from before who would close a circle is not kept."""
    for name in keeping:
        row = by_id[name]
        by_id[name] = row._replace(left_out=row.left_out - {Field.MANAGER})


def _circle_problem(
    circle: list[str], by_id: abc.Mapping[str, StaffRow], known: People, column: str
) -> Problem:
    first = next((by_id[name] for name in circle if name in by_id), None)
    people = [_called(name, by_id, known) for name in circle]
    return problem(
        "manager_cycle",
        row=first.number if first else 1,
        column=column,
        value=first.manager if first else "",
        people=listed([*people, people[0]] if len(people) < 10 else people),
    )


def _called(name: str, by_id: abc.Mapping[str, StaffRow], known: People) -> str:
    if name in by_id:
        return f"{by_id[name].name} (row {by_id[name].number})"
    return f"{known[name].name} ({name})"
