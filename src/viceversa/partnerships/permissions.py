from django.utils.translation import gettext as _

from viceversa.partnerships.models import Partnership
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def side_of(actor: Actor, partnership: Partnership) -> str | None:
    if actor.person_id is None:
        return None
    if partnership.learner.person_id == actor.person_id:
        return "learner"
    if partnership.adviser.person_id == actor.person_id:
        return "adviser"
    return None


def can_answer(actor: Actor, partnership: Partnership) -> bool:
    return side_of(actor, partnership) is not None


def check_can_answer(actor: Actor, partnership: Partnership) -> None:
    if not can_answer(actor, partnership):
        raise NotAllowed(_("Only the two people of this partnership can answer."))


def check_can_set_next(actor: Actor, partnership: Partnership) -> None:
    if side_of(actor, partnership) != "learner":
        raise NotAllowed(_("Only the learner of this partnership sets the next half hour."))


def check_is_one_of(actor: Actor, *enrolments: Enrolment) -> None:
    people = {enrolment.person_id for enrolment in enrolments}
    if actor.person_id is None or actor.person_id not in people:
        raise NotAllowed(_("Only the people concerned can agree on this."))
