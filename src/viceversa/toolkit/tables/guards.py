"""What is refused before openpyxl sees a workbook: other kinds of file, bombs, entities."""

import zlib
from zipfile import BadZipFile, ZipFile, ZipInfo

from viceversa.toolkit.tables.encodings import binary_file
from viceversa.toolkit.tables.markup import Markup
from viceversa.toolkit.tables.refusals import (
    binary_workbook,
    bomb,
    damaged,
    locked,
    no_workbook,
    old_workbook,
)
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
_GRID = 60_000_000
_DAMAGE = (
    *(BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError),
)


def refuse_other_kinds(data: bytes, filename: str) -> None:
    if data.startswith(_OLD_OFFICE):
        raise locked() if _LOCKED in data else old_workbook()
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
    """Declared sizes first, then what really comes out, part by part. Raises UnreadableTable."""
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > limits.parts or len(names) != len(parts):
        raise bomb()
    _check_kind(package, names)
    _check_declared(parts, limits)
    size = grid = 0
    for part in parts:
        unpacked, spanned = _check_part(package, part, limits.unpacked_size - size)
        size, grid = size + unpacked, grid + spanned
        if grid > _GRID:
            raise bomb()


def _check_kind(package: ZipFile, names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise binary_workbook()
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise no_workbook()
    if any(part.flag_bits & 1 for part in package.infolist()):
        raise locked()


def _check_declared(parts: list[ZipInfo], limits: Limits) -> None:
    if sum(part.file_size for part in parts) > limits.unpacked_size:
        raise bomb()
    for part in parts:
        allowed = max(_SMALL_PART, part.compress_size * limits.packing_ratio)
        if part.file_size > allowed:
            raise bomb()


def _check_part(package: ZipFile, part: ZipInfo, left: int) -> tuple[int, int]:
    """Its true size in bytes, and how many places for cells it spans."""
    size, markup = 0, Markup()
    try:
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > left:
                    raise bomb()
                markup.feed(chunk)
    except UnreadableTable:
        raise
    except _DAMAGE as error:
        raise damaged() from error
    return size, markup.grid
