"""`viceversa people import FILE`: the same import as on the pages, in words or as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from viceversa.people.actions.importing import ImportReport, import_file
from viceversa.people.actions.importing.report import COUNTED
from viceversa.people.rules.mapping import BadMapping, Mapping
from viceversa.people.rules.problems import Problem
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system

DONE, REFUSED = 0, 2
MOST_SHOWN = 20


def run_import(
    path: Path,
    *,
    dry_run: bool = False,
    mapping_path: Path | None = None,
    as_json: bool = False,
    confirm_leavers: bool = False,
    echo: Callable[[str], None] = print,
) -> int:
    """The exit code: 0 when done or, in a dry run, possible; 2 when refused, nothing written."""
    try:
        mapping = Mapping.from_text(mapping_path.read_text("utf-8")) if mapping_path else None
        content = _content(path)
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(f"The file cannot be read: {error}", as_json, echo)
    except BadMapping as error:
        return _refuse(error.sentence, as_json, echo)
    report = import_file(
        content=content,
        filename=path.name,
        mapping=mapping,
        dry_run=dry_run,
        confirm_leavers=confirm_leavers,
        by=system("command line", via="command"),
        now=clock.now(),
    )
    echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else _in_words(report))
    return REFUSED if report.refusals else DONE


def _content(path: Path) -> bytes:
    """No more than one byte beyond the limit, so that a huge file costs nothing."""
    with path.open("rb") as file:
        return file.read(settings.IMPORT_MAX_BYTES + 1)


def _refuse(sentence: str, as_json: bool, echo: Callable[[str], None]) -> int:
    if as_json:
        refusal = {"row": 0, "column": "", "value": "", "code": "unreadable", "sentence": sentence}
        echo(json.dumps({**ImportReport().as_dict(), "refusals": [refusal]}, ensure_ascii=False))
    else:
        echo(f"{sentence}\nNothing was written.")
    return REFUSED


def _in_words(report: ImportReport) -> str:
    lines = [f"{report.rows_read:,} rows read."]
    for kind in COUNTED:
        lines.append(f"{kind.label + ':':<14}{report.counts.get(kind.value, 0):>8,}")
    lines.append(f"{'Unchanged:':<14}{report.counts.get('unchanged', 0):>8,}")
    if report.new_levels:
        verb = "was made" if report.applied else "would be made"
        ladder = ", ".join(report.new_levels)
        lines.append(f"There was no ladder yet; this one {verb}, the most junior first: {ladder}.")
    lines += _listed("Bad rows", report.bad_rows)
    lines += _listed("Notes", report.notes)
    lines += _listed("Refused", report.refusals)
    lines.append("Applied." if report.applied else "Nothing was written.")
    return "\n".join(lines)


def _listed(title: str, found: list[Problem]) -> list[str]:
    if not found:
        return []
    shown = [_line(problem) for problem in found[:MOST_SHOWN]]
    more = [f"  … and {len(found) - MOST_SHOWN:,} more."] if len(found) > MOST_SHOWN else []
    return [f"{title}: {len(found):,}", *shown, *more]


def _line(problem: Problem) -> str:
    place = f"row {problem.row}" if problem.row else "file"
    column = f", {problem.column}" if problem.column else ""
    return f"  {place}{column}: {problem.sentence}"
