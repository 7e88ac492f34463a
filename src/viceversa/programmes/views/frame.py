"""The tabs that coordinators see on every page of a programme."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from viceversa.programmes.models import Programme


def tabs(programme: Programme, current: str) -> list[dict[str, Any]]:
    pages = (
        ("programmes:detail", _("Where it stands")),
        ("programmes:participants", _("People")),
        ("matching:rounds", _("Rounds")),
        ("programme_partnerships:list", _("Partnerships")),
        ("programmes:set_up", _("Set-up")),
        ("programmes:standing", _("Who runs it")),
        ("programmes:readiness", _("Readiness")),
    )
    return [
        {"label": label, "url": url, "current": name == current}
        for name, label in pages
        if (url := address(name, programme))
    ]


def address(name: str, programme: Programme) -> str:
    """Empty while no page goes by that name."""
    try:
        return reverse(name, args=[programme.slug])
    except NoReverseMatch:
        return ""
