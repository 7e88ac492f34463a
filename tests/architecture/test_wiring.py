import subprocess

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from tests.architecture.source import ROOT
from viceversa.config.guard import is_open
from viceversa.config.jobs import JOBS, SCHEDULE
from viceversa.config.reactions import REACTIONS

OURS = [config for config in apps.get_app_configs() if config.name.startswith("viceversa.")]
PERSONAL = {"people.person", "accounts.user", "programmes.enrolment"}


@pytest.mark.pure
def test_every_job_and_reaction_exists() -> None:
    names = [*JOBS.values(), *REACTIONS, *(name for row in REACTIONS.values() for name in row)]
    assert all(callable(import_string(name)) for name in names)
    assert set(SCHEDULE) <= set(JOBS)


@pytest.mark.pure
@pytest.mark.parametrize("config", OURS, ids=lambda config: config.label)
def test_every_model_says_which_personal_data_it_holds(config: object) -> None:
    module = config.models_module  # type: ignore[attr-defined]
    if module is None:
        return
    declared = set(module.PERSONAL_DATA)
    fields = {
        f"{model.__name__}.{field.name}": field
        for model in config.get_models()  # type: ignore[attr-defined]
        for field in model._meta.get_fields()
    }
    assert declared <= set(fields), "declared, but no such field"
    pointing = {name for name, field in fields.items() if _points_at_a_person(field)}
    assert pointing <= declared, "points at a person, but is not declared"


def _points_at_a_person(field: object) -> bool:
    if not isinstance(field, models.ForeignKey):
        return False
    return field.related_model._meta.label_lower in PERSONAL


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.pure
def test_migrations_are_linear() -> None:
    graph = MigrationLoader(None).graph
    for config in OURS:
        assert len(graph.leaf_nodes(config.label)) <= 1


def addresses(resolver: URLResolver | None = None, prefix: str = "/") -> list[str]:
    """Every address, its variable parts filled with something plausible."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + _filled(entry)
        if isinstance(entry, URLPattern):
            found.append(path)
        else:
            found.extend(addresses(entry, path))
    return found


def _filled(entry: URLPattern | URLResolver) -> str:
    text = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__.replace("Converter", "").lower()
        value = "1" if kind == "int" else "something"
        text = text.replace(f"<{kind}:{name}>", value).replace(f"<{name}>", value)
    return text.lstrip("^").rstrip("$")


@pytest.mark.django_db
def test_every_address_asks_for_a_sign_in_unless_it_is_listed_as_open() -> None:
    client = Client()
    checked = 0
    for path in addresses():
        if is_open(path):
            continue
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/sign-in/"), path
        checked += 1
    assert checked > 20


@pytest.mark.pure
def test_nothing_committed_names_a_package_index_or_a_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    forbidden = (
        "pypi" + ".org",
        "registry." + "npmjs",
        "/work" + "/main",
        "files.python" + "hosted",
    )
    wrong = []
    for name in listed:
        path = ROOT / name
        if path.suffix in {".woff2", ".png", ".xlsx"} or not path.exists():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        wrong += [(name, word) for word in forbidden if word in text]
    assert wrong == []
