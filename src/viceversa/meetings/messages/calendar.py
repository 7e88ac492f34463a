"""Mails that a calendar understands. They say when and where, never what about."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.meetings.models import Meeting
from viceversa.notifications.rules import CalendarPart, Message
from viceversa.people.models import Person


@dataclass(frozen=True, kw_only=True)
class CalendarMail(Message):
    """For one of the two; in the inbox the booking itself is told."""

    meeting: Meeting
    me: Person
    partner: Person
    text: str

    in_inbox: ClassVar[bool] = False
    method: ClassVar[str] = ""

    @property
    def body(self) -> str:
        where = self.meeting.place or self.meeting.link
        when = _when(self.meeting, self.me.time_zone)
        return _("%(when)s, %(where)s.") % {"when": when, "where": where} if where else f"{when}."

    @property
    def path(self) -> str:
        return _path(self.meeting)

    @property
    def best_before(self) -> datetime:
        return self.meeting.starts_at

    @property
    def calendar(self) -> CalendarPart:
        return CalendarPart(self.method, self.text)


@dataclass(frozen=True, kw_only=True)
class CalendarInvitation(CalendarMail):
    kind: ClassVar[str] = "meetings.calendar_invitation"
    label = gettext_lazy("Invitations for your calendar")
    method: ClassVar[str] = "REQUEST"

    @property
    def title(self) -> str:
        if self.meeting.sequence == 0:
            return _("Half hour with %(name)s") % {"name": self.partner.name}
        return _("Changed: half hour with %(name)s") % {"name": self.partner.name}


@dataclass(frozen=True, kw_only=True)
class CalendarCancellation(CalendarMail):
    kind: ClassVar[str] = "meetings.calendar_cancellation"
    label = gettext_lazy("Half hours called off, for your calendar")
    method: ClassVar[str] = "CANCEL"

    @property
    def title(self) -> str:
        return _("Called off: half hour with %(name)s") % {"name": self.partner.name}


@dataclass(frozen=True, kw_only=True)
class CalendarDeclined(Message):
    """For whoever booked: the calendar of one of the two said no."""

    meeting: Meeting
    who: Person

    kind: ClassVar[str] = "meetings.calendar_declined"
    label = gettext_lazy("An invitation to a half hour is declined")

    @property
    def title(self) -> str:
        return _("%(name)s cannot come at that time") % {"name": self.who.name}

    @property
    def body(self) -> str:
        return _("The half hour stays booked until one of you moves it or calls it off.")

    @property
    def path(self) -> str:
        return _path(self.meeting)


def _path(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.partnership.key, meeting.key])


def _when(meeting: Meeting, zone: str) -> str:
    def here(at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(zone))

    starts, ends = here(meeting.starts_at), here(meeting.ends_at)
    return _("%(day)s, %(from)s to %(to)s (%(zone)s)") % {
        "day": date_format(starts, "l j F Y"),
        "from": date_format(starts, "H:i"),
        "to": date_format(ends, "H:i"),
        "zone": zone,
    }
