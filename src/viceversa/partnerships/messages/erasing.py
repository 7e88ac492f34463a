"""About destroying what two people wrote. Who asked is said to the other alone, as a question."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.messages.naming import about
from viceversa.partnerships.models import Partnership


@dataclass(frozen=True, kw_only=True)
class AboutErasing(Message):
    partnership: Partnership

    @property
    def path(self) -> str:
        return reverse("partnerships:erase", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class ErasureWished(AboutErasing):
    partner: str
    kind: ClassVar[str] = "partnerships.erasure_wished"
    label = gettext_lazy("Your partner would like what you two wrote destroyed")
    action = gettext_lazy("Read what it means")

    @property
    def title(self) -> str:
        return _("%(name)s would like what you two wrote to be destroyed") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("It is destroyed only if you wish it too. You need not answer.")


@dataclass(frozen=True, kw_only=True)
class KeptAfterAll(AboutErasing):
    kind: ClassVar[str] = "partnerships.words_kept"
    label = gettext_lazy("What you two wrote stays")

    @property
    def title(self) -> str:
        return about(self.partnership, _("What you two wrote stays"))

    @property
    def body(self) -> str:
        return _("Nothing was destroyed. Only you two can read it, as before.")


@dataclass(frozen=True, kw_only=True)
class WordsErased(AboutErasing):
    kind: ClassVar[str] = "partnerships.words_erased"
    label = gettext_lazy("What you two wrote was destroyed")

    @property
    def title(self) -> str:
        return about(self.partnership, _("What you two wrote was destroyed"))

    @property
    def body(self) -> str:
        return _("Nobody can read it again, you two included. Your certificate stays.")
