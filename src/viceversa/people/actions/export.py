"""Taking the directory out. It is in the history who did."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.models import Directory, Person
from viceversa.people.permissions import check_can_manage_directory
from viceversa.people.queries.export import export_rows
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.tables import Cell

MOST_IN_WORKBOOK = 20_000


@transaction.atomic
def export_directory(*, form: str, by: Actor, now: datetime) -> Iterator[tuple[Cell, ...]]:
    """Rows under EXPORT_HEADERS, read while they are written out. `form` is csv or xlsx."""
    check_can_manage_directory(by)
    if form == "xlsx":
        _check_fits_workbook()
    directory, _made = Directory.objects.get_or_create(id=1)
    record(by=by, verb="people.exported", target=directory, detail={"form": form}, now=now)
    return export_rows()


def _check_fits_workbook() -> None:
    """A workbook is whole before its first byte is sent; a CSV is sent line by line."""
    if Person.objects.values("pk")[: MOST_IN_WORKBOOK + 1].count() > MOST_IN_WORKBOOK:
        raise Refused(
            _(
                "The directory has more than %(most)s people, too many for an Excel file. "
                "Export it as CSV, which Excel opens too."
            )
            % {"most": f"{MOST_IN_WORKBOOK:,}"},
            code="too_many_for_workbook",
        )
