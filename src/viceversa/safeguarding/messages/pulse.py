"""Told to everybody who is asked, answered or not: nobody knows who has."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.safeguarding.models import Wave


@dataclass(frozen=True, kw_only=True)
class _AboutPulse(Message):
    wave: Wave

    @property
    def path(self) -> str:
        return reverse("safeguarding:pulse", args=[self.wave.key])

    @property
    def about(self) -> str:
        return self.wave.key


@dataclass(frozen=True, kw_only=True)
class PulseOpened(_AboutPulse):
    kind: ClassVar[str] = "safeguarding.pulse_opened"
    label = gettext_lazy("A pulse asks how it is going")

    @property
    def title(self) -> str:
        return _("How is it going? A minute, without your name")

    @property
    def body(self) -> str:
        return _(
            "%(programme)s asks until %(day)s. Nobody can read an answer before the close, and "
            "nobody learns who answered."
        ) % {"programme": self.wave.programme, "day": date_format(self.wave.closes_on, "j F")}

    @classmethod
    def stands(cls, about: str, *, now: datetime) -> bool:
        return Wave.objects.filter(key=about, state=Wave.State.OPEN).exists()


@dataclass(frozen=True, kw_only=True)
class PulseReminder(PulseOpened):
    kind: ClassVar[str] = "safeguarding.pulse_reminder"
    label = gettext_lazy("A pulse closes soon")

    @property
    def title(self) -> str:
        return _("The pulse closes on %(day)s") % {"day": date_format(self.wave.closes_on, "j F")}

    @property
    def body(self) -> str:
        return _(
            "This goes to everybody who was asked, since nobody knows who has answered. If you "
            "have, there is nothing to do."
        )


@dataclass(frozen=True, kw_only=True)
class PulseClosed(_AboutPulse):
    kind: ClassVar[str] = "safeguarding.pulse_closed"
    label = gettext_lazy("The results of a pulse are there")

    @property
    def title(self) -> str:
        return _("The pulse of %(programme)s is closed") % {"programme": self.wave.programme}

    @property
    def body(self) -> str:
        if self.wave.state == Wave.State.TOO_FEW:
            return _("Too few answered to show anything. What was answered is destroyed.")
        return _("The results are there. The single answers are destroyed.")

    @property
    def path(self) -> str:
        return reverse("safeguarding:results", args=[self.wave.key])
