from datetime import UTC, datetime, time
from itertools import count
from typing import Any

from tests.factories.people import make_person
from viceversa.people.models import Person, Skill
from viceversa.programmes.models import (
    Enrolment,
    EnrolmentOffer,
    EnrolmentWant,
    Programme,
    Standing,
)

_numbers = count(1)
MADE_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def make_programme(name: str = "", **fields: Any) -> Programme:
    number = next(_numbers)
    fields.setdefault("created_at", MADE_AT)
    fields.setdefault("template", "digital_half_hour")
    fields.setdefault("purpose", "Each vice president learns one channel.")
    fields.setdefault("slug", f"programme-{number}")
    return Programme.objects.create(name=name or f"Programme {number}", **fields)


def make_coordinator(programme: Programme, person: Person | None = None) -> Person:
    person = person or make_person()
    Standing.objects.get_or_create(
        programme=programme, person=person, role=Standing.Role.COORDINATOR
    )
    return person


def make_enrolment(
    programme: Programme,
    person: Person | None = None,
    *,
    learner: bool = False,
    adviser: bool = False,
    wants: dict[Skill, int] | None = None,
    offers: dict[Skill, int] | None = None,
    **fields: Any,
) -> Enrolment:
    """`wants` maps a skill to its priority, `offers` maps a skill to the mastery offered."""
    person = person or make_person(rank=5 if learner else 1)
    fields.setdefault("created_at", MADE_AT)
    fields.setdefault("languages", person.languages)
    fields.setdefault("hours_from", time(9))
    fields.setdefault("hours_to", time(17))
    enrolment = Enrolment.objects.create(
        programme=programme, person=person, is_learner=learner, is_adviser=adviser, **fields
    )
    for skill, priority in (wants or {}).items():
        EnrolmentWant.objects.create(enrolment=enrolment, skill=skill, priority=priority)
    for skill, level in (offers or {}).items():
        EnrolmentOffer.objects.create(enrolment=enrolment, skill=skill, level=level)
    return enrolment
