"""Pulses: who is asked, who may see results, and one's own slip."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules.lifecycle import LIVE
from viceversa.people.models import Level, Person
from viceversa.programmes.models import Programme, Standing
from viceversa.safeguarding.models import Invitation, Slip, Wave
from viceversa.safeguarding.rules import slip as slips
from viceversa.safeguarding.rules.groups import (
    LEVEL,
    ROLE,
    UNIT,
    YEARS,
    Group,
    level_group,
    role_group,
    years_group,
)
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.vault.queries import private_key
from viceversa.vault.rules import keys


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked: how they count, and the people they work with."""

    person: Person
    groups: tuple[Group, ...]
    counterparts: frozenset[int]


def roster(programme: Programme, breakdowns: Sequence[str], *, today: date) -> list[Asked]:
    """Everybody in a partnership that lives."""
    rows = Partnership.objects.filter(programme=programme, state__in=sorted(LIVE))
    learners, advisers = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for learner, adviser in rows.values_list("learner__person", "adviser__person"):
        learners[learner].add(adviser)
        advisers[adviser].add(learner)
    people = Person.objects.filter(pk__in={*learners, *advisers}, left_on__isnull=True)
    highest = Level.objects.aggregate(most=Max("rank"))["most"] or 0
    return [
        Asked(
            person,
            _groups(
                person,
                breakdowns,
                role=role_group(learns=person.pk in learners, advises=person.pk in advisers),
                highest=highest,
                today=today,
            ),
            frozenset(learners.get(person.pk, set()) | advisers.get(person.pk, set())),
        )
        for person in people.select_related("unit", "level").order_by("pk")
    ]


def _groups(
    person: Person, breakdowns: Sequence[str], *, role: Group, highest: int, today: date
) -> tuple[Group, ...]:
    level = person.level
    found = {
        ROLE: role,
        UNIT: Group(UNIT, person.unit.name) if person.unit else None,
        YEARS: years_group(person.hired_on, today),
        LEVEL: level_group(level.name, level.rank, highest) if level else None,
    }
    return tuple(group for each in breakdowns if (group := found[each]) is not None)


def waves_of(programme: Programme) -> QuerySet[Wave]:
    return Wave.objects.filter(programme=programme).order_by("-number")


def last_opened_on(programme: Programme) -> date | None:
    return waves_of(programme).values_list("opened_on", flat=True).first()


def pulses_visible_to(actor: Actor) -> QuerySet[Wave]:
    """Those in which one is asked, and those of programmes one coordinates or sponsors."""
    person = actor.person_id or 0
    standing = Standing.objects.filter(person_id=person).values("programme")
    asked = Invitation.objects.filter(person_id=person).values("wave")
    return Wave.objects.filter(Q(pk__in=asked) | Q(programme__in=standing)).select_related(
        "programme"
    )


def wave_for(actor: Actor, key: str) -> Wave:
    wave = pulses_visible_to(actor).filter(key=key).first()
    if wave is None:
        raise NotFound(_("There is no such pulse, or it is not yours to see."))
    return wave


def results_for(actor: Actor, key: str) -> Wave:
    """For those to whom it was said before the pulse that they would see them."""
    wave = wave_for(actor, key)
    if wave.audience == Wave.Audience.RUNNING and not stands_in(actor, wave.programme):
        raise NotFound(_("The results of this pulse go to the coordinators and the sponsor only."))
    return wave


def stands_in(actor: Actor, programme: Programme) -> bool:
    return Standing.objects.filter(programme=programme, person_id=actor.person_id or 0).exists()


def open_pulses_of(actor: Actor) -> list[Wave]:
    """Whether the person has answered is not known, so it is listed until it closes."""
    asked = Invitation.objects.filter(person_id=actor.person_id or 0).values("wave")
    found = Wave.objects.filter(pk__in=asked, state=Wave.State.OPEN)
    return list(found.select_related("programme").order_by("closes_on"))


def people_asked(wave: Wave) -> QuerySet[Person]:
    ids = Invitation.objects.filter(wave=wave).values("person")
    return Person.objects.filter(pk__in=ids, left_on__isnull=True)


def about_slip(wave: Wave, person_id: int, generation: int) -> str:
    """What a sealed slip is bound to."""
    return f"viceversa pulse {wave.key} for {person_id}/{generation}"


@dataclass(frozen=True)
class OwnSlip:
    """`slip` is None where the person's key does not open it any more."""

    slip: slips.Slip | None
    is_unused: bool


def own_slip(actor: Actor, wave: Wave) -> OwnSlip | None:
    """None for those who are not asked."""
    invitation = Invitation.objects.filter(wave=wave, person_id=actor.person_id or 0).first()
    if invitation is None:
        return None
    slip = _opened(wave, invitation)
    if slip is None:
        return OwnSlip(None, is_unused=False)
    return OwnSlip(slip, Slip.objects.filter(wave=wave, digest=slip.digest).exists())


def _opened(wave: Wave, invitation: Invitation) -> slips.Slip | None:
    private = private_key(invitation.person_id)
    if not invitation.sealed or private is None or private[1] != invitation.generation:
        return None
    about = about_slip(wave, invitation.person_id, invitation.generation)
    return slips.read(keys.unwrap(bytes(invitation.sealed), private[0], about=about))


def numbered(people: Iterable[int], numbers: Mapping[int, int]) -> frozenset[int]:
    return frozenset(numbers[person] for person in people)
