"""How people are counted: at most three groupings, each of which a person may make coarser or
leave out."""

from dataclasses import dataclass
from datetime import date

ROLE, UNIT, YEARS, LEVEL = "role", "unit", "years", "level"
BREAKDOWNS = (ROLE, YEARS, LEVEL, UNIT)
MOST_BREAKDOWNS = 3

AS_IT_IS, COARSER, NOT_SAID = "as_it_is", "coarser", "not_said"

Cell = tuple[str, str]
EVERYBODY: Cell = ("everybody", "")

LEARNER, ADVISER, BOTH = "learner", "adviser", "both"
YEARS_FINE = ("years_under_1", "years_1_to_3", "years_3_to_10", "years_10_on")
YEARS_COARSE = {
    "years_under_1": "years_under_3",
    "years_1_to_3": "years_under_3",
    "years_3_to_10": "years_3_on",
    "years_10_on": "years_3_on",
}
UPPER, LOWER = "level_upper", "level_lower"


@dataclass(frozen=True)
class Group:
    """What one person is counted as in one grouping; without a coarser one `coarse` is empty."""

    breakdown: str
    fine: str
    coarse: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        return (AS_IT_IS, COARSER, NOT_SAID) if self.coarse else (AS_IT_IS, NOT_SAID)

    def cells(self, choice: str) -> frozenset[Cell]:
        """A fine group lies within its coarser one, so who is in the first is in the second."""
        if choice == AS_IT_IS:
            known = (self.fine, self.coarse)
        elif choice == COARSER:
            known = (self.coarse, "")
        else:
            known = ("", "")
        return frozenset((self.breakdown, value) for value in known if value)


def years_group(hired_on: date | None, today: date) -> Group | None:
    if hired_on is None:
        return None
    days = (today - hired_on).days
    limits = ((365, 0), (3 * 365, 1), (3652, 2))
    fine = YEARS_FINE[next((place for limit, place in limits if days < limit), 3)]
    return Group(YEARS, fine, YEARS_COARSE[fine])


def level_group(name: str, rank: int | None, highest: int) -> Group | None:
    if rank is None:
        return None
    return Group(LEVEL, name, UPPER if 2 * rank > highest else LOWER)


def role_group(*, learns: bool, advises: bool) -> Group:
    return Group(ROLE, BOTH if learns and advises else LEARNER if learns else ADVISER)
