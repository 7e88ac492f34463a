"""The command line: a door to the same actions. Nothing heavy is imported before it is needed."""

import gc
import os
import sys
from pathlib import Path
from typing import Any

import click

from viceversa import __version__

SAMPLE_SIZE = click.IntRange(200, 200_000)


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viceversa.config.settings")
    import django

    django.setup()


def _call(command: str, *args: Any, **options: Any) -> None:
    from django.core.management import call_command

    call_command(command, *args, **options)


def _keep_everything() -> None:
    """Millions of people are no cycles: looking for some again and again would only cost time."""
    gc.disable()


@click.group()
@click.version_option(__version__, prog_name="viceversa")
def main() -> None:
    """Runs reverse-mentoring programmes that people trust."""


@main.group()
def people() -> None:
    """The directory of people."""


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and report; write nothing.")
@click.option("--mapping", type=click.Path(path_type=Path), help="JSON file: which column is what.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.option("--many-leavers", is_flag=True, help="Apply although more than 10 % would leave.")
def import_people(
    file: Path, dry_run: bool, mapping: Path | None, as_json: bool, many_leavers: bool
) -> None:
    """Import a staff file (CSV or XLSX). The same file twice changes nothing."""
    _start_django()
    from viceversa.people.management.importing import run_import

    sys.exit(
        run_import(
            file,
            dry_run=dry_run,
            mapping_path=mapping,
            as_json=as_json,
            confirm_leavers=many_leavers,
            echo=click.echo,
        )
    )


@main.command()
@click.option("--people", "people_file", required=True, type=click.Path(path_type=Path))
@click.option("--programme", "programme_file", required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path))
def match(people_file: Path, programme_file: Path, out: Path) -> None:
    """Match the people of a file by the rules of a programme. Needs no database."""
    _keep_everything()
    from viceversa.matching.engine.files import run_match

    sys.exit(run_match(people_file, programme_file, out, click.echo))


@main.command()
@click.argument("certificate", type=click.Path(path_type=Path))
def verify(certificate: Path) -> None:
    """Check a certificate, independently of the solver."""
    _keep_everything()
    from viceversa.matching.engine.files import run_verify

    sys.exit(run_verify(certificate, click.echo))


@main.command()
def setup() -> None:
    """Bring the database, the cache table, the static files, skills and first texts up to date."""
    _start_django()
    from viceversa.learning.actions.starter import load_starter
    from viceversa.people.actions import load_taxonomy
    from viceversa.toolkit import clock
    from viceversa.toolkit.actor import system

    _call("migrate", verbosity=0, interactive=False)
    _call("createcachetable", verbosity=0)
    _call("collectstatic", verbosity=0, interactive=False)
    by, now = system("setup", via="command"), clock.now()
    load_taxonomy(by=by, now=now)
    load_starter(by=by, now=now)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve pages and the API."""
    import uvicorn

    uvicorn.run(
        "viceversa.config.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )


@main.command()
@click.option("--batch", is_flag=True, help="Stop when no job is left.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong.")
def work(batch: bool, quiet: bool) -> None:
    """Run jobs: imports, matching, mail."""
    if quiet:
        os.environ.setdefault("LOG_LEVEL", "WARNING")
    _start_django()
    from viceversa.toolkit.jobs.worker import work as run_worker

    run_worker(batch=batch)


@main.command()
@click.option("--people", "count", default=240, show_default=True, type=SAMPLE_SIZE)
@click.option("--seed", default=2026, show_default=True)
@click.option("--quiet", is_flag=True, help="Do not list the sign-ins.")
def sample(count: int, seed: int, quiet: bool) -> None:
    """Load the sample organisation: plainly fictional people and two programmes."""
    _start_django()
    from viceversa.home.management.sample import run_sample

    sys.exit(run_sample(people=count, seed=seed, echo=click.echo, tell=not quiet))


@main.command()
@click.argument("programme")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def partnerships(programme: str, as_json: bool) -> None:
    """Say how the partnerships of a programme stand: facts, never what people wrote."""
    _start_django()
    from viceversa.home.management.partnerships import run_partnerships

    sys.exit(run_partnerships(slug=programme, as_json=as_json, echo=click.echo))


@main.command()
@click.argument("email")
@click.option("--name", default="", help="Shown in history.")
def operator(email: str, name: str) -> None:
    """Make the first operator of an empty installation."""
    _start_django()
    from viceversa.accounts.management.operators import run_operator

    sys.exit(run_operator(email=email, name=name, echo=click.echo))


@main.command()
def doctor() -> None:
    """Say what is right and what is wrong with this installation."""
    _start_django()
    from viceversa.config.doctor import examine

    sys.exit(examine(click.echo))


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a management command of the framework, for operators."""
    _start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["viceversa manage", *arguments])


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--people", "count", default=240, show_default=True, type=SAMPLE_SIZE)
def demo(port: int, count: int) -> None:
    """Start everything with the sample organisation: what `make run` does."""
    from viceversa.config.demo import run_demo

    sys.exit(run_demo(port=port, people=count))
