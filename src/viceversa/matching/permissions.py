"""Rounds belong to the programme's coordinators; an ask to its two people and nobody else."""

from django.utils.translation import gettext as _

from viceversa.matching.models import Ask
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def side_of(actor: Actor, ask: Ask) -> str:
    """ "learner", "adviser" or nothing."""
    if actor.person_id is None:
        return ""
    if ask.learner.person_id == actor.person_id:
        return "learner"
    return "adviser" if ask.adviser.person_id == actor.person_id else ""


def check_is_adviser(actor: Actor, ask: Ask) -> None:
    if side_of(actor, ask) != "adviser":
        raise NotAllowed(_("Only the adviser who was asked can answer."))


def check_is_learner(actor: Actor, ask: Ask) -> None:
    if side_of(actor, ask) != "learner":
        raise NotAllowed(_("Only the learner who asked can do this."))


def check_is_own(actor: Actor, enrolment: Enrolment) -> None:
    if actor.person_id is None or enrolment.person_id != actor.person_id:
        raise NotAllowed(_("You can choose and ask for yourself only."))
