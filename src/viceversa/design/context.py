"""What every page knows about its looks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("system", "light", "dark")
THEME_COOKIE = "theme"


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(THEME_COOKIE, "system")
    return chosen if chosen in THEMES else "system"


def design(request: HttpRequest) -> dict[str, Any]:
    return {
        "theme": theme_of(request),
        "themes": THEMES,
        "organisation_name": getattr(settings, "ORGANISATION_NAME", ""),
        "current_path": request.get_full_path(),
    }
