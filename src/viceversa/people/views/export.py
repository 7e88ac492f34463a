import csv
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

from viceversa.people.actions import export_directory
from viceversa.people.queries.export import EXPORT_HEADERS
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.tables import Cell, cell_text, write_xlsx
from viceversa.toolkit.tables.formulas import shield

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"


@require_GET
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    rows = export_directory(form="csv", by=actor_of(request), now=clock.now())
    return StreamingHttpResponse(
        _lines(rows), content_type="text/csv; charset=utf-8", headers=_attached("csv")
    )


@require_GET
def as_workbook(request: HttpRequest) -> HttpResponse:
    rows = export_directory(form="xlsx", by=actor_of(request), now=clock.now())
    content = write_xlsx(EXPORT_HEADERS, rows)
    return HttpResponse(content, content_type=WORKBOOK, headers=_attached("xlsx"))


class _Passed:
    """A file that hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    writer = csv.writer(_Passed(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + writer.writerow(EXPORT_HEADERS)
    for row in rows:
        yield writer.writerow([shield(cell_text(cell)) for cell in row])


def _attached(ending: str) -> dict[str, str]:
    name = f"people-{clock.now().date().isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
