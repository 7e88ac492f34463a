"""One person's part: what it holds, what a profile already says, and which skills there are."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import time

from django.db.models import QuerySet

from viceversa.people.models import Offer, Person, Profile, Skill, Want
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.actor import Actor

DAY_STARTS, DAY_ENDS = time(9), time(17)


@dataclass(frozen=True, kw_only=True)
class Prefill:
    """Wants as (skill, target) in order of wish, offers as (skill, level)."""

    wants: list[tuple[Skill, int]] = field(default_factory=list)
    offers: list[tuple[Skill, int]] = field(default_factory=list)
    learning_style: str = ""
    hours_from: time = DAY_STARTS
    hours_to: time = DAY_ENDS
    languages: list[str] = field(default_factory=list)


def topics_of(enrolment: Enrolment) -> tuple[list[tuple[Skill, int]], list[tuple[Skill, int]]]:
    """Wants with target, offers with level."""
    wants = enrolment.wants.select_related("skill").order_by("priority", "id")
    offers = enrolment.offers.select_related("skill").order_by("-level", "skill__name")
    return (
        [(want.skill, want.target) for want in wants],
        [(offer.skill, offer.level) for offer in offers],
    )


def prefill_for(person: Person) -> Prefill:
    """What the person's own profile says, for a part that has not been confirmed."""
    wants = Want.objects.filter(person=person).select_related("skill").order_by("priority", "id")
    offers = Offer.objects.filter(person=person).select_related("skill").order_by("-level", "id")
    profile = Profile.objects.filter(person=person).first()
    return Prefill(
        wants=[(want.skill, want.target) for want in wants],
        offers=[(offer.skill, offer.level) for offer in offers],
        learning_style=profile.learning_style if profile else "",
        hours_from=profile.hours_from if profile else DAY_STARTS,
        hours_to=profile.hours_to if profile else DAY_ENDS,
        languages=list(person.languages),
    )


def shared_lessons(programme: Programme) -> QuerySet[Enrolment]:
    """What people share with the others of the programme, newest enrolments first."""
    return (
        Enrolment.objects.filter(programme=programme, lesson_is_shared=True)
        .select_related("person")
        .only("lesson", "is_learner", "is_adviser", "person__name", "person__title")
        .order_by("-id")
    )


def skills_of(programme: Programme) -> dict[int, str]:
    """Id → name of the programme's topics; empty when it has none of its own."""
    return dict(programme.skills.values_list("pk", "name"))


def skill_names() -> list[tuple[str, str]]:
    """Name and group of every skill, for the list that helps while typing."""
    return list(Skill.objects.order_by("group", "name").values_list("name", "group"))


def known_languages(also: Collection[str]) -> list[str]:
    return sorted({"de", "en", "es", "fr", "it", "nl", "pl", "pt", *also})


def person_to_keep_apart(actor: Actor, key: str) -> Person | None:
    return (
        Person.objects.filter(key=key, left_on__isnull=True)
        .exclude(pk=actor.person_id or 0)
        .first()
    )
