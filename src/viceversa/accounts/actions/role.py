from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.accounts.messages import RoleGranted, RoleTaken
from viceversa.accounts.models import Role, RoleGrant, User
from viceversa.accounts.permissions import check_can_grant_roles
from viceversa.accounts.queries import may_sign_in
from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def grant_role(*, user: User, role: str, by: Actor, now: datetime) -> RoleGrant:
    check_can_grant_roles(by)
    if not may_sign_in(user):
        raise Refused(_("This account is closed. Invite the person first."), code="closed")
    grant, is_new = RoleGrant.objects.get_or_create(user=user, role=Role(role))
    if not is_new:
        raise Refused(
            _("%(name)s has this role already.") % {"name": user.label}, code="already_granted"
        )
    record(by=by, verb="accounts.role_granted", target=user, detail={"role": role}, now=now)
    if user.person is not None:
        message = RoleGranted(role=str(grant.get_role_display()))
        notify(to=[user.person], message=message, now=now)
    return grant


@transaction.atomic
def revoke_role(*, grant: RoleGrant, by: Actor, now: datetime) -> None:
    check_can_grant_roles(by)
    user = grant.user
    if grant.role == Role.OPERATOR:
        check_operator_remains(without=user)
    deleted, _kinds = RoleGrant.objects.filter(pk=grant.pk).delete()
    if not deleted:
        raise Refused(_("Somebody has taken this role back already."), code="already_taken")
    record(by=by, verb="accounts.role_taken", target=user, detail={"role": grant.role}, now=now)
    if user.person is not None:
        message = RoleTaken(role=str(grant.get_role_display()))
        notify(to=[user.person], message=message, now=now)


def check_operator_remains(*, without: User) -> None:
    """Locks the operators' grants, so that two operators cannot remove each other at once."""
    operators = set(
        RoleGrant.objects.select_for_update(of=("self",))
        .filter(role=Role.OPERATOR, user__is_active=True)
        .values_list("user", flat=True)
    )
    if operators == {without.pk}:
        raise Refused(
            _("This is the last operator. Make somebody else an operator first."),
            code="last_operator",
        )
