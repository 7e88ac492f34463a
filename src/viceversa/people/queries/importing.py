"""The directory as the import rules read it, and imports that are under way."""

from contextlib import suppress
from dataclasses import dataclass

from django.db.models import QuerySet

from viceversa.people.models import ImportLine, ImportRun, Level, Person, Place, Unit
from viceversa.people.queries.export import EXPORT_HEADERS
from viceversa.people.rules.fields import Field
from viceversa.people.rules.ladder import order_levels
from viceversa.people.rules.ladder_terms import LadderLevel, level_key, level_names
from viceversa.people.rules.mapping import BadMapping, Mapping
from viceversa.people.rules.records import StaffRecord
from viceversa.people.rules.rows import check_rows
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.tables import read_table

MOST_LEVELS = 60

_COLUMNS = (
    *("id", "external_id", "name", "email", "title", "level_id", "unit_id", "place_id"),
    *("time_zone", "languages", "manager_id", "hired_on", "left_on"),
)


def ladder() -> list[LadderLevel]:
    levels = Level.objects.order_by("rank").values_list("name", "aliases")
    return [LadderLevel(name, tuple(aliases)) for name, aliases in levels]


def staff_records() -> dict[str, StaffRecord]:
    """The whole directory by external ID, people who have left included. Four queries."""
    levels = dict(Level.objects.values_list("id", "name"))
    units = dict(Unit.objects.values_list("id", "name"))
    places = dict(Place.objects.values_list("id", "name"))
    rows = list(Person.objects.order_by("id").values_list(*_COLUMNS))
    numbers = {row[0]: row[1] for row in rows}
    return {
        row[1]: StaffRecord(
            row[1],
            row[2],
            row[3] or "",
            row[4],
            levels.get(row[5], ""),
            units.get(row[6], ""),
            places.get(row[7], ""),
            row[8],
            tuple(row[9]),
            numbers.get(row[10], ""),
            row[11],
            row[12],
        )
        for row in rows
    }


def added_by_hand() -> frozenset[str]:
    """Guests, contractors, the first administrator: no staff file is expected to list them."""
    return frozenset(Person.objects.filter(by_hand=True).values_list("external_id", flat=True))


def remembered_mapping() -> Mapping | None:
    """How the last applied file was read, our own export aside."""
    applied = ImportRun.objects.filter(state=ImportRun.State.APPLIED).order_by("-applied_at")
    for last in applied.values_list("mapping", flat=True)[:5]:
        with suppress(BadMapping):
            mapping = Mapping.from_json(last)
            if mapping.headers != EXPORT_HEADERS:
                return mapping
    return None


def import_runs() -> QuerySet[ImportRun]:
    return ImportRun.objects.defer("content", "report", "mapping", "levels").order_by("-id")


def import_run_for(actor: Actor, key: str) -> ImportRun:
    runs = ImportRun.objects.defer("content")
    run = runs.filter(key=key).first() if actor.has("directory_administrator") else None
    if run is None:
        raise NotFound("There is no such import, or it is not yours to see.")
    return run


def import_lines(run: ImportRun, kind: str, words: str) -> QuerySet[ImportLine]:
    lines = ImportLine.objects.filter(run=run, kind=kind).order_by("id")
    for word in words.replace("\0", " ").casefold().split()[:6]:
        lines = lines.filter(search__contains=word)
    return lines


@dataclass(frozen=True)
class FileLevels:
    """The words for levels in a file that the ladder does not know, junior first as guessed."""

    unknown: list[str]
    has_ladder: bool


def levels_of(run: ImportRun) -> FileLevels:
    """Reads the file once more: which rows count depends on the answers given since."""
    mapping, own = Mapping.from_json(run.mapping), ladder()
    if Field.LEVEL not in mapping.columns or run.content is None:
        return FileLevels([], bool(own))
    table = read_table(bytes(run.content), filename=run.filename)
    checked = check_rows(table, mapping.with_changes(level_aliases={}))
    if not own:
        unique = {level_key(level): level for level in reversed(order_levels(checked.rows))}
        return FileLevels(list(reversed(unique.values())), False)
    known = level_names(own).keys() | {level_key(text) for text in mapping.level_aliases}
    unknown = {level_key(level): level for level in checked.levels if level_key(level) not in known}
    return FileLevels(list(unknown.values()), True)
