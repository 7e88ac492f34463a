"""Who reads results, and who does what with a theme."""

from django.utils.translation import gettext as _

from viceversa.insights.models import Theme
from viceversa.insights.queries.theme import answers
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.queries import enrolment_of, standing_roles
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, NotFound


def can_read_results(actor: Actor, programme: Programme) -> bool:
    return bool(standing_roles(actor, programme))


def check_can_read_results(actor: Actor, programme: Programme) -> None:
    """For those who take part there is no such page."""
    if not can_read_results(actor, programme):
        raise NotFound(_("There is no such page, or it is not yours to see."))


def can_send(actor: Actor, programme: Programme) -> bool:
    enrolment = enrolment_of(actor, programme)
    return enrolment is not None and enrolment.state == Enrolment.State.ENROLLED


def check_can_send(actor: Actor, programme: Programme) -> None:
    if not can_send(actor, programme):
        raise NotAllowed(_("Only people who take part in this programme can send a theme."))


def can_answer(actor: Actor, theme: Theme) -> bool:
    return answers(actor, theme)


def check_can_answer(actor: Actor, theme: Theme) -> None:
    if not can_answer(actor, theme):
        raise NotAllowed(_("Only the owner of this theme can answer."))
