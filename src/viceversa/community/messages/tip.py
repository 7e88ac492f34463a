from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.community.models import Tip
from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class TipThanked(Message):
    """A line in the inbox; by e-mail for those who choose it."""

    tip: Tip
    name: str
    kind: ClassVar[str] = "community.tip_thanked"
    label = gettext_lazy("Somebody thanks you for a tip")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(name)s thanks you for a tip") % {"name": self.name}

    @property
    def body(self) -> str:
        return _("Nobody but you sees who said so, or how many did.")

    @property
    def path(self) -> str:
        return reverse("community:tips", args=[self.tip.programme.slug])
