"""An import on the pages: uploaded, mapped, checked by a job, applied by a job."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.people.actions.importing.applying import apply_outcome, sentence_for_leavers
from viceversa.people.actions.importing.outcome import (
    Outcome,
    first_mapping,
    look_at,
    read_staff_file,
)
from viceversa.people.actions.importing.report import counts_of, save_lines
from viceversa.people.models import ImportLine, ImportRun
from viceversa.people.permissions import check_can_manage_directory
from viceversa.people.rules.mapping import Mapping
from viceversa.people.rules.problems import Severity, visible
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.jobs import later
from viceversa.toolkit.tables import Table, UnreadableTable

State = ImportRun.State
SMALL = 500
SAMPLES = 3
KEPT_FOR = timedelta(days=7)
_OPEN = (State.UPLOADED, State.CHECKED, State.REFUSED)


@transaction.atomic
def start_import(*, content: bytes, filename: str, by: Actor, now: datetime) -> ImportRun:
    """Keeps the file and a first guess of what its columns mean. Nothing else is written."""
    check_can_manage_directory(by)
    table = _readable(content, filename)
    mapping = first_mapping(table)
    return ImportRun.objects.create(
        filename=_tidy(filename),
        content=content,
        mapping=mapping.to_json(),
        report={"samples": _samples(table), "reasons": dict(mapping.reasons)},
        total=len(table.rows),
        by_person_id=by.person_id,
        by_label=by.label,
        created_at=now,
    )


@transaction.atomic
def choose_mapping(*, run: ImportRun, mapping: Mapping, by: Actor) -> ImportRun:
    check_can_manage_directory(by)
    run = _locked(run)
    _check_open(run)
    run.mapping, run.state, run.fingerprint = mapping.to_json(), State.UPLOADED, ""
    run.save(update_fields=["mapping", "state", "fingerprint"])
    return run


@transaction.atomic
def choose_levels(*, run: ImportRun, levels: Sequence[str], by: Actor) -> ImportRun:
    """The order, junior first, of the ladder that this file makes."""
    check_can_manage_directory(by)
    run = _locked(run)
    _check_open(run)
    run.levels, run.state, run.fingerprint = list(levels), State.UPLOADED, ""
    run.save(update_fields=["levels", "state", "fingerprint"])
    return run


@transaction.atomic
def start_check(*, run: ImportRun, by: Actor, now: datetime) -> ImportRun:
    """A short file is checked at once, a long one by a job."""
    check_can_manage_directory(by)
    run = _locked(run)
    _check_open(run)
    run.state, run.done = State.CHECKING, 0
    run.by_person_id, run.by_label = by.person_id, by.label
    run.save(update_fields=["state", "done", "by_person_id", "by_label"])
    if run.total < SMALL:
        return check_run(run=run, now=now)
    later("people.check_import", run=run.pk)
    return run


def check_run(*, run: ImportRun, now: datetime) -> ImportRun:
    """Works out the report. Doing it twice gives the same report."""
    if run.content is None or run.state != State.CHECKING:
        return run
    table = read_staff_file(bytes(run.content), run.filename)
    _tell_progress(run, 20)
    mapping = Mapping.from_json(run.mapping)
    outcome = look_at(table, mapping, levels=run.levels, today=now.date())
    _tell_progress(run, 60)
    with transaction.atomic():
        _keep_outcome(run, outcome)
    return run


def _keep_outcome(run: ImportRun, outcome: Outcome) -> None:
    save_lines(run, outcome)
    counted = {kind.value: len(outcome.checked.of(kind)) for kind in Severity}
    run.report = {
        **{name: run.report[name] for name in ("samples", "reasons") if name in run.report},
        "counts": counts_of(outcome.sync) | counted,
        "rows_read": outcome.checked.rows_read,
        "rows_filtered": outcome.checked.rows_filtered,
        "new_levels": list(outcome.new_levels),
        "second_look": sentence_for_leavers(outcome.sync, asked_by=run.by_person_id),
        "is_empty": outcome.sync.is_empty and not outcome.new_levels,
    }
    run.state = State.REFUSED if outcome.refusals else State.CHECKED
    run.fingerprint, run.done = outcome.fingerprint(), 100
    run.save(update_fields=["report", "state", "fingerprint", "done"])


@transaction.atomic
def start_apply(*, run: ImportRun, confirm_leavers: bool, by: Actor, now: datetime) -> ImportRun:
    """One request wins; a second one is told that the import is under way."""
    check_can_manage_directory(by)
    run = _locked(run)
    if run.state in (State.APPLYING, State.APPLIED):
        raise Refused(_("This import is already being applied."), code="already_applied")
    if run.state != State.CHECKED:
        raise Refused(_("Check the file first."), code="not_checked")
    if run.report.get("second_look") and not confirm_leavers:
        raise Refused(str(run.report["second_look"]), code="many_leavers")
    run.state, run.by_person_id, run.by_label = State.APPLYING, by.person_id, by.label
    run.report.pop("refusal", None)
    run.save(update_fields=["state", "by_person_id", "by_label", "report"])
    if run.total < SMALL:
        return apply_run(run=run, by=by, now=now)
    later("people.apply_import", run=run.pk)
    return run


def apply_run(*, run: ImportRun, by: Actor, now: datetime) -> ImportRun:
    """All or nothing. Where the directory changed since the check, nothing, and a new report."""
    if run.content is None or run.state != State.APPLYING:
        return run
    table = read_staff_file(bytes(run.content), run.filename)
    with transaction.atomic():
        run = _locked(run)
        if run.state == State.APPLYING:
            _apply_or_show_again(run, table, by=by, now=now)
    return run


def _apply_or_show_again(run: ImportRun, table: Table, *, by: Actor, now: datetime) -> None:
    shown = run.report.get("counts", {})
    mapping = Mapping.from_json(run.mapping)
    outcome = apply_outcome(
        lambda: look_at(table, mapping, levels=run.levels, today=now.date()),
        run=run,
        expected=run.fingerprint,
        by=by,
        now=now,
    )
    if outcome.applied:
        run.state, run.applied_at, run.content = State.APPLIED, now, None
        run.report.pop("samples", None)
        run.save(update_fields=["state", "applied_at", "content", "report"])
        return
    _keep_outcome(run, outcome.looked_at)
    run.report["refusal"] = what_changed(shown, run.report["counts"])
    run.save(update_fields=["report"])


def what_changed(shown: dict[str, int], now: dict[str, int]) -> str:
    names = {kind.value: str(kind.label).lower() for kind in ImportLine.Kind}
    other = [
        _("%(what)s: %(before)s before, %(now)s now")
        % {"what": names[name], "before": shown.get(name, 0), "now": count}
        for name, count in now.items()
        if name in names and shown.get(name, 0) != count
    ]
    found = "; ".join(other) or _("the same numbers, but other people or values")
    return _(
        "Nothing was written: somebody changed the directory after this check (%(found)s). "
        "Look at the new report below and apply that."
    ) % {"found": found}


@transaction.atomic
def forget_old_runs(*, now: datetime) -> int:
    """Files, samples and lines of imports are kept for a week."""
    old = ImportRun.objects.filter(created_at__lt=now - KEPT_FOR).defer("content")
    ImportLine.objects.filter(run__in=old).delete()
    old.exclude(state=State.APPLIED).filter(content__isnull=False).update(
        state=State.REFUSED, report={"refusal": _("This file was deleted after a week.")}
    )
    return old.filter(content__isnull=False).update(content=None)


def _readable(content: bytes, filename: str) -> Table:
    try:
        return read_staff_file(content, filename)
    except UnreadableTable as error:
        raise Refused(error.sentence, code=error.code) from error


def _tidy(filename: str) -> str:
    shown = "".join(
        sign for sign in filename.replace("\\", "/").split("/")[-1] if sign.isprintable()
    )
    return shown[-200:] or _("staff file")


def _samples(table: Table) -> dict[str, list[str]]:
    """A few different cells of each column, to recognise it by."""
    samples: dict[str, list[str]] = {}
    for place, header in enumerate(table.headers):
        cells = (row.cells[place].strip() for row in table.rows[:200])
        distinct = dict.fromkeys(visible(cell) for cell in cells if cell)
        samples[header] = list(distinct)[:SAMPLES]
    return samples


def _locked(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_for_update().get(pk=run.pk)


def _check_open(run: ImportRun) -> None:
    if run.state not in _OPEN or run.content is None:
        raise Refused(
            _("This import is %(state)s and can no longer be changed. Upload the file again.")
            % {"state": run.get_state_display()},
            code="not_open",
        )


def _tell_progress(run: ImportRun, done: int) -> None:
    ImportRun.objects.filter(pk=run.pk).update(done=done)
