from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.accounts.permissions import can_grant_roles
from viceversa.toolkit.actor import Actor


def account_tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    places = [
        ("list", _("Accounts")),
        ("invitations", _("Invited")),
        ("without", _("Not invited")),
    ]
    if can_grant_roles(actor):
        places.append(("roles", _("Roles")))
    return [
        {"label": label, "url": reverse(f"accounts:{name}"), "current": name == current}
        for name, label in places
    ]
