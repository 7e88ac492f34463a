"""The tabs that coordinators see on every page of a programme."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from viceversa.programmes.models import Programme


def tabs(programme: Programme, current: str) -> list[dict[str, Any]]:
    pages = (
        ("programmes:detail", _("Where it stands")),
        ("programmes:participants", _("People")),
        ("matching:rounds", _("Rounds")),
        ("programme_partnerships:list", _("Partnerships")),
        ("insights:results", _("Results")),
        ("safeguarding:pulses", _("Pulses")),
        ("programmes:set_up", _("Set-up")),
        ("programme_training:demands", _("Training")),
        ("programmes:standing", _("Who runs it")),
        ("programmes:readiness", _("Readiness")),
    )
    return [
        {"label": label, "url": url, "current": name == current}
        for name, label in pages
        if (url := address(name, programme))
    ]


class Signer(Protocol):
    """A person, or a name on a list of those who run a programme."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...


def signer(programme: Programme, sponsors: Sequence[Signer]) -> Signer | None:
    """Who stands below the letter, unless the letter is signed already."""
    first = next(iter(sponsors), None)
    if first is None or first.name in programme.sponsor_letter:
        return None
    return first


def address(name: str, programme: Programme) -> str:
    """Empty while no page goes by that name."""
    try:
        return reverse(name, args=[programme.slug])
    except NoReverseMatch:
        return ""
