"""What is refused before anything is parsed: other kinds of file, bombs, entities."""

import zlib
from zipfile import BadZipFile, ZipFile, ZipInfo

from viceversa.toolkit.tables.encodings import binary_file
from viceversa.toolkit.tables.table import Limits, UnreadableTable

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BINARY = (
    *(b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!"),
    *(b"\x7fELF", b"MZ\x90", b"\xfd7zXZ", b"SQLite format 3", b"PAR1", b"\xca\xfe\xba\xbe"),
)
_WEB_PAGE = (b"<!doctype html", b"<html", b"<table", b"<?xml")
_CHUNK = 1 << 20
_SMALL_PART = 1_000_000


def refuse_other_kinds(data: bytes, filename: str) -> None:
    if data.startswith(_OLD_OFFICE):
        raise _locked() if _LOCKED in data else _old_workbook()
    if data.startswith(_BINARY):
        raise binary_file()
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
        raise UnreadableTable(
            "This file is a web page under another name. Open it in your spreadsheet program "
            "and save it as an Excel workbook (.xlsx) or CSV.",
            "web_page",
        )
    if filename.lower().endswith((".xlsx", ".xlsm")) and data and not data.startswith(b"PK"):
        raise damaged()


def check_package(package: ZipFile, limits: Limits) -> None:
    """Declared sizes first, then what really comes out, part by part."""
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > limits.parts or len(names) != len(parts):
        raise _bomb()
    _check_kind(package, names)
    _check_declared(parts, limits)
    left = limits.unpacked_size
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            left -= _unpacked_size(package, part, left)


def _check_kind(package: ZipFile, names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise UnreadableTable(
            "This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV.", "other_workbook"
        )
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise UnreadableTable(
            "This file is not an Excel workbook. Save the list as .xlsx or CSV.", "other_workbook"
        )
    if any(part.flag_bits & 1 for part in package.infolist()):
        raise _locked()


def _check_declared(parts: list[ZipInfo], limits: Limits) -> None:
    if sum(part.file_size for part in parts) > limits.unpacked_size:
        raise _bomb()
    for part in parts:
        allowed = max(_SMALL_PART, part.compress_size * limits.packing_ratio)
        if part.file_size > allowed:
            raise _bomb()


def _unpacked_size(package: ZipFile, part: ZipInfo, left: int) -> int:
    size, tail = 0, b""
    try:
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > left:
                    raise _bomb()
                _refuse_entities(tail + chunk, is_start=not tail)
                tail = chunk[-16:]
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise damaged() from error
    return size


def _refuse_entities(text: bytes, *, is_start: bool) -> None:
    """Workbooks never declare entities. Only UTF-8 passes, so a declaration cannot hide."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or (is_start and b"\0" in text[:200]):
        raise UnreadableTable(
            "This workbook holds instructions that a list of people never needs, so it was not "
            "opened. Save the list as CSV and choose that file.",
            "unsafe_workbook",
        )


def damaged() -> UnreadableTable:
    return UnreadableTable(
        "This workbook is damaged and cannot be opened. Open it in your spreadsheet program, "
        "save it again as .xlsx, and choose the new file.",
        "damaged_workbook",
    )


def _bomb() -> UnreadableTable:
    return UnreadableTable(
        "This workbook unpacks to far more than a list of people needs, so it was not opened. "
        "Save only the sheet with the people, as .xlsx or CSV.",
        "zip_bomb",
    )


def _locked() -> UnreadableTable:
    return UnreadableTable(
        "This workbook is protected with a password. Save a copy without the password.",
        "encrypted_workbook",
    )


def _old_workbook() -> UnreadableTable:
    return UnreadableTable(
        "This is an old Excel file (.xls). Open it and save it as .xlsx or CSV.", "old_workbook"
    )
