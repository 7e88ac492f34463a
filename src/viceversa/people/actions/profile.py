"""What people say about themselves: what they offer, what they want, and their limits."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.models import Offer, Person, Profile, Skill, Want
from viceversa.people.permissions import check_can_edit_profile
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

MOST_OF_EACH = 30


@dataclass(frozen=True, kw_only=True)
class Limits:
    about: str = ""
    learning_style: str = ""
    hours_from: time = time(9)
    hours_to: time = time(17)
    meets_by_video: bool = True
    meets_in_person: bool = True
    time_zone: str = "UTC"
    languages: list[str]


@transaction.atomic
def save_profile(*, person: Person, limits: Limits, by: Actor, now: datetime) -> Profile:
    check_can_edit_profile(by, person)
    if limits.hours_from >= limits.hours_to:
        raise Refused(_("Your working day ends before it begins."), code="hours_to")
    if not (limits.meets_by_video or limits.meets_in_person):
        raise Refused(
            _("Choose at least one way to meet, by video or in person."), code="meets_in_person"
        )
    profile, _made = Profile.objects.update_or_create(
        person=person,
        defaults={
            "about": limits.about,
            "learning_style": limits.learning_style,
            "hours_from": limits.hours_from,
            "hours_to": limits.hours_to,
            "meets_by_video": limits.meets_by_video,
            "meets_in_person": limits.meets_in_person,
        },
    )
    person.time_zone, person.languages = limits.time_zone, limits.languages
    person.save(update_fields=["time_zone", "languages"])
    record(by=by, verb="people.profile.saved", target=person, now=now)
    return profile


@transaction.atomic
def offer_skill(*, person: Person, skill: Skill, level: int, by: Actor, now: datetime) -> Offer:
    """Offering a skill again sets how well one knows it."""
    check_can_edit_profile(by, person)
    _check_room(Offer.objects.filter(person=person).exclude(skill=skill).count())
    offer, _made = Offer.objects.update_or_create(
        person=person, skill=skill, defaults={"level": level}
    )
    record(by=by, verb="people.skill.offered", target=person, detail={"skill": skill.slug}, now=now)
    return offer


@transaction.atomic
def stop_offering(*, person: Person, skill: Skill, by: Actor, now: datetime) -> None:
    check_can_edit_profile(by, person)
    Offer.objects.filter(person=person, skill=skill).delete()
    record(
        by=by, verb="people.skill.not_offered", target=person, detail={"skill": skill.slug}, now=now
    )


@transaction.atomic
def want_skill(
    *, person: Person, skill: Skill, target: int, priority: int, by: Actor, now: datetime
) -> Want:
    """Wanting a skill again sets how far one wants to get and how much it matters."""
    check_can_edit_profile(by, person)
    _check_room(Want.objects.filter(person=person).exclude(skill=skill).count())
    want, _made = Want.objects.update_or_create(
        person=person, skill=skill, defaults={"target": target, "priority": priority}
    )
    record(by=by, verb="people.skill.wanted", target=person, detail={"skill": skill.slug}, now=now)
    return want


@transaction.atomic
def stop_wanting(*, person: Person, skill: Skill, by: Actor, now: datetime) -> None:
    check_can_edit_profile(by, person)
    Want.objects.filter(person=person, skill=skill).delete()
    record(
        by=by, verb="people.skill.not_wanted", target=person, detail={"skill": skill.slug}, now=now
    )


def _check_room(held: int) -> None:
    if held >= MOST_OF_EACH:
        raise Refused(
            _("%(most)s skills are enough. Take one away before you add another.")
            % {"most": MOST_OF_EACH},
            code="too_many",
        )
