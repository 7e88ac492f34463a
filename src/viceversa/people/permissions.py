"""Who may do what in the directory. Every signed-in person may read it."""

from django.utils.translation import gettext as _

from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def can_manage_directory(actor: Actor) -> bool:
    """Import, export, edit people, keep people apart, own skills, the ladder."""
    return actor.has("directory_administrator")


def check_can_manage_directory(actor: Actor) -> None:
    if not can_manage_directory(actor):
        raise NotAllowed(
            _("Only directory administrators can do this. Ask one of them to do it for you.")
        )


def can_edit_profile(actor: Actor, person: Person) -> bool:
    """What one offers, wants and says about oneself is one's own."""
    return actor.person_id is not None and actor.person_id == person.pk


def check_can_edit_profile(actor: Actor, person: Person) -> None:
    if not can_edit_profile(actor, person):
        raise NotAllowed(_("Only %(name)s can change this profile.") % {"name": person.name})


def can_read_history(actor: Actor) -> bool:
    return can_manage_directory(actor)
