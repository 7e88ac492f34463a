"""A mail in our layout, as text and as HTML."""

from collections.abc import Sequence
from typing import TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.notifications.rules import CalendarPart, one_line


class Fact(TypedDict):
    term: str
    value: str


class Item(TypedDict):
    """One of several things that a letter tells."""

    title: str
    body: str
    when: str
    url: str


def compose_letter(
    *,
    key: str,
    to: str,
    title: str,
    paragraphs: Sequence[str] = (),
    facts: Sequence[Fact] = (),
    items: Sequence[Item] = (),
    action_path: str = "",
    action_label: str = "",
    reason: str = "",
    with_preferences: bool = False,
    stop_path: str = "",
    calendar: CalendarPart | None = None,
) -> EmailMultiAlternatives:
    """`key` makes the Message-ID: the same key sent twice is one message to a mail program.
    `stop_path` is where a mail program can switch off letters of this kind."""
    context = {
        "title": one_line(title),
        "paragraphs": paragraphs,
        "facts": facts,
        "items": items,
        "action_url": absolute(action_path) if action_path else "",
        "action_label": action_label or _("Open it in Viceversa"),
        "reason": reason,
        "preferences_url": absolute(reverse("notifications:preferences"))
        if with_preferences
        else "",
        "organisation_name": settings.ORGANISATION_NAME,
    }
    letter = EmailMultiAlternatives(
        subject=one_line(title),
        body=render_to_string("design/email.txt", context),
        to=[to],
        headers={
            "Message-ID": f"<{key}@{_host()}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **(_stop_headers(stop_path) if stop_path else {}),
        },
    )
    letter.attach_alternative(render_to_string("design/email.html", context), "text/html")
    if calendar is not None:
        _add_calendar(letter, calendar)
    return letter


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _stop_headers(path: str) -> dict[str, str]:
    """RFC 8058: one tap in the mail program. Its rules ask for https."""
    headers = {"List-Unsubscribe": f"<{absolute(path)}>"}
    if settings.BASE_URL.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _add_calendar(letter: EmailMultiAlternatives, calendar: CalendarPart) -> None:
    """As a part that mail programs offer to take, whose method is the one in the text, and as a
    file for those that do not."""
    kind = f"text/calendar; method={calendar.method}"  # the charset is added where it is written
    letter.attach_alternative(calendar.text.replace("\r\n", "\n"), kind)
    letter.attach("invitation.ics", calendar.text.encode(), "application/ics")


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
