"""Pausing, going on, closing and ending. None says who asked for it, and none gives a reason."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.partnerships.messages.naming import about
from viceversa.partnerships.messages.partnership import AboutPartnership


@dataclass(frozen=True, kw_only=True)
class PartnershipPaused(AboutPartnership):
    until: date | None = None
    kind: ClassVar[str] = "partnerships.paused"
    label = gettext_lazy("Your partnership pauses")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Your partnership pauses"))

    @property
    def body(self) -> str:
        if self.until is None:
            return _("Nothing is expected of you meanwhile. Either of you can go on at any time.")
        return _("It goes on by itself on %(day)s. Nothing is expected of you meanwhile.") % {
            "day": date_format(self.until, "j F Y")
        }


@dataclass(frozen=True, kw_only=True)
class PartnershipResumed(AboutPartnership):
    kind: ClassVar[str] = "partnerships.resumed"
    label = gettext_lazy("Your partnership goes on after a pause")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Your partnership goes on"))

    @property
    def body(self) -> str:
        return _("The pause is over. Fix your next half hour when it suits both of you.")


@dataclass(frozen=True, kw_only=True)
class ClosingWished(AboutPartnership):
    kind: ClassVar[str] = "partnerships.closing_wished"
    label = gettext_lazy("Your partner would like to close")

    @property
    def title(self) -> str:
        return about(
            self.partnership, _("Your partner would like to bring your partnership to a close")
        )

    @property
    def body(self) -> str:
        return _("Close it together, or go on. Nothing changes before you have said which.")


@dataclass(frozen=True, kw_only=True)
class ClosingStarted(AboutPartnership):
    kind: ClassVar[str] = "partnerships.closing_started"
    label = gettext_lazy("Your partnership comes to its close")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Your partnership comes to its close"))

    @property
    def body(self) -> str:
        return _("Look back, each for yourself first. You can still meet meanwhile.")


@dataclass(frozen=True, kw_only=True)
class WentOn(AboutPartnership):
    kind: ClassVar[str] = "partnerships.went_on"
    label = gettext_lazy("Your partnership does not close yet")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Your partnership goes on"))

    @property
    def body(self) -> str:
        return _("It does not close yet.")


@dataclass(frozen=True, kw_only=True)
class PartnershipOver(AboutPartnership):
    """The same words for both, so that they tell nothing about who asked for it."""

    kind: ClassVar[str] = "partnerships.over"
    label = gettext_lazy("Your partnership has ended")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Your partnership has ended"))

    @property
    def body(self) -> str:
        return _(
            "It ends here, without fault on either side. The coordinators of %(programme)s "
            "know that a new partner is needed, and nothing else."
        ) % {"programme": self.partnership.programme}
