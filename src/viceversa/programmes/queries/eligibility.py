"""Who fits a programme, counted and listed in the database. `rules.eligibility` decides the same
for one person; a test holds the two together."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from viceversa.people.models import Level, Offer, Person
from viceversa.people.queries.searching import named
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.rules.eligibility import Candidate, Criteria, months_before
from viceversa.toolkit.prepared import prepared

LEARNER, ADVISER = "learner", "adviser"
TOP = 32_000  # above every rank
CHUNK = 900


def criteria_for(programme: Programme, role: str) -> Criteria:
    ranks: dict[int | None, int] = dict(_ranks())
    is_adviser = role == ADVISER
    return Criteria(
        lowest_rank=ranks.get(getattr(programme, f"{role}_level_min_id")),
        highest_rank=ranks.get(getattr(programme, f"{role}_level_max_id")),
        newest_months=programme.adviser_newest_months if is_adviser else None,
        must_offer_any_of=_must_offer(programme) if is_adviser else None,
        outside_guests=programme.outside_guests,
    )


@prepared
def _ranks() -> QuerySet[Any, Any]:
    """The whole ladder: a handful of rows, and one query for both ends."""
    return Level.objects.order_by().values_list("pk", "rank")


def _must_offer(programme: Programme) -> frozenset[int] | None:
    if not programme.adviser_must_offer:
        return None
    return frozenset(programme.skills.values_list("pk", flat=True))


def eligible_people(criteria: Criteria, *, today: date) -> QuerySet[Person]:
    """Everyone present who fits, whether enrolled or not."""
    people = Person.objects.filter(left_on__isnull=True).filter(_level_filter(criteria))
    if criteria.newest_months is not None:
        people = people.filter(hired_on__gte=months_before(today, criteria.newest_months))
    if criteria.must_offer_any_of is not None:
        offers = Offer.objects.filter(person=OuterRef("pk"))
        if criteria.must_offer_any_of:
            offers = offers.filter(skill__in=criteria.must_offer_any_of)
        people = people.filter(Exists(offers))
    return people


def _level_filter(criteria: Criteria) -> Q:
    if not criteria.asks_for_level:
        return Q()
    levels = Level.objects.all()
    if criteria.lowest_rank is not None:
        levels = levels.filter(rank__gte=criteria.lowest_rank)
    if criteria.highest_rank is not None:
        levels = levels.filter(rank__lte=criteria.highest_rank)
    fits = Q(level__in=levels)
    return fits | Q(level__isnull=True) if criteria.outside_guests else fits


def fit_count(criteria: Criteria, *, today: date) -> int:
    if _asks_for_level_only(criteria):
        (count,) = _between.first(criteria.lowest_rank or 0, criteria.highest_rank or TOP) or (0,)
        return int(count)
    return eligible_people(criteria, today=today).order_by().count()


def _asks_for_level_only(criteria: Criteria) -> bool:
    others = (criteria.newest_months, criteria.must_offer_any_of)
    return criteria.asks_for_level and not criteria.outside_guests and others == (None, None)


@prepared
def _between(lowest: int, highest: int) -> QuerySet[Any, Any]:
    people = eligible_people(Criteria(lowest_rank=lowest, highest_rank=highest), today=date.max)
    return people.order_by().values("left_on").annotate(count=Count("pk")).values_list("count")


def candidates_of(person_ids: Iterable[int]) -> Iterator[tuple[Person, Candidate]]:
    """People with what eligibility asks about, two queries for every 900 of them."""
    ids = list(person_ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        offers: dict[int, set[int]] = {}
        rows = Offer.objects.filter(person__in=chunk).values_list("person_id", "skill_id")
        for person_id, skill_id in rows:
            offers.setdefault(person_id, set()).add(skill_id)
        for person in Person.objects.filter(pk__in=chunk).select_related("level", "profile"):
            yield person, _candidate(person, frozenset(offers.get(person.pk, ())))


def _candidate(person: Person, offers: frozenset[int]) -> Candidate:
    return Candidate(
        rank=person.level.rank if person.level else None,
        hired_on=person.hired_on,
        offers=offers,
        is_present=person.is_present,
    )


def people_matching(programme: Programme, term: str) -> QuerySet[Person]:
    """People present whose name, title, number or mail holds the words, and who are not in yet."""
    active = [Enrolment.State.ENROLLED, Enrolment.State.INVITED, Enrolment.State.WAITING]
    inside = Enrolment.objects.filter(programme=programme, person=OuterRef("pk"), state__in=active)
    return people_by_words(term).exclude(Exists(inside))


def people_by_words(term: str) -> QuerySet[Person]:
    people = Person.objects.filter(named(term), left_on__isnull=True)
    return people.select_related("unit", "level").order_by("name", "id")


def person_ids_of(keys: Iterable[str]) -> list[int]:
    return list(Person.objects.filter(key__in=list(keys)[:CHUNK]).values_list("pk", flat=True))
