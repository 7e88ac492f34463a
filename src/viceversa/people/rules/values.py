"""What one cell means: dates, e-mail addresses, time zones, languages, plain text."""

import re
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from viceversa.people.rules.fields import LABELS, LONGEST, Field
from viceversa.people.rules.languages import language_code

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LOCAL = r"[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+"
_LABEL = r"[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff-]{0,61}[A-Za-z0-9\u00a1-\uffff])?"
_LAST = (
    r"(?:[A-Za-z\u00a1-\uffff][A-Za-z\u00a1-\uffff-]{0,61}[A-Za-z\u00a1-\uffff]|xn--[a-z0-9]{1,59})"
)
_EMAIL = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@(?:localhost|(?:{_LABEL}\.)+{_LAST})", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")
_WORDY = re.compile(r"(\d{1,2})[-/. ]+([^\W\d]{3,9})\.?,?[-/. ]+(\d{4}|\d\d)")
_WORDY_FIRST = re.compile(r"([^\W\d]{3,9})\.?[-/. ]+(\d{1,2}),?[-/. ]+(\d{4}|\d\d)")
_TIME = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?(Z|[+-]\d\d:?\d\d))?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OFFICE_ZONES = {
    "gmt": "Europe/London",
    "gmt standard time": "Europe/London",
    "greenwich standard time": "Atlantic/Reykjavik",
    "w. europe standard time": "Europe/Berlin",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "romance standard time": "Europe/Paris",
    "eastern standard time": "America/New_York",
    "central standard time": "America/Chicago",
    "mountain standard time": "America/Denver",
    "pacific standard time": "America/Los_Angeles",
    "india standard time": "Asia/Kolkata",
    "singapore standard time": "Asia/Singapore",
    "china standard time": "Asia/Shanghai",
    "tokyo standard time": "Asia/Tokyo",
    "aus eastern standard time": "Australia/Sydney",
}


class BadValue(ValueError):
    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def read_text(text: str, field: Field) -> str:
    """Spaces and line breaks become single spaces; what cannot be seen is refused."""
    return _checked(" ".join(text.split()), field)


def read_name(text: str, field: Field = Field.NAME) -> str:
    """Names and IDs stay as they were typed, without the spaces around them."""
    return _checked(text.strip(), field)


def _checked(text: str, field: Field) -> str:
    if not text.isprintable() and UNSEEN.search(text):
        raise BadValue("control_characters", label=LABELS[field].lower())
    if len(text) > LONGEST[field]:
        limit = LONGEST[field]
        raise BadValue("too_long", label=LABELS[field].lower(), length=len(text), limit=limit)
    return text


def read_email(text: str) -> str:
    """In the spirit of Django's own check; domains such as .test and .local are real ones here."""
    address = text.removeprefix("mailto:").strip()
    if len(address) > LONGEST[Field.EMAIL]:
        raise BadValue("too_long", label="e-mail", length=len(address), limit=254)
    if not _EMAIL.fullmatch(address):
        raise BadValue("bad_email")
    return address.lower()


def read_date(text: str, order: str) -> date:
    """ISO dates, 31.1.2020, 1/31/20 (by `order`: dmy, mdy, ymd), 31-Jan-2020, 20200131."""
    clean = _TIME.sub("", text.strip())
    parts = _numbers_of(clean, order)
    try:
        if parts is None:
            raise ValueError("not a date")
        return date(*parts)
    except ValueError as error:
        raise BadValue("bad_date", example="2024-01-31") from error


def _numbers_of(text: str, order: str) -> tuple[int, int, int] | None:
    if re.fullmatch(r"[12]\d{7}", text) and text.isascii():
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if found := _DAY.fullmatch(text):
        return _ordered(found[1], found[2], found[3], order)
    if found := _WORDY.fullmatch(text):
        return _with_month(found[2], found[1], found[3])
    if found := _WORDY_FIRST.fullmatch(text):
        return _with_month(found[1], found[2], found[3])
    return None


def _ordered(first: str, middle: str, last: str, order: str) -> tuple[int, int, int] | None:
    if len(first) == 4 or order == "ymd":
        return (_year(first), int(middle), int(last)) if len(last) <= 2 else None
    if len(first) > 2 or len(last) not in {2, 4}:
        return None
    day, month = (middle, first) if order == "mdy" else (first, middle)
    return _year(last), int(month), int(day)


def _with_month(month: str, day: str, year: str) -> tuple[int, int, int] | None:
    short = month[:3].casefold()
    return (_year(year), _MONTHS.index(short) + 1, int(day)) if short in _MONTHS else None


def _year(text: str) -> int:
    """Two figures mean the hundred years up to 2068, as in POSIX."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year > 68 else 2000)


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()} | _OFFICE_ZONES


def read_time_zone(text: str) -> str:
    name = _zones().get(" ".join(text.split()).casefold().replace(" / ", "/"))
    if name is None:
        raise BadValue("unknown_time_zone")
    return name


def read_languages(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes that are known, and the words that are not."""
    words = [word.strip() for word in re.split(r"[,;/|+\n]| and ", text) if word.strip()]
    codes = {word: language_code(word) for word in words}
    known = dict.fromkeys(code for code in codes.values() if code)
    return tuple(known), tuple(word for word, code in codes.items() if code is None)
