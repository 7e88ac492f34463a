"""Who may do what with the library, packs and training. Everybody signed in may read what is
published."""

from django.utils.translation import gettext as _

from viceversa.learning.models import Pack
from viceversa.people.permissions import can_manage_directory
from viceversa.programmes.models import Standing
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def can_keep(actor: Actor) -> bool:
    """Directory administrators, and whoever coordinates a programme."""
    if can_manage_directory(actor):
        return True
    return Standing.objects.filter(
        person_id=actor.person_id or 0, role=Standing.Role.COORDINATOR
    ).exists()


def check_can_keep(actor: Actor) -> None:
    if not can_keep(actor):
        raise NotAllowed(_("Only coordinators and directory administrators change the library."))


def can_review(actor: Actor, pack: Pack) -> bool:
    return actor.person_id is not None and actor.person_id == pack.reviewer_id


def check_can_review(actor: Actor, pack: Pack) -> None:
    if not can_review(actor, pack):
        raise NotAllowed(_("Only the person who was asked to check this pack can answer."))


def check_is_person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed(
            _("Your account belongs to nobody in the directory, so it has no training.")
        )
    return actor.person_id
