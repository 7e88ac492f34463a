"""Reads: what is visible to whom. What is missing and what is not yours look the same."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.partnerships import rules
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Offer, Person, Skill, Want
from viceversa.people.queries.searching import named
from viceversa.programmes.models import EnrolmentOffer, EnrolmentWant, Programme
from viceversa.programmes.queries import coordinated_programmes
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound


@dataclass(frozen=True)
class Streams:
    """Names of skills: what the adviser can give, and what can come back."""

    given: list[str]
    returned: list[str]


def _with_people() -> QuerySet[Partnership]:
    return Partnership.objects.select_related(
        "programme",
        "learner__person__level",
        "learner__person__unit",
        "adviser__person__level",
        "adviser__person__unit",
    )


def partnerships_of(actor: Actor) -> QuerySet[Partnership]:
    """Those in which the person takes part, newest first."""
    return _with_people().filter(
        Q(learner__person_id=actor.person_id) | Q(adviser__person_id=actor.person_id)
    )


def visible_to(actor: Actor) -> QuerySet[Partnership]:
    """One's own, and those of the programmes one coordinates."""
    return _with_people().filter(
        Q(learner__person_id=actor.person_id)
        | Q(adviser__person_id=actor.person_id)
        | Q(programme__in=coordinated_programmes(actor))
    )


def partnership_for(actor: Actor, key: str) -> Partnership:
    partnership = visible_to(actor).filter(key=key).first()
    if partnership is None:
        raise NotFound(_("There is no such partnership, or it is not yours to see."))
    return partnership


def partnerships_in(
    programme: Programme, *, state: str = "", search: str = ""
) -> QuerySet[Partnership]:
    """For the programme's coordinators; the caller has checked that the actor is one."""
    found = _with_people().filter(programme=programme)
    if state in Partnership.State.values:
        found = found.filter(state=state)
    return found.filter(named(search, "learner__person__", "adviser__person__"))


def counts_by_state(programme: Programme) -> dict[str, int]:
    """One query. Every state is there, with 0 where there is none."""
    counted = (
        Partnership.objects.filter(programme=programme)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return {**dict.fromkeys(Partnership.State.values, 0), **dict(counted)}


def streams_of(partnership: Partnership) -> Streams:
    """What each could give: what one wants in this programme and the other offers, and back."""
    learner, adviser = partnership.learner, partnership.adviser
    wants = EnrolmentWant.objects.filter(enrolment=learner).values_list("skill", "priority")
    offers = EnrolmentOffer.objects.filter(enrolment=adviser).values_list("skill", "level")
    given = rules.what_the_other_gives(list(wants), dict(offers))
    returned = _shared(adviser.person, learner.person)
    names = Skill.objects.in_bulk({*given, *returned})
    return Streams([names[pk].name for pk in given], [names[pk].name for pk in returned])


def _shared(wanting: Person, offering: Person) -> list[int]:
    wants = Want.objects.filter(person=wanting).values_list("skill", "priority")
    offers = Offer.objects.filter(person=offering).values_list("skill", "level")
    return rules.what_the_other_gives(list(wants), dict(offers))
