"""The addresses that can be reached signed out. Everything else asks for a sign-in."""

OPEN_PREFIXES = (
    "/sign-in/",
    "/invitation/",
    "/api/",
    "/static/",
    "/theme/",
    "/design/",
    "/inbox/stop/",
)
OPEN_PATHS = frozenset({"/livez", "/readyz", "/favicon.ico"})


def is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)
