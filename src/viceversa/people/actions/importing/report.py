"""What an import tells: counts, and lines that can be paged and searched."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from viceversa.people.actions.importing.outcome import Outcome
from viceversa.people.actions.importing.writing import batches
from viceversa.people.models import ImportLine, ImportRun
from viceversa.people.rules.fields import LABELS
from viceversa.people.rules.problems import Problem, Severity, visible
from viceversa.people.rules.sync import PersonChange, Sync

Kind = ImportLine.Kind
COUNTED = (*(Kind.JOINED, Kind.LEFT, Kind.CAME_BACK, Kind.MOVED, Kind.NEW_MANAGER, Kind.CHANGED),)
_BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """The answer to programs; `new_levels` is the ladder that was made, junior first."""

    counts: dict[str, int] = field(default_factory=dict)
    bad_rows: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    rows_read: int = 0
    rows_filtered: int = 0
    new_levels: tuple[str, ...] = ()
    applied: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            **{kind.value: self.counts.get(kind.value, 0) for kind in COUNTED},
            "unchanged": self.counts.get("unchanged", 0),
            "rows_read": self.rows_read,
            "rows_filtered": self.rows_filtered,
            "new_levels": list(self.new_levels),
            "bad_rows": [problem_as_dict(found) for found in self.bad_rows],
            "notes": [problem_as_dict(found) for found in self.notes],
            "refusals": [problem_as_dict(found) for found in self.refusals],
            "applied": self.applied,
        }


def problem_as_dict(found: Problem) -> dict[str, Any]:
    return {
        "row": found.row,
        "column": found.column,
        "value": visible(found.value),
        "code": found.code,
        "sentence": found.sentence,
    }


def report_of(
    outcome: Outcome, *, applied: bool = False, refusals: tuple[Problem, ...] = ()
) -> ImportReport:
    checked = outcome.checked
    return ImportReport(
        counts=counts_of(outcome.sync),
        bad_rows=checked.of(Severity.BAD_ROW),
        notes=checked.of(Severity.NOTE),
        refusals=[*outcome.refusals, *refusals],
        rows_read=checked.rows_read,
        rows_filtered=checked.rows_filtered,
        new_levels=outcome.new_levels,
        applied=applied,
    )


def counts_of(sync: Sync) -> dict[str, int]:
    counts = {kind.value: len(getattr(sync, kind.value)) for kind in COUNTED}
    return {**counts, "unchanged": sync.unchanged, "present_before": sync.present_before}


def save_lines(run: ImportRun, outcome: Outcome) -> None:
    """Replaces the lines of an earlier check."""
    run.lines.all().delete()
    lines = chain(_problem_lines(run, outcome), _people_lines(run, outcome.sync))
    for batch in batches(lines, _BATCH):
        ImportLine.objects.bulk_create(batch)


def _problem_lines(run: ImportRun, outcome: Outcome) -> Iterator[ImportLine]:
    for found in outcome.checked.problems:
        kind = Kind(found.severity.value)
        yield _line(
            run,
            kind,
            found.row,
            visible(found.value),
            found.sentence,
            column=found.column[:200],
            value=visible(found.value),
            code=found.code,
        )


def _people_lines(run: ImportRun, sync: Sync) -> Iterator[ImportLine]:
    for row in sync.joined:
        about = ", ".join(filter(None, (row.title, row.level, row.unit)))
        yield _line(run, Kind.JOINED, row.number, _called(row.name, row.external_id), about)
    for person in sync.left:
        about = ", ".join(filter(None, (person.title, person.unit)))
        yield _line(run, Kind.LEFT, None, _called(person.name, person.external_id), about)
    for kind in (Kind.CAME_BACK, Kind.MOVED, Kind.NEW_MANAGER, Kind.CHANGED):
        for change in getattr(sync, kind.value):
            called = _called(change.after.name, change.after.external_id)
            yield _line(run, kind, change.row.number, called, _what_changes(change))


def _what_changes(change: PersonChange) -> str:
    return "; ".join(
        f"{LABELS[one.field]}: {_shown(one.old)} → {_shown(one.new)}" for one in change.changes
    )


def _shown(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    return visible(text) or "–"


def _called(name: str, external_id: str) -> str:
    return f"{visible(name)} ({visible(external_id)})"


def _line(
    run: ImportRun, kind: Kind, row: int | None, title: str, sentence: str, **facts: str
) -> ImportLine:
    search = f"{row or ''} {title} {sentence}".casefold()[:400]
    return ImportLine(
        run=run, kind=kind, row=row, title=title[:300], sentence=sentence, search=search, **facts
    )
