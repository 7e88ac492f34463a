from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.messages.naming import about
from viceversa.partnerships.models import Partnership


@dataclass(frozen=True, kw_only=True)
class AboutPartnership(Message):
    partnership: Partnership

    @property
    def path(self) -> str:
        return reverse("partnerships:detail", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class PartnershipProposed(AboutPartnership):
    kind: ClassVar[str] = "partnerships.proposed"
    label = gettext_lazy("A partner is proposed to you")

    @property
    def title(self) -> str:
        return _("A partner for you in %(programme)s") % {"programme": self.partnership.programme}

    @property
    def body(self) -> str:
        return _("Look at who it is and say yes or no. Nothing starts before both of you say yes.")


@dataclass(frozen=True, kw_only=True)
class PartnerAccepted(AboutPartnership):
    kind: ClassVar[str] = "partnerships.partner_accepted"
    label = gettext_lazy("Your proposed partner said yes")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Your proposed partner said yes"))

    @property
    def body(self) -> str:
        return _("One yes is missing: yours.")


@dataclass(frozen=True, kw_only=True)
class PartnershipAccepted(AboutPartnership):
    kind: ClassVar[str] = "partnerships.accepted"
    label = gettext_lazy("Both of you said yes")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Both of you said yes"))

    @property
    def body(self) -> str:
        return _(
            "You are partners in %(programme)s. The agreement comes next: a few questions, two "
            "minutes each, which you answer apart."
        ) % {"programme": self.partnership.programme}


@dataclass(frozen=True, kw_only=True)
class PartnershipNotTaken(AboutPartnership):
    """Says that it will not happen; never who said so, nor why."""

    kind: ClassVar[str] = "partnerships.not_taken"
    label = gettext_lazy("A proposed partnership will not happen")

    @property
    def title(self) -> str:
        return _("The proposed partnership will not happen")

    @property
    def body(self) -> str:
        return _("This happens for many reasons and needs none. The coordinators look for another.")


@dataclass(frozen=True, kw_only=True)
class PartnerGone(AboutPartnership):
    """Nobody is at fault, and nothing more is said about why."""

    kind: ClassVar[str] = "partnerships.partner_gone"
    label = gettext_lazy("Your partner no longer takes part")

    @property
    def title(self) -> str:
        return _("Your partner no longer takes part")

    @property
    def body(self) -> str:
        return _(
            "Your partnership in %(programme)s ends here, without fault on either side. "
            "The coordinators look for another partner for you."
        ) % {"programme": self.partnership.programme}
