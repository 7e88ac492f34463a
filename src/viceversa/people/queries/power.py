"""Who has power over whom: by the line of managers, or by a say in pay or promotion."""

from viceversa.people.models import KeepApart, Person
from viceversa.people.queries.lines import in_one_line

Pair = tuple[int, int]


def has_power(one: Person, other: Person) -> bool:
    """Whether either has, as the directory stands now. Two queries at most."""
    return in_one_line(one, other) or _in_order(one.pk, other.pk) in pairs_with_a_say(one)


def pairs_with_a_say(person: Person | None = None) -> set[Pair]:
    """Pairs of whom one has a say in the other's pay or promotion, the smaller number first."""
    found = KeepApart.objects.filter(reason=KeepApart.Reason.PAY)
    if person is not None:
        found = found.filter(one=person) | found.filter(other=person)
    return set(found.values_list("one", "other"))


def everybodys_managers() -> list[tuple[int, int | None]]:
    """Person and manager, by number, those who left as well: lines lead through them."""
    return list(Person.objects.order_by("pk").values_list("pk", "manager"))


def _in_order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
