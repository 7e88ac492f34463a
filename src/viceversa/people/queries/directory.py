"""Who is in the directory, for whom, and in which order."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.db.models.expressions import OrderBy

from viceversa.people.models import Offer, Person
from viceversa.people.models.skill import Mastery
from viceversa.people.queries.searching import named
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.paging import Page, page_of_ids
from viceversa.toolkit.prepared import prepared

SHOWN_OFFERS = 3
ORDERS = {"name": "name", "level": "level__rank", "unit": "unit__name", "hired": "hired_on"}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the directory is narrowed down to; somebody offers every one of `skill_ids`.

    `state` is present, left or all.
    """

    words: str = ""
    level_id: int | None = None
    unit_id: int | None = None
    place_id: int | None = None
    unit: str = ""
    place: str = ""
    skill_ids: tuple[int, ...] = ()
    state: str = "present"
    order: str = "name"


def people_visible(actor: Actor) -> QuerySet[Person]:
    """Every signed-in person sees the whole directory."""
    people = Person.objects.select_related("level", "unit", "place")
    return people if actor.person_id is not None or actor.roles else people.none()


def person_for(actor: Actor, key: str) -> Person:
    person = people_visible(actor).select_related("manager").filter(key=key).first()
    if person is None:
        raise NotFound("Nobody in the directory has this address.")
    return person


def directory(actor: Actor, narrowed: Filter) -> QuerySet[Person]:
    people = people_visible(actor).filter(named(narrowed.words))
    if narrowed.state != "all":
        people = people.filter(left_on__isnull=narrowed.state == "present")
    for skill_id in narrowed.skill_ids:
        people = people.filter(offers__skill_id=skill_id)
    return people.filter(**_places(narrowed)).order_by(*ordering(narrowed.order))


def _places(narrowed: Filter) -> dict[str, Any]:
    wanted = {
        "level_id": narrowed.level_id,
        "unit_id": narrowed.unit_id,
        "place_id": narrowed.place_id,
        "unit__name__icontains": narrowed.unit or None,
        "place__name__icontains": narrowed.place or None,
    }
    return {field: value for field, value in wanted.items() if value is not None}


def ordering(order: str) -> list[str | OrderBy]:
    """Those without a level, unit or date stand at the end, whichever way round."""
    key = order.removeprefix("-")
    field, down = ORDERS.get(key, "name"), order.startswith("-")
    names: list[str | OrderBy] = ["-name", "-id"] if down else ["name", "id"]
    if field == "name":
        return names
    column = F(field)
    turned = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    return [turned, *names]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says about a person."""

    pk: int
    key: str
    name: str
    title: str
    left_on: date | None
    hired_on: date | None
    level: str | None
    unit: str | None
    place: str | None


@dataclass(frozen=True)
class Listed:
    """A person on a page of the directory; `offers` are (skill's name, mastery, skill's id)."""

    person: Entry
    offers: list[tuple[str, int, int]]

    @property
    def best(self) -> str:
        return ", ".join(name for name, _mastery, _skill in self.offers[:SHOWN_OFFERS])

    @property
    def more(self) -> int:
        return max(len(self.offers) - SHOWN_OFFERS, 0)

    def mastery_of(self, skill_id: int) -> str:
        found = (mastery for _name, mastery, skill in self.offers if skill == skill_id)
        return next((Mastery(mastery).label for mastery in found), "")


def directory_page(actor: Actor, narrowed: Filter, *, number: int) -> Page:
    """One page with levels, units and offers. Sorts bare numbers, then reads the few people shown:
    three queries, and a third of the time when 100,000 people are sorted by level."""
    page = page_of_ids(directory(actor, narrowed).values_list("pk", flat=True), number=number)
    people = {row[0]: Entry(*row) for row in _entries(page.rows)}
    offers = _offers_by_person(page.rows)
    rows = [Listed(people[pk], offers.get(pk, [])) for pk in page.rows if pk in people]
    return replace(page, rows=rows)


def _offers_by_person(ids: list[int]) -> dict[int, list[tuple[str, int, int]]]:
    """Bare values: a page names hundreds of offers, and as objects they cost more than the rest."""
    found: dict[int, list[tuple[str, int, int]]] = {}
    for person, name, mastery, skill in _offers(ids):
        found.setdefault(person, []).append((name, mastery, skill))
    return found


@prepared
def _entries(ids: list[int]) -> QuerySet[Any, Any]:
    columns = ("pk", "key", "name", "title", "left_on", "hired_on")
    names = ("level__name", "unit__name", "place__name")
    return Person.objects.filter(pk__in=ids).order_by().values_list(*columns, *names)


@prepared
def _offers(ids: list[int]) -> QuerySet[Any, Any]:
    offers = Offer.objects.filter(person__in=ids).order_by("-level", "skill__name")
    return offers.values_list("person_id", "skill__name", "level", "skill_id")


def with_offers(people: QuerySet[Person]) -> QuerySet[Person]:
    offers = Offer.objects.select_related("skill").order_by("-level", "skill__name")
    return people.prefetch_related(Prefetch("offers", queryset=offers))


def present_people() -> QuerySet[Person]:
    return Person.objects.filter(left_on__isnull=True)


def find_person(text: str) -> list[Person]:
    """Up to two present people meant by an address, a number or a full name; one is an answer."""
    text = text.strip()
    if not text:
        return []
    for field in ("email", "external_id", "key"):
        exact = present_people().filter(**{field: text.lower() if field == "email" else text})
        if found := list(exact[:1]):
            return found
    return list(present_people().filter(name=text).order_by("id")[:2])
