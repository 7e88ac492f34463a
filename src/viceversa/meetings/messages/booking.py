"""What people are told about their half hours: whom with and when, never what about. The calendar
gets a letter of its own, so most of these stand in the inbox only."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.meetings.models import Delegate, Meeting, Series
from viceversa.notifications.rules import Message
from viceversa.partnerships.queries.terms_in_words import rhythm
from viceversa.people.models import Person


def when_in(zone: str, at: datetime) -> str:
    here = at.astimezone(ZoneInfo(zone))
    return _("%(day)s at %(time)s") % {
        "day": date_format(here, "l j F"),
        "time": date_format(here, "H:i"),
    }


@dataclass(frozen=True, kw_only=True)
class AboutMeeting(Message):
    """`me` reads it, with `partner` as the other."""

    meeting: Meeting
    me: Person
    partner: Person

    by_email: ClassVar[bool] = False

    @property
    def when(self) -> str:
        return when_in(self.me.time_zone, self.meeting.starts_at)

    @property
    def path(self) -> str:
        partnership = self.meeting.partnership
        return reverse("meetings:meeting", args=[partnership.key, self.meeting.key])


@dataclass(frozen=True, kw_only=True)
class MeetingBooked(AboutMeeting):
    kind: ClassVar[str] = "meetings.booked"
    label = gettext_lazy("A half hour is booked")

    @property
    def title(self) -> str:
        return _("Half hour with %(name)s") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("%(when)s. It is in your calendar too.") % {"when": self.when}


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(AboutMeeting):
    kind: ClassVar[str] = "meetings.moved"
    label = gettext_lazy("A half hour is moved")

    @property
    def title(self) -> str:
        return _("Moved: half hour with %(name)s") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("It is now on %(when)s.") % {"when": self.when}


@dataclass(frozen=True, kw_only=True)
class MeetingCalledOff(AboutMeeting):
    kind: ClassVar[str] = "meetings.called_off"
    label = gettext_lazy("A half hour is called off")

    @property
    def title(self) -> str:
        return _("Called off: half hour with %(name)s") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("It was on %(when)s. Nobody has to say why.") % {"when": self.when}


@dataclass(frozen=True, kw_only=True)
class TimeProposed(AboutMeeting):
    kind: ClassVar[str] = "meetings.time_proposed"
    label = gettext_lazy("Your partner proposes another time")
    by_email: ClassVar[bool] = True
    proposed: datetime

    @property
    def title(self) -> str:
        return _("%(name)s proposes another time") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("%(new)s instead of %(when)s. Take it, or keep the time you have.") % {
            "new": when_in(self.me.time_zone, self.proposed),
            "when": self.when,
        }


@dataclass(frozen=True, kw_only=True)
class ProposalDropped(AboutMeeting):
    kind: ClassVar[str] = "meetings.proposal_dropped"
    label = gettext_lazy("A proposed time is not taken")

    @property
    def title(self) -> str:
        return _("The half hour with %(name)s stays as it was") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("It is on %(when)s.") % {"when": self.when}


@dataclass(frozen=True, kw_only=True)
class SeriesBooked(Message):
    kind: ClassVar[str] = "meetings.series_booked"
    label = gettext_lazy("Half hours that come back are booked")
    by_email: ClassVar[bool] = False
    series: Series
    first: Meeting
    me: Person
    partner: Person

    @property
    def title(self) -> str:
        return _("Half hours with %(name)s that come back") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("%(every)s, the first on %(when)s.") % {
            "every": capfirst(rhythm(self.series.every_days)),
            "when": when_in(self.me.time_zone, self.first.starts_at),
        }

    @property
    def path(self) -> str:
        return reverse("meetings:list", args=[self.series.partnership.key])


@dataclass(frozen=True, kw_only=True)
class SeriesStopped(Message):
    kind: ClassVar[str] = "meetings.series_stopped"
    label = gettext_lazy("Half hours no longer come back")
    by_email: ClassVar[bool] = False
    series: Series
    partner: Person

    @property
    def title(self) -> str:
        return _("Half hours with %(name)s no longer come back") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("Those that are booked already stay booked.")

    @property
    def path(self) -> str:
        return reverse("meetings:list", args=[self.series.partnership.key])


@dataclass(frozen=True, kw_only=True)
class AssistantNamed(Message):
    kind: ClassVar[str] = "meetings.assistant_named"
    label = gettext_lazy("Somebody asks you to book for them")
    delegate: Delegate

    @property
    def title(self) -> str:
        return _("You book half hours for %(name)s") % {"name": self.delegate.principal.name}

    @property
    def body(self) -> str:
        return _("You book, move and call off. What the two talk about stays theirs.")

    @property
    def path(self) -> str:
        return reverse("meetings:assistant", args=[self.delegate.key])


@dataclass(frozen=True, kw_only=True)
class AssistantEnded(Message):
    kind: ClassVar[str] = "meetings.assistant_ended"
    label = gettext_lazy("Somebody no longer books for somebody")
    delegate: Delegate

    @property
    def title(self) -> str:
        return _("%(assistant)s no longer books for %(principal)s") % {
            "assistant": self.delegate.person.name,
            "principal": self.delegate.principal.name,
        }

    @property
    def path(self) -> str:
        return reverse("meetings:assistants")
