"""Taking the directory out. It is in the history who did."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from viceversa.history.actions import record
from viceversa.people.models import Directory
from viceversa.people.permissions import check_can_manage_directory
from viceversa.people.queries.export import export_rows
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.tables import Cell


@transaction.atomic
def export_directory(*, form: str, by: Actor, now: datetime) -> Iterator[tuple[Cell, ...]]:
    """Rows under EXPORT_HEADERS, read while they are written out. `form` is csv or xlsx."""
    check_can_manage_directory(by)
    directory, _made = Directory.objects.get_or_create(id=1)
    record(by=by, verb="people.exported", target=directory, detail={"form": form}, now=now)
    return export_rows()
