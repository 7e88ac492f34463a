"""Who belongs to a programme: those who run it, stand behind it, or take part. To everybody else
there is nothing here, and it looks as if there were no such programme."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.community.rules.streams import streams_of
from viceversa.people.models import Person
from viceversa.people.queries.searching import named
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.programmes.queries import programme_for, standing_roles
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound

OPEN = frozenset(
    {
        Programme.State.ENROLLING,
        Programme.State.MATCHING,
        Programme.State.RUNNING,
        Programme.State.CLOSING,
    }
)


@dataclass(frozen=True)
class Member:
    """`has_gone`: no member any more, and reads nothing but the stories they stand in."""

    programme: Programme
    person_id: int
    is_coordinator: bool
    is_sponsor: bool
    is_learner: bool
    is_adviser: bool
    has_gone: bool = False

    @property
    def streams(self) -> tuple[str, ...]:
        return streams_of(
            is_adviser=self.is_adviser, is_learner=self.is_learner, is_leader=self.is_sponsor
        )

    @property
    def is_open(self) -> bool:
        """Before enrolment there is nobody to write to, and in the archive it is kept as it is."""
        return self.programme.state in OPEN

    @property
    def role(self) -> str:
        if self.is_adviser != self.is_learner:
            return "adviser" if self.is_adviser else "learner"
        return ""


def membership(actor: Actor, programme: Programme) -> Member | None:
    """Two queries."""
    if actor.person_id is None:
        return None
    roles = standing_roles(actor, programme)
    part = (
        Enrolment.objects.filter(
            programme=programme, person_id=actor.person_id, state=Enrolment.State.ENROLLED
        )
        .values_list("is_learner", "is_adviser")
        .first()
    )
    if not roles and part is None:
        return None
    is_learner, is_adviser = part or (False, False)
    return Member(
        programme=programme,
        person_id=actor.person_id,
        is_coordinator=Standing.Role.COORDINATOR in roles,
        is_sponsor=Standing.Role.SPONSOR in roles,
        is_learner=is_learner,
        is_adviser=is_adviser,
    )


def member_for(actor: Actor, slug: str) -> Member:
    member = membership(actor, programme_for(actor, slug))
    if member is None:
        raise NotFound(_("There is no such programme, or it is not yours to see."))
    return member


def member_or_gone(actor: Actor, slug: str) -> Member:
    programme = programme_for(actor, slug)
    return membership(actor, programme) or Member(
        programme=programme,
        person_id=actor.person_id or 0,
        is_coordinator=False,
        is_sponsor=False,
        is_learner=False,
        is_adviser=False,
        has_gone=True,
    )


def belongs(person: Person, programme: Programme) -> bool:
    return membership(Actor(person_id=person.pk, label=""), programme) is not None


def people_of_programme(programme: Programme, words: str) -> QuerySet[Person]:
    """By name: who takes part, runs it or sponsors it, and has not left."""
    enrolled = Enrolment.objects.filter(programme=programme, state=Enrolment.State.ENROLLED)
    part = Q(pk__in=enrolled.values("person"))
    post = Q(pk__in=Standing.objects.filter(programme=programme).values("person"))
    found = Person.objects.filter(part | post, named(words), left_on__isnull=True)
    return found.order_by("name", "id")
