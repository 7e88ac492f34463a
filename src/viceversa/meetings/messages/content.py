"""What the two are told about each other's writing: that there is something, never what."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.meetings.models import Meeting
from viceversa.notifications.rules import Message
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person


@dataclass(frozen=True, kw_only=True)
class AboutHalfHour(Message):
    meeting: Meeting
    writer: Person
    page: ClassVar[str] = "meetings:prepare"

    @property
    def path(self) -> str:
        return reverse(self.page, args=[self.meeting.partnership.key, self.meeting.key])

    @property
    def body(self) -> str:
        return _("Only you two can read it.")


@dataclass(frozen=True, kw_only=True)
class PartnerPrepared(AboutHalfHour):
    kind: ClassVar[str] = "meetings.partner_prepared"
    label = gettext_lazy("Your partner has prepared for your half hour")

    @property
    def title(self) -> str:
        return _("%(name)s has prepared for your half hour") % {"name": self.writer.name}


@dataclass(frozen=True, kw_only=True)
class AgendaReady(AboutHalfHour):
    kind: ClassVar[str] = "meetings.agenda_ready"
    label = gettext_lazy("The agenda of your half hour is ready")

    @property
    def title(self) -> str:
        return _("%(name)s has set the agenda of your half hour") % {"name": self.writer.name}


@dataclass(frozen=True, kw_only=True)
class PartnerLookedBack(AboutHalfHour):
    kind: ClassVar[str] = "meetings.partner_looked_back"
    label = gettext_lazy("Your partner looked back on your half hour")
    page: ClassVar[str] = "meetings:after"

    @property
    def title(self) -> str:
        return _("%(name)s looked back on your half hour") % {"name": self.writer.name}


@dataclass(frozen=True, kw_only=True)
class NoteStruck(AboutHalfHour):
    kind: ClassVar[str] = "meetings.note_struck"
    label = gettext_lazy("A note of yours and your partner's was struck")
    page: ClassVar[str] = "meetings:room"

    @property
    def title(self) -> str:
        return _("%(name)s struck a note") % {"name": self.writer.name}

    @property
    def body(self) -> str:
        return _("It is gone from both your copies. Nobody can read it any more.")


@dataclass(frozen=True, kw_only=True)
class AboutPromise(Message):
    partnership: Partnership
    writer: Person

    @property
    def path(self) -> str:
        return reverse("meetings:promises", args=[self.partnership.key])

    @property
    def body(self) -> str:
        return _("Only you two can read what it is.")


@dataclass(frozen=True, kw_only=True)
class PromiseMade(AboutPromise):
    kind: ClassVar[str] = "meetings.promise_made"
    label = gettext_lazy("Your learner made a promise")

    @property
    def title(self) -> str:
        return _("%(name)s made you a promise") % {"name": self.writer.name}


@dataclass(frozen=True, kw_only=True)
class PromiseClosed(AboutPromise):
    kind: ClassVar[str] = "meetings.promise_closed"
    label = gettext_lazy("Your learner closed a promise")

    @property
    def title(self) -> str:
        return _("%(name)s closed a promise") % {"name": self.writer.name}
