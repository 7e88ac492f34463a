"""The directory as rows of a file that the import reads back without a change."""

from collections.abc import Iterator

from viceversa.people.models import Level, Person, Place, Unit
from viceversa.people.rules.fields import LABELS, PERSON_FIELDS
from viceversa.toolkit.tables import Cell

EXPORT_HEADERS = tuple(LABELS[field] for field in PERSON_FIELDS)
_COLUMNS = (
    *("external_id", "name", "email", "title", "level_id", "unit_id", "place_id"),
    *("time_zone", "languages", "manager__external_id", "hired_on", "left_on"),
)


def export_rows() -> Iterator[tuple[Cell, ...]]:
    """One person after the other, never all at once."""
    names = [dict(model.objects.values_list("id", "name")) for model in (Level, Unit, Place)]
    rows = Person.objects.order_by("id").values_list(*_COLUMNS)
    for row in rows.iterator(chunk_size=2000):
        places = (held.get(key, "") for held, key in zip(names, row[4:7], strict=True))
        yield (*row[:4], *places, row[7], "; ".join(row[8]), *row[9:])
