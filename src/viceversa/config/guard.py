"""The addresses that can be reached signed out. Everything else asks for a sign-in."""

import re

OPEN_PREFIXES = (
    "/sign-in/",
    "/invitation/",
    "/api/",
    "/static/",
    "/theme/",
    "/design/",
    "/inbox/stop/",
    "/concern/",
)
OPEN_PATHS = frozenset({"/livez", "/readyz", "/favicon.ico", "/calendar/replies/", "/concern"})
_FEED = re.compile(r"/calendar/[\w-]+\.ics", re.ASCII)  # the secret in it is the key


def is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES) or _FEED.fullmatch(path) is not None
