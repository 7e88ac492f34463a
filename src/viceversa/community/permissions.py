"""Who may write for the others of a programme, and who may take it away."""

from django.utils.translation import gettext as _

from viceversa.community.models import Chat
from viceversa.community.models.written import Written
from viceversa.community.queries.member import Member, membership
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def check_is_member(actor: Actor, programme: Programme) -> Member:
    member = membership(actor, programme)
    if member is None:
        raise NotAllowed(_("Only the people of this programme can do this."))
    return member


def check_is_author(actor: Actor, written: Written) -> None:
    if actor.person_id is None or actor.person_id != written.author_id:
        raise NotAllowed(_("Only the person who wrote it can do this."))


def check_coordinates(actor: Actor, programme: Programme) -> Member:
    member = membership(actor, programme)
    if member is None or not member.is_coordinator:
        raise NotAllowed(_("Only the coordinators of this programme can do this."))
    return member


def check_runs(actor: Actor, chat: Chat) -> None:
    """Its coordinators, and hosts who said yes and still belong to the programme."""
    member = membership(actor, chat.programme)
    if member is None or not (member.is_coordinator or _hosts(member, chat)):
        raise NotAllowed(_("Only the hosts and the coordinators of this programme can do this."))


def _hosts(member: Member, chat: Chat) -> bool:
    return chat.hosts.filter(person=member.person_id, agreed_at__isnull=False).exists()
