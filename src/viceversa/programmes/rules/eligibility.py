"""Who fits a programme: by level, by newness in the firm or by skill. Never by age."""

from dataclasses import dataclass
from datetime import date

MONTHS_IN_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """`must_offer_any_of` None asks for no skill; empty asks for any skill at all."""

    lowest_rank: int | None = None
    highest_rank: int | None = None
    newest_months: int | None = None
    must_offer_any_of: frozenset[int] | None = None
    outside_guests: bool = False

    @property
    def asks_for_level(self) -> bool:
        return self.lowest_rank is not None or self.highest_rank is not None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    rank: int | None
    hired_on: date | None
    offers: frozenset[int] = frozenset()
    is_present: bool = True


def problem(candidate: Candidate, criteria: Criteria, *, today: date) -> str:
    """A sentence that says why somebody does not fit; empty for those who do."""
    if not candidate.is_present:
        return "has left the organisation"
    return (
        _level_problem(candidate, criteria)
        or _newness_problem(candidate, criteria, today)
        or _skill_problem(candidate, criteria)
    )


def _level_problem(candidate: Candidate, criteria: Criteria) -> str:
    if not criteria.asks_for_level:
        return ""
    if candidate.rank is None:
        return "" if criteria.outside_guests else "has no level in the directory"
    if criteria.lowest_rank is not None and candidate.rank < criteria.lowest_rank:
        return "is below the levels of this programme"
    if criteria.highest_rank is not None and candidate.rank > criteria.highest_rank:
        return "is above the levels of this programme"
    return ""


def _newness_problem(candidate: Candidate, criteria: Criteria, today: date) -> str:
    if criteria.newest_months is None:
        return ""
    if candidate.hired_on is None:
        return "has no hire date in the directory"
    if candidate.hired_on < months_before(today, criteria.newest_months):
        return f"joined more than {criteria.newest_months} months ago"
    return ""


def _skill_problem(candidate: Candidate, criteria: Criteria) -> str:
    wanted = criteria.must_offer_any_of
    if wanted is None or (candidate.offers and not wanted) or (candidate.offers & wanted):
        return ""
    return "offers none of the skills of this programme in the own profile"


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day where the month is shorter."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 - months
    year, month = divmod(index, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    after = date(year + month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1, 1)
    return (after - date(year, month, 1)).days
