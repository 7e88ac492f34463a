"""Mails that a calendar understands. They say when and where, never what about."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.meetings.models import Meeting, Series
from viceversa.notifications.rules import CalendarPart, Message
from viceversa.partnerships.queries.terms_in_words import rhythm
from viceversa.people.models import Person


@dataclass(frozen=True, kw_only=True)
class ForCalendar(Message):
    """For one of the two; in the inbox the booking itself is told."""

    me: Person
    partner: Person
    text: str

    in_inbox: ClassVar[bool] = False
    method: ClassVar[str] = ""

    @property
    def calendar(self) -> CalendarPart:
        return CalendarPart(self.method, self.text)


@dataclass(frozen=True, kw_only=True)
class CalendarMail(ForCalendar):
    meeting: Meeting

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
class SeriesMail(ForCalendar):
    """`is_over`: none of them lies ahead any more."""

    series: Series
    is_over: bool = False

    @property
    def body(self) -> str:
        series = self.series
        when = _("%(every)s at %(time)s (%(zone)s), from %(first)s to %(last)s") % {
            "every": capfirst(rhythm(series.every_days)),
            "time": time_format(series.clock, "H:i"),
            "zone": series.zone,
            "first": date_format(series.first_on, "j F Y"),
            "last": date_format(series.until, "j F Y"),
        }
        where = series.place or series.link
        return _("%(when)s, %(where)s.") % {"when": when, "where": where} if where else f"{when}."

    @property
    def path(self) -> str:
        return reverse("meetings:list", args=[self.series.partnership.key])


@dataclass(frozen=True, kw_only=True)
class SeriesInvitation(SeriesMail):
    """Chosen or not together with invitations to single ones."""

    kind: ClassVar[str] = CalendarInvitation.kind
    label = CalendarInvitation.label
    method: ClassVar[str] = "REQUEST"

    @property
    def title(self) -> str:
        name = {"name": self.partner.name}
        if self.is_over:
            return _("Called off: half hours with %(name)s") % name
        if self.series.sequence == 0:
            return _("Half hours with %(name)s that come back") % name
        return _("Changed: half hours with %(name)s that come back") % name


@dataclass(frozen=True, kw_only=True)
class SeriesCancellation(SeriesMail):
    kind: ClassVar[str] = CalendarCancellation.kind
    label = CalendarCancellation.label
    method: ClassVar[str] = "CANCEL"

    @property
    def title(self) -> str:
        return _("Called off: half hours with %(name)s") % {"name": self.partner.name}


@dataclass(frozen=True, kw_only=True)
class SeriesDeclined(Message):
    """For whoever booked: the calendar of one of the two said no to all of them."""

    series: Series
    who: Person

    kind: ClassVar[str] = "meetings.calendar_series_declined"
    label = gettext_lazy("An invitation to half hours that come back is declined")

    @property
    def title(self) -> str:
        return _("%(name)s cannot come at those times") % {"name": self.who.name}

    @property
    def body(self) -> str:
        return _("They stay booked until one of you stops them or calls them off.")

    @property
    def path(self) -> str:
        return reverse("meetings:list", args=[self.series.partnership.key])


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
