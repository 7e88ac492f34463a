"""The tabs of the pages about what a programme came to."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.programmes.models import Programme


def tabs(programme: Programme, current: str) -> list[dict[str, Any]]:
    pages = (
        ("insights:results", _("Results")),
        ("insights:seniority", _("Rank gap")),
        ("insights:learned", _("Before and after")),
        ("insights:themes", _("Themes")),
    )
    return [
        {"label": label, "url": reverse(name, args=[programme.slug]), "current": name == current}
        for name, label in pages
    ]
