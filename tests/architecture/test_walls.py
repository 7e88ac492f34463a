import ast
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, calls_of, imports_of, modules
from viceversa.config.jobs import JOBS

pytestmark = pytest.mark.pure

DOORS = {"views", "api", "jobs", "management"}
MAY_OPEN_DOORS = {"urls", "views", "api", "jobs", "management"}


def test_packages_import_only_from_below() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]


def test_doors_are_imported_by_addresses_and_wiring_only() -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, tree in modules().items()
        for imported in imports_of(tree)
        if _is_foreign_door(name, imported)
    ]
    assert wrong == []


def _is_foreign_door(name: str, imported: str) -> bool:
    parts = imported.split(".")
    if len(parts) < 3 or parts[0] != "viceversa" or parts[2] not in DOORS:
        return False
    importer = name.split(".")
    if importer[1] in {"config", "toolkit", "design"} or parts[1] in {"toolkit", "design"}:
        return False
    return not (importer[1] == parts[1] and importer[2] in MAY_OPEN_DOORS)


def test_every_deferred_name_is_in_the_table_of_jobs() -> None:
    named = {
        call.args[0].value
        for tree in modules().values()
        for call in calls_of(tree, "later")
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert named, "no job is deferred anywhere"
    assert named <= set(JOBS)


def test_no_signals_are_connected() -> None:
    wrong = [
        name
        for name, tree in modules().items()
        for imported in imports_of(tree)
        if imported.endswith("dispatch.receiver") or imported == "django.db.models.signals"
    ]
    assert wrong == []


def test_no_module_is_longer_than_a_person_can_hold() -> None:
    files = [path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts]
    long = {str(path.relative_to(ROOT)): n for path in files if (n := _lines(path)) > 400}
    assert long == {}


def _lines(path: object) -> int:
    with open(str(path), encoding="utf-8") as file:
        return sum(1 for _line in file)
