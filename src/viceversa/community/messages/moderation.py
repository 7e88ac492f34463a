from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class _AboutMine(Message):
    what: str
    where: str

    @property
    def path(self) -> str:
        return self.where


@dataclass(frozen=True, kw_only=True)
class Hidden(_AboutMine):
    reason: str
    kind: ClassVar[str] = "community.hidden"
    label = gettext_lazy("Something you wrote for your programme was hidden")

    @property
    def title(self) -> str:
        return _("Your %(what)s is hidden from the others") % {"what": self.what}

    @property
    def body(self) -> str:
        return _("The reason given: %(reason)s You still see it; write it anew if you like.") % {
            "reason": self.reason if self.reason[-1] in ".?!" else f"{self.reason}."
        }


@dataclass(frozen=True, kw_only=True)
class ShownAgain(_AboutMine):
    kind: ClassVar[str] = "community.shown_again"
    label = gettext_lazy("Something you wrote for your programme is shown again")

    @property
    def title(self) -> str:
        return _("Your %(what)s is shown again") % {"what": self.what}
