"""About closing: whose turn it is and how it went on. Never what anybody wrote."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.messages.naming import about
from viceversa.partnerships.models import Partnership


@dataclass(frozen=True, kw_only=True)
class AboutClosing(Message):
    partnership: Partnership

    @property
    def path(self) -> str:
        return reverse("partnerships:closing", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class PartnerLookedBack(AboutClosing):
    partner: str
    kind: ClassVar[str] = "partnerships.partner_looked_back"
    label = gettext_lazy("Your partner has looked back on your time together")

    @property
    def title(self) -> str:
        return _("%(name)s has looked back on your time together") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("You read it once you have handed in yours. It takes about two minutes.")


@dataclass(frozen=True, kw_only=True)
class BothLookedBack(AboutClosing):
    kind: ClassVar[str] = "partnerships.both_looked_back"
    label = gettext_lazy("Both of you have looked back")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Both of you have looked back"))

    @property
    def body(self) -> str:
        return _("Read it side by side, and finish together or go on.")


@dataclass(frozen=True, kw_only=True)
class PartnershipGoesOn(AboutClosing):
    until: date
    kind: ClassVar[str] = "partnerships.goes_on"
    label = gettext_lazy("Your partnership goes on")

    @property
    def title(self) -> str:
        day = date_format(self.until, "j F Y")
        return about(self.partnership, _("You two go on until %(day)s") % {"day": day})

    @property
    def path(self) -> str:
        return reverse("partnerships:detail", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class PartnershipCompleted(AboutClosing):
    kind: ClassVar[str] = "partnerships.completed"
    label = gettext_lazy("Your partnership is completed")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Your partnership is completed"))

    @property
    def body(self) -> str:
        return _("Your certificate is ready. What you two wrote stays readable for you two.")
