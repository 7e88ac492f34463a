"""A live chat as a calendar reads it (RFC 5545): title, when, and the address of its page."""

from datetime import UTC, datetime

from icalendar import Calendar, Event

PRODUCT = "-//Viceversa//live chats//EN"


def entry(
    *, key: str, title: str, starts_at: datetime, ends_at: datetime, url: str, changes: int
) -> Event:
    """In UTC, as it takes place once and calendars show it on the clock of their owner. It rings no
    bell: who wants to be reminded asks for it."""
    event = Event()
    event.add("uid", f"{key}@live-chats.viceversa")
    event.add("sequence", changes)
    event.add("summary", plain(title))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("url", url)
    event.add("status", "CONFIRMED")
    return event


def calendar_file(event: Event, *, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    event.add("dtstamp", now.astimezone(UTC))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def plain(title: str) -> str:
    """Without what is no letter: control and direction signs would break or turn a line."""
    return "".join(sign for sign in title if sign.isprintable())
