"""Reminders: when and with whom, never what about."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.meetings.models import Commitment, Meeting
from viceversa.notifications.rules import Message
from viceversa.notifications.rules.rhythm import AT_ONCE_OR_NOT, DAILY, NEVER, NOW, local
from viceversa.partnerships.rules.lifecycle import MEETING
from viceversa.people.models import Person


@dataclass(frozen=True, kw_only=True)
class OfHalfHour(Message):
    """`reads_at` is when the mail will reach `me`, so that today is today when it is read."""

    meeting: Meeting
    me: Person
    partner: Person
    reads_at: datetime
    paces: ClassVar[tuple[str, ...]] = AT_ONCE_OR_NOT

    @property
    def title(self) -> str:
        return _("%(day)s at %(time)s with %(name)s") % {
            "day": self._day,
            "time": date_format(self._here, "H:i"),
            "name": self.partner.name,
        }

    @property
    def body(self) -> str:
        facts = [self._when, self._where]
        return ", ".join(fact for fact in facts if fact) + "."

    @property
    def path(self) -> str:
        return reverse("meetings:meeting", args=[self.meeting.partnership.key, self.meeting.key])

    @property
    def best_before(self) -> datetime:
        return self.meeting.starts_at

    @property
    def about(self) -> str:
        return f"{self.meeting.key} {self.meeting.starts_at.timestamp():.0f}"

    @classmethod
    def stands(cls, about: str, *, now: datetime) -> bool:
        """Not when it was moved, called off or begun in the meantime, or the two pause."""
        key, _space, starts = about.partition(" ")
        meeting = Meeting.objects.filter(
            key=key, state=Meeting.State.BOOKED, partnership__state__in=MEETING, starts_at__gt=now
        ).first()
        return meeting is not None and f"{meeting.starts_at.timestamp():.0f}" == starts

    @property
    def _here(self) -> datetime:
        return local(self.meeting.starts_at, self.me.time_zone)

    @property
    def _day(self) -> str:
        return day_in_words(self._here.date(), local(self.reads_at, self.me.time_zone).date())

    @property
    def _when(self) -> str:
        return _("%(day)s, %(time)s (%(zone)s)") % {
            "day": date_format(self._here, "l j F"),
            "time": date_format(self._here, "H:i"),
            "zone": self.me.time_zone,
        }

    @property
    def _where(self) -> str:
        return self.meeting.place or (_("by video") if self.meeting.link else "")


@dataclass(frozen=True, kw_only=True)
class HalfHourTomorrow(OfHalfHour):
    kind: ClassVar[str] = "meetings.reminder_day"
    label = gettext_lazy("Reminder: a half hour, a day before")
    action = gettext_lazy("Open the half hour")


@dataclass(frozen=True, kw_only=True)
class HalfHourSoon(OfHalfHour):
    kind: ClassVar[str] = "meetings.reminder_hour"
    label = gettext_lazy("Reminder: a half hour, an hour before")
    action = gettext_lazy("Open the half hour")


@dataclass(frozen=True, kw_only=True)
class TimeToPrepare(OfHalfHour):
    kind: ClassVar[str] = "meetings.reminder_prepare"
    label = gettext_lazy("Reminder: two minutes to prepare")
    action = gettext_lazy("Prepare in two minutes")
    paces: ClassVar[tuple[str, ...]] = (NOW, DAILY, NEVER)
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("Two minutes to prepare for %(name)s") % {"name": self.partner.name}

    @property
    def path(self) -> str:
        return reverse("meetings:prepare", args=[self.meeting.partnership.key, self.meeting.key])


@dataclass(frozen=True, kw_only=True)
class PromiseDue(Message):
    """Not a word of what was promised."""

    commitment: Commitment
    me: Person
    reads_at: datetime
    kind: ClassVar[str] = "meetings.reminder_promise"
    label = gettext_lazy("Reminder: a promise of yours is due")
    action = gettext_lazy("See your promises")
    paces: ClassVar[tuple[str, ...]] = (NOW, DAILY, NEVER)

    @property
    def title(self) -> str:
        day = day_in_words(self._due, local(self.reads_at, self.me.time_zone).date())
        return _("A promise of yours is due: %(day)s") % {"day": day.lower()}

    @property
    def body(self) -> str:
        return _("You said it would be done by %(day)s. What it is, you read there.") % {
            "day": date_format(self._due, "l j F")
        }

    @property
    def path(self) -> str:
        return reverse("meetings:promises", args=[self.commitment.partnership.key])

    @property
    def about(self) -> str:
        return f"{self.commitment.key} {self._due.isoformat()}"

    @classmethod
    def stands(cls, about: str, *, now: datetime) -> bool:
        key, _space, day = about.partition(" ")
        return Commitment.objects.filter(
            key=key, due_on=day, state=Commitment.State.OPEN, partnership__state__in=MEETING
        ).exists()

    @property
    def _due(self) -> date:
        if self.commitment.due_on is None:
            raise ValueError("a promise without a day is never due")
        return self.commitment.due_on


def day_in_words(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return _("Today")
    return _("Tomorrow") if ahead == 1 else date_format(day, "l j F")
