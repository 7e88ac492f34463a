"""What the pages of one programme's community share."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.community.queries.member import Member, member_for, member_or_gone
from viceversa.toolkit.http import actor_of

Frame = dict[str, Any]


def member_of(request: HttpRequest, slug: str) -> Member:
    return member_for(actor_of(request), slug)


def reader_of(request: HttpRequest, slug: str) -> Member:
    """Of a story: they may have left the programme since."""
    return member_or_gone(actor_of(request), slug)


def frame(member: Member, current: str) -> Frame:
    pages = (
        ("tips", _("Tips")),
        ("stories", _("Stories")),
        ("opportunities", _("Opportunities")),
        ("chats", _("Live chats")),
    )
    return {
        "member": member,
        "programme": member.programme,
        "tabs": [
            {
                "label": label,
                "url": reverse(f"community:{name}", args=[member.programme.slug]),
                "current": name == current,
            }
            for name, label in pages
        ],
    }
