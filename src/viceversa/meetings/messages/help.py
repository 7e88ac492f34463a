"""Help that is offered, and reminders. Never what anybody wrote, nor why something was called
off."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.meetings.models import Delegate
from viceversa.notifications.rules import Message
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person


@dataclass(frozen=True, kw_only=True)
class NewTimesOffered(Message):
    """To the side that called off twice."""

    kind: ClassVar[str] = "meetings.new_times_offered"
    label = gettext_lazy("Three new times, after two half hours were called off")
    partnership: Partnership
    partner: Person

    @property
    def title(self) -> str:
        return _("Three new times with %(name)s") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _(
            "Two half hours in a row were called off. Three times suit both of you; one tap takes "
            "one."
        )

    @property
    def path(self) -> str:
        return reverse("meetings:list", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class AssistantAsked(Message):
    kind: ClassVar[str] = "meetings.assistant_asked"
    label = gettext_lazy("Half hours of somebody you book for need a new time")
    partnership: Partnership
    delegate: Delegate
    partner: Person

    @property
    def title(self) -> str:
        return _("%(principal)s and %(partner)s need a new time") % {
            "principal": self.delegate.principal.name,
            "partner": self.partner.name,
        }

    @property
    def body(self) -> str:
        return _("Two half hours in a row were called off. Please look for a time that holds.")

    @property
    def path(self) -> str:
        return reverse("meetings:assistant_list", args=[self.delegate.key, self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class HelpNeeded(Message):
    """To the coordinators: that something is needed, and nothing of what was said."""

    kind: ClassVar[str] = "meetings.help_needed"
    label = gettext_lazy("A partnership needs help")
    partnership: Partnership

    @property
    def title(self) -> str:
        return _("%(partnership)s need help") % {"partnership": self.partnership}

    @property
    def body(self) -> str:
        return _("What happened and what you can do stands on the page of those who need help.")

    @property
    def path(self) -> str:
        return reverse("meetings:help", args=[self.partnership.programme.slug])


@dataclass(frozen=True, kw_only=True)
class FirstContactDue(Message):
    kind: ClassVar[str] = "meetings.first_contact_due"
    label = gettext_lazy("Your adviser waits for a first word")
    partnership: Partnership
    partner: Person

    @property
    def title(self) -> str:
        return _("%(name)s waits to hear from you") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("Two sentences are enough: hello, and what you hope for.")

    @property
    def path(self) -> str:
        return reverse("partnerships:detail", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class AnswerDue(FirstContactDue):
    kind: ClassVar[str] = "meetings.answer_due"
    label = gettext_lazy("Your partner waits for an answer")

    @property
    def title(self) -> str:
        return _("%(name)s waits for your answer") % {"name": self.partner.name}

    @property
    def body(self) -> str:
        return _("A short one will do, or a half hour in the calendar.")


@dataclass(frozen=True, kw_only=True)
class PlacePassedOn(Message):
    """To both: nobody is at fault, and nothing is said about who was silent."""

    kind: ClassVar[str] = "meetings.place_passed_on"
    label = gettext_lazy("Your place went to the waiting list")
    partnership: Partnership

    @property
    def title(self) -> str:
        return _("Your partnership in %(programme)s makes room for somebody who waits") % {
            "programme": self.partnership.programme
        }

    @property
    def body(self) -> str:
        return _(
            "It has been quiet for two weeks, so it ends here, without fault on either side. "
            "Write to the coordinators if this is a mistake."
        )

    @property
    def path(self) -> str:
        return reverse("partnerships:detail", args=[self.partnership.key])
