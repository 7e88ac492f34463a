"""Where somebody books from: one's own partnership, or as an assistant the principal's. The same
pages serve both; an assistant's have no way to anything else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from viceversa.meetings.forms.booking import on_the_clock
from viceversa.meetings.models import Delegate, Meeting
from viceversa.meetings.permissions.booking import is_offered_times
from viceversa.meetings.queries.booker import (
    Booker,
    assistant_booker_for,
    booker_for,
    delegate_for,
)
from viceversa.meetings.queries.booking import meeting_in
from viceversa.meetings.queries.suggestions import suggested_times
from viceversa.meetings.rules.booking import may_book
from viceversa.meetings.rules.link import link_from
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.http import actor_of

OFFERED = 3
PAGES_OF_A_MEETING = (
    ("meeting", "move", "cancel", "propose", "take", "drop"),
    ("missed", "prepare", "room", "after"),
)


@dataclass(frozen=True)
class Desk:
    actor: Actor
    booker: Booker
    delegate: Delegate | None

    def url(self, page: str, meeting: Meeting | None = None) -> str:
        """Empty where there is no such page from here."""
        name = f"meetings:assistant_{page}" if self.delegate else f"meetings:{page}"
        parts = [self.delegate.key] if self.delegate else []
        parts.append(self.booker.partnership.key)
        if meeting is not None:
            parts.append(meeting.key)
        try:
            return reverse(name, args=parts)
        except NoReverseMatch:
            return ""

    def meeting(self, key: str) -> Meeting:
        return meeting_in(self.booker.partnership, key)

    def offers(self, minutes: int, now: datetime) -> list[dict[str, Any]]:
        """Times that suit both, as the forms of booking take them."""
        return [
            {"at_moment": at, "minutes": minutes, **on_the_clock(at, self.booker.me.time_zone)}
            for at in suggested_times(self.booker.seat, minutes, now)[:OFFERED]
        ]

    @property
    def context(self) -> dict[str, Any]:
        booker = self.booker
        return {
            "desk": self,
            "delegate": self.delegate,
            "partnership": booker.partnership,
            "me": booker.me,
            "partner": booker.partner,
            "partner_role": booker.partner_role,
            "side": booker.side,
            "drives": booker.side == "learner",
            "may_book": may_book(booker.side) or is_offered_times(booker),
            "can_make_link": can_make_link(),
            "zone": booker.me.time_zone,
            "two_zones": booker.me.time_zone != booker.partner.time_zone,
            "urls": {page: self.url(page) for page in ("list", "book", "series", "series_stop")},
        }

    def meeting_context(self, meeting: Meeting) -> dict[str, Any]:
        pages = PAGES_OF_A_MEETING[0] if self.delegate else sum(PAGES_OF_A_MEETING, ())
        return {
            **self.context,
            "meeting": meeting,
            "at": {page: self.url(page, meeting) for page in pages},
        }


def at_first(offers: list[dict[str, Any]]) -> dict[str, Any]:
    """What a form of booking begins with: the first offer, if there is one."""
    return {name: offers[0][name] for name in ("day", "at")} if offers else {}


def desk_for(request: HttpRequest, key: str, delegate: str = "") -> Desk:
    actor = actor_of(request)
    if not delegate:
        return Desk(actor, booker_for(actor, key), None)
    named = delegate_for(actor, delegate)
    return Desk(actor, assistant_booker_for(named, key), named)


def can_make_link() -> bool:
    return bool(link_from(settings.MEETING_LINK_TEMPLATE, "room"))
