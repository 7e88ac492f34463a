"""What a person says about the own part. Content stays with the person, the partner and the
engine; history keeps only that it was saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.programmes.actions.topics import Topics, store_topics
from viceversa.programmes.messages import PlaceGiven
from viceversa.programmes.models import Enrolment
from viceversa.programmes.permissions import check_can_coordinate, check_can_edit_part
from viceversa.programmes.queries import skills_of
from viceversa.programmes.rules import part as rules
from viceversa.programmes.rules.enrolment import ACTIVE
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@dataclass(frozen=True, kw_only=True)
class Part:
    """Wants are (skill id, target) in order of wish, offers (skill id, level)."""

    is_learner: bool
    is_adviser: bool
    wants: Sequence[tuple[int, int]] = ()
    offers: Sequence[tuple[int, int]] = ()
    demand: int = 1
    capacity: int = 1
    goals: str = ""
    career_direction: str = ""
    value_parts: Sequence[str] = field(default=("", "", ""))
    comfort: str = ""
    comfort_depth: str = ""
    comfort_format: str = ""
    off_limits: str = ""
    learning_style: str = ""
    hours_from: time = time(9)
    hours_to: time = time(17)
    languages: Sequence[str] = ()


SAVED_AS_GIVEN = (
    "is_learner",
    "is_adviser",
    "demand",
    "capacity",
    "goals",
    "career_direction",
    "comfort",
    "comfort_depth",
    "comfort_format",
    "off_limits",
    "learning_style",
    "hours_from",
    "hours_to",
)


@transaction.atomic
def save_part(*, enrolment: Enrolment, part: Part, by: Actor, now: datetime) -> Enrolment:
    """Saves all of it and marks it as confirmed by the person."""
    check_can_edit_part(by, enrolment)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=enrolment.pk)
    )
    if enrolment.state not in ACTIVE:
        raise Refused(_("You do not take part in this programme any more."), code="out")
    _check(enrolment, part)
    for name in SAVED_AS_GIVEN:
        setattr(enrolment, name, getattr(part, name))
    enrolment.languages = list(part.languages)
    enrolment.value_parts = list(part.value_parts)
    enrolment.value_statement = rules.value_statement(part.value_parts)
    enrolment.part_confirmed_at = now
    enrolment.save()
    _replace_topics(enrolment, part)
    detail = {"wants": len(part.wants), "offers": len(part.offers)}
    record(by=by, verb="programmes.part.saved", target=enrolment.programme, detail=detail, now=now)
    return enrolment


@transaction.atomic
def give_place(*, enrolment: Enrolment, by: Actor, now: datetime) -> Enrolment:
    """A coordinator lets an adviser have one learner more; the adviser is told, and may say no."""
    check_can_coordinate(by, enrolment.programme)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("programme", "person")
        .get(pk=enrolment.pk)
    )
    name = enrolment.person.name
    if enrolment.state != Enrolment.State.ENROLLED or not enrolment.is_adviser:
        raise Refused(_("%(name)s is not an adviser here any more.") % {"name": name}, code="out")
    if enrolment.capacity >= rules.MOST_CAPACITY:
        raise Refused(
            _("%(name)s takes %(n)s learners already, and nobody takes more.")
            % {"name": name, "n": enrolment.capacity},
            code="capacity",
        )
    enrolment.capacity += 1
    enrolment.save(update_fields=["capacity"])
    record(by=by, verb="programmes.place.given", target=enrolment.programme, now=now)
    notify(to=[enrolment.person], message=PlaceGiven(enrolment=enrolment), now=now)
    return enrolment


def _check(enrolment: Enrolment, part: Part) -> None:
    programme = enrolment.programme
    if not (part.is_learner or part.is_adviser):
        raise Refused(_("Choose whether you learn, advise or both."), code="role")
    if not 1 <= part.demand <= programme.advisers_per_learner:
        raise Refused(
            _("In this programme a learner has at most %(n)s advisers.")
            % {"n": programme.advisers_per_learner},
            code="demand",
        )
    if not 0 <= part.capacity <= rules.MOST_CAPACITY:
        raise Refused(
            _("Take at most %(n)s learners.") % {"n": rules.MOST_CAPACITY}, code="capacity"
        )
    topics = rules.Topics(
        wants=[skill for skill, _target in part.wants],
        offers=[skill for skill, _level in part.offers],
        most_wants=programme.most_wants,
        of_programme=skills_of(programme),
    )
    found = rules.topic_problems(topics, is_learner=part.is_learner, is_adviser=part.is_adviser)
    for name, sentence in found.items():
        raise Refused(sentence, code=name)
    hours = rules.hours_problem(part.hours_from, part.hours_to)
    if hours:
        raise Refused(hours, code="hours_to")


def _replace_topics(enrolment: Enrolment, part: Part) -> None:
    enrolment.wants.all().delete()
    enrolment.offers.all().delete()
    wants = [(skill, target, place) for place, (skill, target) in enumerate(part.wants, start=1)]
    store_topics([Topics(enrolment, wants, part.offers)])
