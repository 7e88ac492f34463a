"""About a note on where the adviser could grow: that it is there, never a word of it."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.models import Partnership


@dataclass(frozen=True, kw_only=True)
class AboutFeedback(Message):
    partnership: Partnership
    partner: str

    @property
    def path(self) -> str:
        return reverse("partnerships:feedback", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(AboutFeedback):
    kind: ClassVar[str] = "partnerships.feedback_given"
    label = gettext_lazy("Your partner wrote where you could grow")

    @property
    def title(self) -> str:
        return _("%(name)s wrote a note for you") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("What they saw, why it matters, one next step. Only you two can read it.")


@dataclass(frozen=True, kw_only=True)
class FeedbackHeard(AboutFeedback):
    kind: ClassVar[str] = "partnerships.feedback_heard"
    label = gettext_lazy("Your partner has read your note")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(name)s has read your note") % {"name": self.partner}
