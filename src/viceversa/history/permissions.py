from django.utils.translation import gettext as _

from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def can_read_history(actor: Actor) -> bool:
    return actor.has("operator")


def check_can_read_history(actor: Actor) -> None:
    if not can_read_history(actor):
        raise NotAllowed(_("Only operators can read the history of everything."))
