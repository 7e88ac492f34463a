"""The power watch. To the two why it pauses, in words that blame nobody; to coordinators only that
something is to be done."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.messages.partnership import AboutPartnership


@dataclass(frozen=True, kw_only=True)
class PartnershipHeld(AboutPartnership):
    kind: ClassVar[str] = "safeguarding.partnership_held"
    label = gettext_lazy("Your partnership pauses because your positions have changed")

    @property
    def title(self) -> str:
        return _("Your partnership pauses, because your positions have changed")

    @property
    def body(self) -> str:
        return _(
            "One of you now stands above the other, or has a say in the other's pay or promotion. "
            "Partners do not, so that both can speak freely. Nobody did anything wrong, nobody "
            "asked for this, and nothing is expected of you meanwhile. The coordinators know that "
            "a new partner may be needed. What you two wrote stays yours."
        )


@dataclass(frozen=True, kw_only=True)
class HoldOver(AboutPartnership):
    kind: ClassVar[str] = "safeguarding.hold_over"
    label = gettext_lazy("Your partnership could go on, after your positions changed again")

    @property
    def title(self) -> str:
        return _("Your partnership can go on, if both of you like")

    @property
    def body(self) -> str:
        return _(
            "Neither of you stands above the other any more. It stays paused until one of you "
            "goes on."
        )


@dataclass(frozen=True, kw_only=True)
class ActionNeeded(Message):
    kind: ClassVar[str] = "safeguarding.action_needed"
    label = gettext_lazy("Partnerships of a programme need you")
    slug: str
    programme: str
    number: int

    @property
    def title(self) -> str:
        return _("Action needed in %(programme)s") % {"programme": self.programme}

    @property
    def body(self) -> str:
        if self.number == 1:
            return _("One partnership pauses and needs you to do something.")
        return _("%(n)s partnerships pause and need you to do something.") % {"n": self.number}

    @property
    def path(self) -> str:
        return reverse("safeguarding:action_needed", args=[self.slug])
