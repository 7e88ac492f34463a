"""What people are told about themes. Never who sent one, nor what was said."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.insights.models import Theme
from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class ThemePassedOn(Message):
    theme: Theme
    kind: ClassVar[str] = "insights.theme_passed_on"
    label = gettext_lazy("A theme is passed on to you")

    @property
    def title(self) -> str:
        return _("People tell you about %(theme)s") % {"theme": self.theme}

    @property
    def body(self) -> str:
        return _("Read it, and say in public what you do about it. Who sent it is known to nobody.")

    @property
    def path(self) -> str:
        return reverse("insights:theme_answer", args=[self.theme.key])
