from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from viceversa.people.management.importing import run_import


class Command(BaseCommand):
    help = "Imports a staff file (CSV or XLSX) into the directory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change")
        parser.add_argument("--mapping", type=Path, help="a JSON file with columns and answers")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument(
            "--yes-many-leavers", action="store_true", help="more than one in ten may leave"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code = run_import(
            options["file"],
            dry_run=options["dry_run"],
            mapping_path=options["mapping"],
            as_json=options["json"],
            confirm_leavers=options["yes_many_leavers"],
            echo=self.stdout.write,
        )
        if code:
            raise SystemExit(code)
