"""That there is something to read, and from whom. Never what it says."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.models import Partnership


@dataclass(frozen=True, kw_only=True)
class LetterSent(Message):
    partnership: Partnership
    partner: str
    kind: ClassVar[str] = "partnerships.letter"
    label = gettext_lazy("Your partner wrote to you")

    @property
    def title(self) -> str:
        return _("%(name)s wrote to you") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("Only you two can read it. It opens when you are signed in.")

    @property
    def path(self) -> str:
        return reverse("partnerships:messages", args=[self.partnership.key]) + "#newest"


@dataclass(frozen=True, kw_only=True)
class LedgerWritten(Message):
    partnership: Partnership
    partner: str
    kind: ClassVar[str] = "partnerships.ledger"
    label = gettext_lazy("Your partner wrote down what went both ways")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(name)s wrote down what went both ways") % {"name": self.partner}

    @property
    def path(self) -> str:
        return reverse("partnerships:ledger", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class SharedAgain(Message):
    partnership: Partnership
    partner: str
    kind: ClassVar[str] = "partnerships.shared_again"
    label = gettext_lazy("Your partner let you in again")

    @property
    def title(self) -> str:
        return _("%(name)s let you in again") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("What you two wrote before opens for you once more.")

    @property
    def path(self) -> str:
        return reverse("partnerships:messages", args=[self.partnership.key])
