from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from viceversa.notifications.rules import Message
from viceversa.notifications.rules.rhythm import NOW


@dataclass(frozen=True, kw_only=True)
class Digest(Message):
    """It comes because somebody chose it for other kinds, so it has no switch of its own."""

    kind: ClassVar[str] = "notifications.digest"
    label = gettext_lazy("Digests")
    action = gettext_lazy("Open your inbox")
    in_inbox: ClassVar[bool] = False
    paces: ClassVar[tuple[str, ...]] = (NOW,)
    number: int

    @property
    def title(self) -> str:
        return ngettext(
            "One thing since your last digest", "%(n)s things since your last digest", self.number
        ) % {"n": self.number}

    @property
    def body(self) -> str:
        return _("You asked for these in one letter. Your inbox has them, too.")
