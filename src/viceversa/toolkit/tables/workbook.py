"""Reading Excel workbooks (.xlsx): the small parts whole, the sheet as a stream.

The sheet goes through expat directly because openpyxl takes half a minute for 100,000 people;
openpyxl still says which number formats are dates and what a serial number means.
"""

import io
import posixpath
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from viceversa.toolkit.tables.guards import check_package, damaged
from viceversa.toolkit.tables.sheet import CellTexts, read_shared_texts, read_sheet
from viceversa.toolkit.tables.table import Limits, Row, UnreadableTable

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_WORKBOOK = "xl/workbook.xml"
_SMALL_PART = 20_000_000
_DAMAGE = (ExpatError, ElementTree.ParseError, BadZipFile, KeyError, ValueError, IndexError)


@dataclass(frozen=True, slots=True)
class FoundSheet:
    rows: list[Row]
    sheet: str
    sheets: tuple[str, ...]


def read_workbook(data: bytes, *, limits: Limits, sheet: str | None) -> FoundSheet:
    """The named sheet, or the first that holds anything. Raises UnreadableTable."""
    try:
        with ZipFile(io.BytesIO(data)) as package:
            check_package(package, limits)
            return _found(package, limits, sheet)
    except UnreadableTable:
        raise
    except (*_DAMAGE, OverflowError, RuntimeError, NotImplementedError, EOFError) as error:
        raise damaged() from error


def _found(package: ZipFile, limits: Limits, wanted: str | None) -> FoundSheet:
    book = _tree(package, _WORKBOOK)
    paths = _sheet_paths(package, book)
    if wanted is not None and wanted not in paths:
        raise _no_such_sheet(wanted, tuple(paths))
    texts = _cell_texts(package, book)
    rows: list[Row] = []
    name = ""
    for name in [wanted] if wanted is not None else paths:
        with package.open(paths[name]) as stream:
            rows = read_sheet(stream, texts, limits)
        if rows:
            break
    return FoundSheet(rows, name, tuple(paths))


def _tree(package: ZipFile, path: str) -> ElementTree.Element:
    """One of the small parts; the guards have refused every declaration of entities."""
    if package.getinfo(path).file_size > _SMALL_PART:
        raise damaged()
    text = package.read(path).replace(_STRICT, _MAIN[1:-1].encode())
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(["end"])
    parser.feed(text)
    parser.close()
    events: list[Any] = list(parser.read_events())
    root: ElementTree.Element = events[-1][1]
    return root


def _sheet_paths(package: ZipFile, book: ElementTree.Element) -> dict[str, str]:
    links = _links(package)
    found: dict[str, str] = {}
    for element in book.iter(f"{_MAIN}sheet"):
        link = next((value for key, value in element.items() if key.endswith("}id")), "")
        path = links.get(link, "")
        if "worksheets/" in path and path in package.namelist():
            found[element.get("name", path)] = path
    return found


def _links(package: ZipFile) -> dict[str, str]:
    root = _tree(package, "xl/_rels/workbook.xml.rels")
    return {
        element.get("Id", ""): posixpath.normpath(
            posixpath.join("/xl", element.get("Target", ""))
        ).lstrip("/")
        for element in root
    }


def _cell_texts(package: ZipFile, book: ElementTree.Element) -> CellTexts:
    names = set(package.namelist())
    properties = book.find(f"{_MAIN}workbookPr")
    is_mac = properties is not None and properties.get("date1904") in {"1", "true"}
    shared: list[str] = []
    if "xl/sharedStrings.xml" in names:
        with package.open("xl/sharedStrings.xml") as stream:
            shared = read_shared_texts(stream)
    dates, spans = _time_styles(package) if "xl/styles.xml" in names else (frozenset(), frozenset())
    epoch = CALENDAR_MAC_1904 if is_mac else CALENDAR_WINDOWS_1900
    return CellTexts(shared, dates, spans, epoch)


def _time_styles(package: ZipFile) -> tuple[frozenset[str], frozenset[str]]:
    """Which cell styles mean a date, and which a length of time."""
    root = _tree(package, "xl/styles.xml")
    formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    for element in root.iter(f"{_MAIN}numFmt"):
        formats[element.get("numFmtId", "")] = element.get("formatCode", "")
    styles = [
        formats.get(element.get("numFmtId", "0"), "General")
        for element in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    ]
    spans = {str(place) for place, code in enumerate(styles) if is_timedelta_format(code)}
    dates = {str(place) for place, code in enumerate(styles) if is_date_format(code)}
    return frozenset(dates - spans), frozenset(spans)


def _no_such_sheet(wanted: str, sheets: tuple[str, ...]) -> UnreadableTable:
    names = ", ".join(f"“{name}”" for name in sheets)
    return UnreadableTable(
        f"This workbook has no sheet named “{wanted}”. Its sheets are {names}.", "no_such_sheet"
    )
