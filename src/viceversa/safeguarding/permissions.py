from django.utils.translation import gettext as _

from viceversa.programmes.models import Programme
from viceversa.programmes.permissions import can_coordinate
from viceversa.safeguarding.queries.handlers import is_contact
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def check_can_open_pulse(actor: Actor, programme: Programme) -> None:
    if not can_coordinate(actor, programme):
        raise NotAllowed(_("Only the coordinators of this programme can open a pulse."))


def check_is_contact(actor: Actor) -> None:
    if not is_contact(actor):
        raise NotAllowed(_("Only safeguarding contacts receive concerns."))
