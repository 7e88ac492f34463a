"""A whole import in one call, for programs and the command line."""

from datetime import datetime

from django.db import transaction

from viceversa.people.actions.changing import lock_directory
from viceversa.people.actions.importing.applying import apply_outcome, sentence_for_leavers
from viceversa.people.actions.importing.outcome import first_mapping, look_at, read_staff_file
from viceversa.people.actions.importing.report import ImportReport, report_of
from viceversa.people.models import ImportRun
from viceversa.people.permissions import check_can_manage_directory
from viceversa.people.rules.mapping import Mapping
from viceversa.people.rules.problems import Problem, Severity
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.tables import Table, UnreadableTable


def import_file(
    *,
    content: bytes,
    filename: str,
    mapping: Mapping | None = None,
    dry_run: bool,
    confirm_leavers: bool = False,
    by: Actor,
    now: datetime,
) -> ImportReport:
    """Reads, checks and, unless `dry_run`, applies. What is refused stands in the report; nothing
    is written then. Without a mapping the columns are guessed, as last time where possible."""
    check_can_manage_directory(by)
    try:
        table = read_staff_file(content, filename)
    except UnreadableTable as error:
        return ImportReport(refusals=[_refusal(error.code, error.sentence)])
    mapping = mapping or first_mapping(table)
    if dry_run:
        return report_of(look_at(table, mapping, today=now.date()))
    run = _run(filename, mapping, by=by, now=now)
    with transaction.atomic():
        return _applied(table, run, mapping, confirm_leavers=confirm_leavers, by=by, now=now)


def _applied(
    table: Table,
    run: ImportRun,
    mapping: Mapping,
    *,
    confirm_leavers: bool,
    by: Actor,
    now: datetime,
) -> ImportReport:
    lock_directory()
    outcome = look_at(table, mapping, today=now.date())
    leavers = sentence_for_leavers(outcome.sync, asked_by=by.person_id)
    if leavers and not confirm_leavers:
        return report_of(outcome, refusals=(_refusal("many_leavers", leavers),))
    if not outcome.refusals:
        run.save()
    applied = apply_outcome(lambda: outcome, run=run, expected="", by=by, now=now)
    return report_of(applied.looked_at, applied=applied.applied)


def _run(filename: str, mapping: Mapping, *, by: Actor, now: datetime) -> ImportRun:
    """What the next import remembers, and what the history points to."""
    return ImportRun(
        filename=filename[-200:],
        mapping=mapping.to_json(),
        state=ImportRun.State.APPLIED,
        by_person_id=by.person_id,
        by_label=by.label,
        created_at=now,
        applied_at=now,
    )


def _refusal(code: str, sentence: str) -> Problem:
    return Problem(0, "", "", code, Severity.REFUSAL, sentence)
