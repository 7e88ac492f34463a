"""From a staff file to the directory: read, check, show, apply."""

from viceversa.people.actions.importing.report import ImportReport
from viceversa.people.actions.importing.runs import (
    apply_run,
    check_run,
    choose_levels,
    choose_mapping,
    forget_old_runs,
    start_apply,
    start_check,
    start_import,
)
from viceversa.people.actions.importing.whole import import_file

__all__ = [
    "ImportReport",
    "apply_run",
    "check_run",
    "choose_levels",
    "choose_mapping",
    "forget_old_runs",
    "import_file",
    "start_apply",
    "start_check",
    "start_import",
]
