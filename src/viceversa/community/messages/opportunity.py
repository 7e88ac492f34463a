"""About opportunities: that somebody is interested, and what came of it."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.community.models import Opportunity
from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class _AboutOpportunity(Message):
    opportunity: Opportunity

    @property
    def path(self) -> str:
        slug = self.opportunity.programme.slug
        return reverse("community:opportunity", args=[slug, self.opportunity.key])


@dataclass(frozen=True, kw_only=True)
class InterestShown(_AboutOpportunity):
    name: str
    kind: ClassVar[str] = "community.interest_shown"
    label = gettext_lazy("Somebody is interested in what you posted")

    @property
    def title(self) -> str:
        return _("%(name)s is interested in what you posted") % {"name": self.name}

    @property
    def body(self) -> str:
        return _("Only you two know. Speak with them, and say afterwards what came of it.")


@dataclass(frozen=True, kw_only=True)
class OutcomeSaid(_AboutOpportunity):
    """A line in the inbox; by e-mail for those who choose it."""

    taken_part: bool
    kind: ClassVar[str] = "community.outcome_said"
    label = gettext_lazy("What came of an opportunity you were interested in")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        if self.taken_part:
            return _("It is noted that you took part")
        return _("An opportunity did not come to you this time")

    @property
    def body(self) -> str:
        return _("It is counted without names. Tell whoever posted it if it is not so.")


@dataclass(frozen=True, kw_only=True)
class OpportunityClosed(_AboutOpportunity):
    kind: ClassVar[str] = "community.opportunity_closed"
    label = gettext_lazy("An opportunity you were interested in is closed")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("An opportunity you were interested in is closed")
