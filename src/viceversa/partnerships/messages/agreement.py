"""Whose turn it is with the agreement. Never a word of what stands in it."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.messages.naming import about
from viceversa.partnerships.models import Partnership


@dataclass(frozen=True, kw_only=True)
class AboutAgreement(Message):
    partnership: Partnership
    partner: str = ""

    @property
    def path(self) -> str:
        return reverse("partnerships:agreement", args=[self.partnership.key])


@dataclass(frozen=True, kw_only=True)
class AnswersHandedIn(AboutAgreement):
    kind: ClassVar[str] = "partnerships.answers_handed_in"
    label = gettext_lazy("Your partner has answered for the agreement")

    @property
    def title(self) -> str:
        return _("%(name)s has answered for your agreement") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("You read each other's answers side by side as soon as both have answered.")


@dataclass(frozen=True, kw_only=True)
class RepliesGiven(AboutAgreement):
    kind: ClassVar[str] = "partnerships.replies_given"
    label = gettext_lazy("Your adviser says how far they can help")

    @property
    def title(self) -> str:
        return _("%(name)s has replied to what you want to reach") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("Read it, and put the agreement together.")


@dataclass(frozen=True, kw_only=True)
class AgreementToSign(AboutAgreement):
    kind: ClassVar[str] = "partnerships.agreement_to_sign"
    label = gettext_lazy("An agreement waits for your signature")

    @property
    def title(self) -> str:
        return _("Your agreement with %(name)s waits for your signature") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("Read it, change what does not fit, and sign. What changed is marked.")


@dataclass(frozen=True, kw_only=True)
class PartnerSigned(AboutAgreement):
    kind: ClassVar[str] = "partnerships.partner_signed"
    label = gettext_lazy("Your partner has signed")

    @property
    def title(self) -> str:
        return _("%(name)s has signed your agreement") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("One signature is missing: yours.")


@dataclass(frozen=True, kw_only=True)
class AgreementHolds(AboutAgreement):
    kind: ClassVar[str] = "partnerships.agreement_holds"
    label = gettext_lazy("Both of you signed")

    @property
    def title(self) -> str:
        return about(self.partnership, _("Both of you signed"))

    @property
    def body(self) -> str:
        return _("Your agreement holds from now on. You can book your next half hour.")


@dataclass(frozen=True, kw_only=True)
class DraftSetAside(AboutAgreement):
    kind: ClassVar[str] = "partnerships.draft_set_aside"
    label = gettext_lazy("A change to your agreement was set aside")

    @property
    def title(self) -> str:
        return _("%(name)s has set the change to your agreement aside") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("What you both signed before holds on.")


@dataclass(frozen=True, kw_only=True)
class ConfidentialityRaised(AboutAgreement):
    kind: ClassVar[str] = "partnerships.confidentiality_raised"
    label = gettext_lazy("Your partner wants more to stay between you")

    @property
    def title(self) -> str:
        return _("More stays between you and %(name)s from now on") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("One of you is enough to raise confidentiality. Lowering it needs both.")
