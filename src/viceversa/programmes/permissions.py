"""Who may do what with a programme. One condition, two faces: `can_…` answers, `check_…` raises."""

from django.utils.translation import gettext as _

from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.programmes.queries.standing import is_safeguarding_contact
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused


def can_create_programmes(actor: Actor) -> bool:
    return actor.has("operator") or actor.has("directory_administrator")


def check_can_create_programmes(actor: Actor) -> None:
    if not can_create_programmes(actor):
        raise NotAllowed(_("Only operators and directory administrators can begin a programme."))


def can_coordinate(actor: Actor, programme: Programme) -> bool:
    if actor.via in ("command", "job") and actor.has("operator"):
        return True
    return Standing.objects.filter(
        programme=programme, person_id=actor.person_id or 0, role=Standing.Role.COORDINATOR
    ).exists()


def check_can_coordinate(actor: Actor, programme: Programme) -> None:
    if not can_coordinate(actor, programme):
        raise NotAllowed(_("Only the coordinators of this programme can do this."))


def check_may_be_coordinator(person: Person) -> None:
    """A coordinator cannot handle concerns of the own programme, so nobody is both."""
    if is_safeguarding_contact(person):
        raise Refused(
            _(
                "%(name)s is a safeguarding contact. Concerns about a programme must reach "
                "somebody who does not run it, so choose another coordinator."
            )
            % {"name": person.name},
            code="safeguarding_contact",
        )


def is_own(actor: Actor, enrolment: Enrolment) -> bool:
    return actor.person_id is not None and actor.person_id == enrolment.person_id


def can_edit_part(actor: Actor, enrolment: Enrolment) -> bool:
    return is_own(actor, enrolment)


def check_can_edit_part(actor: Actor, enrolment: Enrolment) -> None:
    if not can_edit_part(actor, enrolment):
        raise NotAllowed(_("Only the person enrolled can change this."))


def check_is_person(actor: Actor) -> None:
    if actor.person_id is None:
        raise NotAllowed(_("Your account belongs to nobody in the directory, so it cannot enrol."))
