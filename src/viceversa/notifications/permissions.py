from django.utils.translation import gettext as _

from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def check_has_inbox(actor: Actor) -> int:
    """The person whose inbox it is."""
    if actor.person_id is None:
        raise NotAllowed(_("Your account belongs to nobody in the directory, so it has no inbox."))
    return actor.person_id
