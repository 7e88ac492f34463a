from django.utils.translation import gettext as _

from viceversa.accounts.models import Role, User
from viceversa.accounts.queries import holds_role
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def can_administer_accounts(actor: Actor) -> bool:
    """See accounts, invite, end sessions, close accounts."""
    return actor.has(Role.DIRECTORY_ADMINISTRATOR) or actor.has(Role.OPERATOR)


def check_can_administer_accounts(actor: Actor) -> None:
    if not can_administer_accounts(actor):
        raise NotAllowed(_("Only directory administrators and operators can look after accounts."))


def can_invite(actor: Actor, *, standing_allows: bool = False) -> bool:
    """`standing_allows`: the caller has checked a standing of its own, as a coordinator's."""
    return standing_allows or can_administer_accounts(actor)


def check_can_invite(actor: Actor, *, standing_allows: bool = False) -> None:
    if not can_invite(actor, standing_allows=standing_allows):
        raise NotAllowed(_("Only directory administrators and operators can invite people."))


def can_grant_roles(actor: Actor) -> bool:
    return actor.has(Role.OPERATOR)


def check_can_grant_roles(actor: Actor) -> None:
    if not can_grant_roles(actor):
        raise NotAllowed(_("Only operators can give and take roles."))


def is_own(actor: Actor, user: User) -> bool:
    if actor.person_id is not None:
        return actor.person_id == user.person_id
    return user.person_id is None and actor.label == user.label


def check_own(actor: Actor, user: User) -> None:
    if not is_own(actor, user):
        raise NotAllowed(_("This belongs to another account."))


def can_steer(actor: Actor, user: User) -> bool:
    """End somebody's sessions or close the account; an operator's only by an operator."""
    if actor.has(Role.OPERATOR):
        return True
    return can_administer_accounts(actor) and not holds_role(user, Role.OPERATOR)


def check_can_steer(actor: Actor, user: User) -> None:
    check_can_administer_accounts(actor)
    if not can_steer(actor, user):
        raise NotAllowed(_("Only another operator can do this to an operator's account."))
