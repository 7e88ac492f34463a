from django.utils.translation import gettext as _

from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def check_is_person(by: Actor) -> int:
    """The person whose calendar it is."""
    if by.person_id is None:
        raise NotAllowed(
            _("Your account belongs to nobody in the directory: it has no half hours.")
        )
    return by.person_id
