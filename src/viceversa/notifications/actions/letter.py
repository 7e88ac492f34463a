"""A mail in our layout, as text and as HTML."""

from collections.abc import Sequence
from typing import TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.notifications.rules import one_line


class Fact(TypedDict):
    term: str
    value: str


def compose_letter(
    *,
    key: str,
    to: str,
    title: str,
    paragraphs: Sequence[str] = (),
    facts: Sequence[Fact] = (),
    action_path: str = "",
    action_label: str = "",
    reason: str = "",
    with_preferences: bool = False,
) -> EmailMultiAlternatives:
    """`key` makes the Message-ID: the same key sent twice is one message to a mail program."""
    context = {
        "title": one_line(title),
        "paragraphs": paragraphs,
        "facts": facts,
        "action_url": f"{settings.BASE_URL}{action_path}" if action_path else "",
        "action_label": action_label or _("Open it in Viceversa"),
        "reason": reason,
        "preferences_url": _preferences_url() if with_preferences else "",
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
        },
    )
    letter.attach_alternative(render_to_string("design/email.html", context), "text/html")
    return letter


def _preferences_url() -> str:
    return f"{settings.BASE_URL}{reverse('notifications:preferences')}"


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
