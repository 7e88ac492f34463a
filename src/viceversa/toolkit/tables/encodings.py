"""Which encoding a text file is in: byte order marks, then UTF-8, then an honest guess."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from viceversa.toolkit.tables.table import UnreadableTable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    *("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r"),
    *("cp932", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "iso8859_2", "mac_roman"),
)
_SAMPLE = 200_000
_TYPOGRAPHY = frozenset(
    bytes([0x80, *range(0x82, 0x8D), 0x8E, *range(0x91, 0x9D), 0x9E, *range(0x9F, 0xC0)]).decode(
        "cp1252"
    )
)
_INNER_SYMBOL = re.compile(
    r"(?<=[A-Za-z\xc0-\xff])[\xa1-\xa9\xab\xac\xae-\xb6\xb8\xb9\xbb-\xbf](?=[a-z\xc0-\xff])"
    r"|[\xa2\xa3\xa5\xb9\xb3\xbf](?=[a-z])"
)
_FOREIGN_RUN = re.compile(r"[\xc0-\xff]{4,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def decode(data: bytes, *, encoding: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding. Raises UnreadableTable."""
    name = encoding or _marked(data) or _utf16_without_mark(data) or _unmarked(data)
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError) as error:
        raise _not_text(data, name) from error
    if "\0" in text:
        raise binary_file()
    return text.removeprefix("\ufeff"), "utf-8" if name == "utf-8-sig" else name


def binary_file() -> UnreadableTable:
    return UnreadableTable(
        "This file is not text. Export the list as CSV or as an Excel workbook (.xlsx) "
        "and choose that file.",
        "binary_file",
    )


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:4000]
    if len(head) < 4 or len(data) % 2 or b"\0" not in head:
        return None
    half = len(head) // 2
    if head[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half:
        return "utf-16-be"
    return None


def _unmarked(data: bytes) -> str:
    if b"\0" in data:
        raise binary_file()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _eight_bit(data, error)
    return "utf-8"


def _eight_bit(data: bytes, error: UnicodeDecodeError) -> str:
    if _is_damaged_utf8(data):
        raise _broken_letter(data, error.start)
    sample = _telling_lines(data)
    if _reads_as_western(sample):
        return "cp1252"
    for guess in from_bytes(sample, cp_isolation=list(_FOREIGN), threshold=0.4):
        text = str(guess)
        if not _CONTROL.search(text) and not _INNER_SYMBOL.search(text):
            return guess.encoding
    raise _unknown_letters()


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return whole > 3 * broken


def _telling_lines(data: bytes) -> bytes:
    """Only the lines with letters beyond ASCII say anything about the encoding."""
    lines = (line for line in data.splitlines() if not line.isascii())
    sample = bytearray()
    for line in lines:
        sample += line + b"\n"
        if len(sample) > _SAMPLE:
            break
    return bytes(sample)


def _reads_as_western(sample: bytes) -> bool:
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    letters = [letter for letter in text if letter > "\x7f"]
    odd = [letter for letter in letters if not _is_western(letter)]
    return not odd and not _INNER_SYMBOL.search(text) and not _FOREIGN_RUN.search(text)


def _is_western(letter: str) -> bool:
    return letter in _TYPOGRAPHY or unicodedata.category(letter).startswith("L")


def _not_text(data: bytes, name: str) -> UnreadableTable:
    if name.startswith("utf-8"):
        return _unknown_letters()
    return UnreadableTable(
        f"This file cannot be read as {name}. Save it as “CSV UTF-8” and try again.",
        "wrong_encoding",
    )


def _broken_letter(data: bytes, place: int) -> UnreadableTable:
    line = data.count(b"\n", 0, place) + 1
    return UnreadableTable(
        f"Line {line} holds a letter that is cut in half or from another encoding. "
        "Save the file again as “CSV UTF-8”.",
        "wrong_encoding",
    )


def _unknown_letters() -> UnreadableTable:
    return UnreadableTable(
        "The accented letters in this file cannot be made out. Save it as “CSV UTF-8” "
        "or as an Excel workbook (.xlsx) and try again.",
        "wrong_encoding",
    )
