"""Addresses of video rooms."""

from urllib.parse import urlsplit

ROOM = "{room}"


def link_from(template: str, room: str) -> str:
    """Empty without a template, or with one that has no place for the room or is not https."""
    link = template.replace(ROOM, room) if ROOM in template else ""
    return link if is_link(link) else ""


def is_link(text: str) -> bool:
    """https, with a host, without a name or password in it."""
    if any(sign.isspace() or not sign.isprintable() for sign in text):
        return False
    try:
        parts = urlsplit(text)
        host, user = parts.hostname, parts.username
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host) and user is None
