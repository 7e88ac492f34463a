from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.models import Partnership


@dataclass(frozen=True, kw_only=True)
class _AboutPartnership(Message):
    partnership: Partnership

    @property
    def path(self) -> str:
        return reverse("partnerships:detail", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class PartnershipProposed(_AboutPartnership):
    kind: ClassVar[str] = "partnerships.proposed"
    label = gettext_lazy("A partner is proposed to you")

    @property
    def title(self) -> str:
        return _("A partner for you in %(programme)s") % {"programme": self.partnership.programme}

    @property
    def body(self) -> str:
        return _("Look at who it is and say yes or no. Nothing starts before both of you say yes.")


@dataclass(frozen=True, kw_only=True)
class PartnerAccepted(_AboutPartnership):
    kind: ClassVar[str] = "partnerships.partner_accepted"
    label = gettext_lazy("Your proposed partner said yes")

    @property
    def title(self) -> str:
        return _("Your proposed partner said yes")

    @property
    def body(self) -> str:
        return _("One yes is missing: yours.")


@dataclass(frozen=True, kw_only=True)
class PartnershipAccepted(_AboutPartnership):
    kind: ClassVar[str] = "partnerships.accepted"
    label = gettext_lazy("Both of you said yes")

    @property
    def title(self) -> str:
        return _("Both of you said yes")

    @property
    def body(self) -> str:
        return _("You are partners in %(programme)s.") % {"programme": self.partnership.programme}


@dataclass(frozen=True, kw_only=True)
class PartnershipNotTaken(_AboutPartnership):
    """Says that it will not happen; never who said so, nor why."""

    kind: ClassVar[str] = "partnerships.not_taken"
    label = gettext_lazy("A proposed partnership will not happen")

    @property
    def title(self) -> str:
        return _("The proposed partnership will not happen")

    @property
    def body(self) -> str:
        return _("This happens for many reasons and needs none. The coordinators look for another.")


@dataclass(frozen=True, kw_only=True)
class PartnerGone(_AboutPartnership):
    """Nobody is at fault, and nothing more is said about why."""

    kind: ClassVar[str] = "partnerships.partner_gone"
    label = gettext_lazy("Your partner no longer takes part")

    @property
    def title(self) -> str:
        return _("Your partner no longer takes part")

    @property
    def body(self) -> str:
        return _(
            "Your partnership in %(programme)s ends here, without fault on either side. "
            "The coordinators look for another partner for you."
        ) % {"programme": self.partnership.programme}


@dataclass(frozen=True, kw_only=True)
class HalfHourProposed(_AboutPartnership):
    """The date in the adviser's own time; neither place nor agenda."""

    kind: ClassVar[str] = "partnerships.next_proposed"
    label = gettext_lazy("Your learner proposes a half hour")

    @property
    def title(self) -> str:
        return _("A half hour is proposed to you")

    @property
    def body(self) -> str:
        return _("%(when)s. What it is about stands on the page of your partnership.") % {
            "when": _when_for_adviser(self.partnership)
        }


@dataclass(frozen=True, kw_only=True)
class HalfHourChanged(_AboutPartnership):
    kind: ClassVar[str] = "partnerships.next_changed"
    label = gettext_lazy("Your learner changed the next half hour")

    @property
    def title(self) -> str:
        return _("Your next half hour was changed")

    @property
    def body(self) -> str:
        return _("It is now on %(when)s. The rest stands on the page of your partnership.") % {
            "when": _when_for_adviser(self.partnership)
        }


@dataclass(frozen=True, kw_only=True)
class HalfHourCalledOff(_AboutPartnership):
    kind: ClassVar[str] = "partnerships.next_called_off"
    label = gettext_lazy("Your learner took the next half hour back")

    @property
    def title(self) -> str:
        return _("Your next half hour was taken back")

    @property
    def body(self) -> str:
        return _("Your learner proposes another one. There is nothing for you to do.")


def _when_for_adviser(partnership: Partnership) -> str:
    """Raises ValueError when no half hour is set."""
    if partnership.next_at is None:
        raise ValueError("No half hour is set.")
    zone = partnership.adviser.person.time_zone
    there = partnership.next_at.astimezone(ZoneInfo(zone))
    return _("%(date)s (%(zone)s)") % {"date": date_format(there, "l j F Y, H:i"), "zone": zone}


def said_about_next(code: str) -> str:
    """What to do about a half hour that cannot be set so; codes of `rules.wrong_with_…`."""
    return {
        "past": _("That moment has passed. Choose one that is still to come."),
        "far": _("That is more than a year away. Choose an earlier day."),
        "long_place": _("Write the place or link in at most 200 characters."),
        "many_lines": _("Keep the agenda to three lines: half an hour holds no more."),
        "long_agenda": _("Write the agenda in at most 600 characters."),
    }[code]
