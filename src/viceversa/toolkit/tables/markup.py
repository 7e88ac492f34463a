"""What each part of a workbook is checked for before openpyxl builds trees of it.

openpyxl leaves out rows and cells that come out of order, fills every gap between them, and
keeps every element in memory. What would lose people in silence or fill the memory is refused
here. Parts that are not XML are passed over: openpyxl refuses those that it needs.
"""

from xml.parsers import expat

from openpyxl.utils.cell import coordinate_to_tuple

from viceversa.toolkit.tables.refusals import bomb, damaged, strict_workbook, unsafe

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_SHEET, _ROW, _CELL = f"{_MAIN} worksheet", f"{_MAIN} row", f"{_MAIN} c"
_STREAMED = frozenset({_SHEET, f"{_MAIN} sst", f"{_MAIN} pivotCacheRecords"})
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_SMALL_PART = 20_000_000
_ELEMENTS_HELD = 3_000_000


class Markup:
    """Checks one part as it is unpacked. `grid` counts the places for cells that it spans."""

    def __init__(self) -> None:
        self.grid = 0
        self._size = self._held = self._held_at_row = self._row = self._column = 0
        self._is_streamed = self._is_done = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._declared
        self._parser.StartElementHandler = self._began

    def feed(self, chunk: bytes) -> None:
        """Raises UnreadableTable. What is not XML ends the check, as it ends openpyxl's reading."""
        if self._is_done:
            return
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError:
            self._is_done = True
            return
        self._size += len(chunk)
        if self._size > _SMALL_PART and not self._is_streamed:
            raise bomb()

    def _declared(self, *_declaration: object) -> None:
        raise unsafe()

    def _began(self, tag: str, _attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if space == _STRICT:
            raise strict_workbook()
        if name == "worksheet" and tag != _SHEET:
            raise damaged()
        self._is_streamed = tag in _STREAMED
        self._parser.StartElementHandler = self._in_sheet if tag == _SHEET else self._count
        self._parser.EndElementHandler = self._ended if tag == _SHEET else None

    def _count(self, _tag: str, _attributes: dict[str, str]) -> None:
        self._held += 1
        if self._held > _ELEMENTS_HELD:
            raise bomb()

    def _in_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _CELL:
            self._place_cell(attributes.get("r"))
        elif tag == _ROW:
            self._place_row(attributes.get("r"))
        self._count(tag, attributes)

    def _place_row(self, stored: str | None) -> None:
        number = int(stored) if stored else self._row + 1
        if not self._row < number <= _LAST_ROW:
            raise damaged()
        self.grid += number - self._row
        self._row, self._column, self._held_at_row = number, 0, self._held

    def _place_cell(self, stored: str | None) -> None:
        column = coordinate_to_tuple(stored)[1] if stored else self._column + 1
        if not self._column < column <= _LAST_COLUMN:
            raise damaged()
        self.grid += column - self._column
        self._column = column

    def _ended(self, tag: str) -> None:
        """openpyxl lets go of a row's cells once it has read them."""
        if tag == _ROW:
            self._held = self._held_at_row + 1
