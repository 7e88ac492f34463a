"""On which days an event comes back (RFC 5545), between two days. A rule that comes from outside
may ask for anything, so each day that is looked at is counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
DAY = timedelta(days=1)


class TooMuch(ValueError):
    """More days to look at than anybody's calendar needs."""


@dataclass
class Effort:
    left: int

    def spend(self, days: int) -> None:
        self.left -= days
        if self.left < 0:
            raise TooMuch


@dataclass(frozen=True)
class Rule:
    """The parts of an RRULE that speak of days. Hours, minutes and seconds are not read."""

    every: str
    interval: int
    count: int | None
    months: frozenset[int]
    weeks: frozenset[int]
    year_days: frozenset[int]
    month_days: frozenset[int]
    week_days: frozenset[tuple[int, int]]
    positions: tuple[int, ...]
    week_start: int

    @property
    def names_days(self) -> bool:
        return bool(self.weeks or self.year_days or self.month_days or self.week_days)


def rule_of(parts: Mapping[str, str]) -> Rule:
    """From the parts of the text, name to value; ValueError for what is no rule."""
    every = parts.get("FREQ", "").upper()
    if every not in KNOWN:
        raise ValueError(f"unknown frequency {every[:12]}")
    return Rule(
        every=every,
        interval=max(1, int(parts.get("INTERVAL", "1"))),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        months=_numbers(parts, "BYMONTH"),
        weeks=_numbers(parts, "BYWEEKNO"),
        year_days=_numbers(parts, "BYYEARDAY"),
        month_days=_numbers(parts, "BYMONTHDAY"),
        week_days=frozenset(_week_day(text) for text in _list(parts, "BYDAY")),
        positions=tuple(sorted(_numbers(parts, "BYSETPOS"))),
        week_start=WEEKDAYS.index(parts.get("WKST", "MO").upper()),
    )


def days_of(rule: Rule, first: date, *, begin: date, end: date, effort: Effort) -> Iterator[date]:
    """Those from `begin` to `end`, both included, none before `first`."""
    rule = _completed(rule, first)
    left = rule.count
    for days in _periods(rule, first, begin=begin, end=end, effort=effort):
        fitting = [day for day in days if _fits(day, rule)]
        for day in _at_positions(fitting, rule.positions):
            if day < first:
                continue
            if day > end or left == 0:
                return
            if left is not None:
                left -= 1
            if day >= begin:
                yield day


def _completed(rule: Rule, first: date) -> Rule:
    """What a rule does not say, its first day says."""
    if rule.names_days:
        return rule
    said = dict(vars(rule))
    if rule.every == "WEEKLY":
        said["week_days"] = frozenset({(0, first.weekday())})
    if rule.every in ("MONTHLY", "YEARLY"):
        said["month_days"] = frozenset({first.day})
    if rule.every == "YEARLY" and not rule.months:
        said["months"] = frozenset({first.month})
    return Rule(**said)


def _periods(
    rule: Rule, first: date, *, begin: date, end: date, effort: Effort
) -> Iterator[list[date]]:
    """Days, weeks, months or years in turn. Those before `begin` matter only to a count."""
    number = 0 if rule.count is not None else max(0, _periods_between(rule, first, begin) - 1)
    while True:
        start, length = _period(rule, first, number)
        if start is None or start > end:
            return
        days = list(_days(start, length, rule))
        effort.spend(len(days) + 1)
        yield days
        number += 1


def _days(start: date, length: int, rule: Rule) -> Iterator[date]:
    """Of a year only the months that a rule names."""
    if rule.every != "YEARLY" or not rule.months:
        yield from (start + DAY * n for n in range(length))
        return
    for month in sorted(rule.months & set(range(1, 13))):
        first = start.replace(month=month)
        yield from (first + DAY * n for n in range(_length_of_month(first)))


def _periods_between(rule: Rule, first: date, begin: date) -> int:
    length = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[rule.every]
    return (begin - first).days // (length * rule.interval)


def _period(rule: Rule, first: date, number: int) -> tuple[date | None, int]:
    """Its first day and its length; no day past the end of the calendar."""
    step = number * rule.interval
    try:
        if rule.every == "DAILY":
            return first + DAY * step, 1
        if rule.every == "WEEKLY":
            week = first - DAY * ((first.weekday() - rule.week_start) % 7)
            return week + DAY * 7 * step, 7
        if rule.every == "YEARLY":
            start = date(first.year + step, 1, 1)
            return start, (date(start.year + 1, 1, 1) - start).days
        months = first.year * 12 + first.month - 1 + step
        start = date(months // 12, months % 12 + 1, 1)
        return start, _length_of_month(start)
    except (OverflowError, ValueError):
        return None, 0


def _fits(day: date, rule: Rule) -> bool:
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.weeks or bool(_week_numbers(day, rule.week_start) & rule.weeks))
        and (not rule.year_days or bool(_in_year(day) & rule.year_days))
        and (not rule.month_days or bool(_in_month(day) & rule.month_days))
        and (not rule.week_days or any(_is_week_day(day, one, rule) for one in rule.week_days))
    )


def _is_week_day(day: date, wanted: tuple[int, int], rule: Rule) -> bool:
    """The second Friday, the last Monday: of the month, or of the year."""
    ordinal, weekday = wanted
    if day.weekday() != weekday:
        return False
    if ordinal == 0 or rule.every in ("DAILY", "WEEKLY"):
        return True
    of_month = rule.every == "MONTHLY" or bool(rule.months)
    from_start, from_end = sorted(_in_month(day) if of_month else _in_year(day), reverse=True)
    return ordinal in ((from_start - 1) // 7 + 1, -((-from_end - 1) // 7 + 1))


def _in_month(day: date) -> set[int]:
    return {day.day, day.day - _length_of_month(day) - 1}


def _in_year(day: date) -> set[int]:
    number = day.timetuple().tm_yday
    length = date(day.year, 12, 31).timetuple().tm_yday
    return {number, number - length - 1}


def _week_numbers(day: date, week_start: int) -> set[int]:
    """From the start of its year and from the end; the first week holds four days of the year."""
    monday = day - DAY * ((day.weekday() - week_start) % 7)
    year = (monday + DAY * 3).year
    number = (monday - _first_week(year, week_start)).days // 7 + 1
    weeks = (_first_week(year + 1, week_start) - _first_week(year, week_start)).days // 7
    return {number, number - weeks - 1}


def _first_week(year: int, week_start: int) -> date:
    fourth = date(year, 1, 4)
    return fourth - DAY * ((fourth.weekday() - week_start) % 7)


def _length_of_month(day: date) -> int:
    start = day.replace(day=1)
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (after - start).days


def _at_positions(days: list[date], positions: tuple[int, ...]) -> list[date]:
    if not positions:
        return days
    at = {position - 1 if position > 0 else len(days) + position for position in positions}
    return [day for place, day in enumerate(days) if place in at]


def _week_day(text: str) -> tuple[int, int]:
    return int(text[:-2] or 0), WEEKDAYS.index(text[-2:].upper())


def _numbers(parts: Mapping[str, str], name: str) -> frozenset[int]:
    return frozenset(int(text) for text in _list(parts, name))


def _list(parts: Mapping[str, str], name: str) -> list[str]:
    return [text for text in parts.get(name, "").split(",") if text]
