"""Imports of long files, and what is forgotten after a week."""

from viceversa.people.actions.importing import apply_run, check_run, forget_old_runs
from viceversa.people.models import ImportRun
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor


def check_import(run: int) -> None:
    check_run(run=ImportRun.objects.get(pk=run), now=clock.now())


def apply_import(run: int) -> None:
    loaded = ImportRun.objects.get(pk=run)
    apply_run(run=loaded, by=_asked_by(loaded), now=clock.now())


def forget_imports() -> None:
    forget_old_runs(now=clock.now())


def _asked_by(run: ImportRun) -> Actor:
    """The directory administrator who pressed the button; that right was checked there."""
    roles = frozenset({"directory_administrator"})
    return Actor(person_id=run.by_person_id, label=run.by_label, roles=roles, via="job")
