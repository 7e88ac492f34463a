"""About putting a name forward: that something happened, never for what, never which answer."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.models import Partnership


@dataclass(frozen=True, kw_only=True)
class AboutForward(Message):
    partnership: Partnership
    partner: str

    @property
    def path(self) -> str:
        return reverse("partnerships:forward", args=[self.partnership.key])

    @property
    def _named(self) -> dict[str, str]:
        return {"name": self.partner}


@dataclass(frozen=True, kw_only=True)
class ForwardAsked(AboutForward):
    kind: ClassVar[str] = "partnerships.forward_asked"
    label = gettext_lazy("Your partner would like to put your name forward")

    @property
    def title(self) -> str:
        return _("%(name)s would like to put your name forward") % self._named

    @property
    def body(self) -> str:
        return _("For one thing only, and only if you say yes. A no needs no reason.")


@dataclass(frozen=True, kw_only=True)
class ForwardAnswered(AboutForward):
    kind: ClassVar[str] = "partnerships.forward_answered"
    label = gettext_lazy("Your partner answers whether you may put their name forward")

    @property
    def title(self) -> str:
        return _("%(name)s has answered whether you may put their name forward") % self._named


@dataclass(frozen=True, kw_only=True)
class ForwardDone(AboutForward):
    kind: ClassVar[str] = "partnerships.forward_done"
    label = gettext_lazy("Your partner has put your name forward")

    @property
    def title(self) -> str:
        return _("%(name)s has put your name forward") % self._named

    @property
    def body(self) -> str:
        return _("What comes of it is for others to decide.")


@dataclass(frozen=True, kw_only=True)
class ForwardTakenBack(AboutForward):
    kind: ClassVar[str] = "partnerships.forward_taken_back"
    label = gettext_lazy("Your partner no longer plans to put your name forward")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(name)s took back what you were asked about your name") % self._named
