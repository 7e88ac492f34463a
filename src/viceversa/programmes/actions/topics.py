"""Writing what enrolments want and offer, for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from viceversa.people.models import Offer, Want
from viceversa.programmes.models import Enrolment, EnrolmentOffer, EnrolmentWant, Programme
from viceversa.programmes.rules.aim import least_target

Row = TypeVar("Row", tuple[int, int], tuple[int, int, int])


@dataclass(frozen=True)
class Topics:
    """Wants are (skill id, target, priority), offers (skill id, level); None: from the profile,
    with the aim of the programme as the least target."""

    enrolment: Enrolment
    wants: Sequence[tuple[int, int, int]] | None
    offers: Sequence[tuple[int, int]] | None

    @property
    def programme(self) -> Programme:
        return self.enrolment.programme


def store_topics(topics: Sequence[Topics]) -> None:
    """Two reads and two writes, whatever the number."""
    profile_wants = _profile_wants([t.enrolment.person_id for t in topics if t.wants is None])
    profile_offers = _profile_offers([t.enrolment.person_id for t in topics if t.offers is None])
    EnrolmentWant.objects.bulk_create(
        EnrolmentWant(enrolment=t.enrolment, skill_id=skill, target=target, priority=priority)
        for t in topics
        for skill, target, priority in _once(
            _aimed(profile_wants[t.enrolment.person_id], t.programme)
            if t.wants is None
            else t.wants
        )
    )
    EnrolmentOffer.objects.bulk_create(
        EnrolmentOffer(enrolment=t.enrolment, skill_id=skill, level=level)
        for t in topics
        for skill, level in _once(
            profile_offers[t.enrolment.person_id] if t.offers is None else t.offers
        )
    )


def _aimed(
    wants: Sequence[tuple[int, int, int]], programme: Programme
) -> list[tuple[int, int, int]]:
    """A profile does not say whether its target was chosen or left at basic: never below."""
    return [
        (skill, least_target(target, programme.target_mastery), priority)
        for skill, target, priority in wants[: programme.most_wants]
    ]


def _once(topics: Iterable[Row]) -> list[Row]:
    """Each skill once, as it was named first."""
    found: dict[int, Row] = {}
    for row in topics:
        found.setdefault(row[0], row)
    return list(found.values())


def _profile_wants(person_ids: Sequence[int]) -> dict[int, list[tuple[int, int, int]]]:
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    if person_ids:
        wants = Want.objects.filter(person__in=person_ids).order_by("priority", "id")
        for person, skill, target in wants.values_list("person_id", "skill_id", "target"):
            found[person].append((skill, target, len(found[person]) + 1))
    return found


def _profile_offers(person_ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    if person_ids:
        offers = Offer.objects.filter(person__in=person_ids).order_by("-level", "id")
        for person, skill, level in offers.values_list("person_id", "skill_id", "level"):
            found[person].append((skill, level))
    return found
