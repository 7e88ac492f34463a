"""What people are told about asks and rounds. Never content, never a reason for a no."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.matching.models import Ask, Round
from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class _AboutAsk(Message):
    ask: Ask

    @property
    def path(self) -> str:
        return reverse("matching:ask", args=[self.ask.programme.slug, self.ask.key])


@dataclass(frozen=True, kw_only=True)
class AskReceived(_AboutAsk):
    kind: ClassVar[str] = "matching.asked"
    label = gettext_lazy("A learner asks you to advise")

    @property
    def title(self) -> str:
        return _("%(name)s asks you to advise") % {"name": self.ask.learner.person}

    @property
    def body(self) -> str:
        return _(
            "Read what it is about and say yes, ask a question first, or say no. "
            "A no is private: no reason is asked for and none is shown."
        )


@dataclass(frozen=True, kw_only=True)
class AskQuestioned(_AboutAsk):
    kind: ClassVar[str] = "matching.questioned"
    label = gettext_lazy("An adviser has a question before answering")

    @property
    def title(self) -> str:
        return _("%(name)s has a question first") % {"name": self.ask.adviser.person}

    @property
    def body(self) -> str:
        return _("Answer it, and your ask goes on.")


@dataclass(frozen=True, kw_only=True)
class AskReplied(_AboutAsk):
    kind: ClassVar[str] = "matching.replied"
    label = gettext_lazy("A learner answered your question")

    @property
    def title(self) -> str:
        return _("%(name)s answered your question") % {"name": self.ask.learner.person}

    @property
    def body(self) -> str:
        return _("You can say yes or no now.")


@dataclass(frozen=True, kw_only=True)
class AskWithdrawn(_AboutAsk):
    kind: ClassVar[str] = "matching.ask_withdrawn"
    label = gettext_lazy("An ask to you needs no answer any more")

    @property
    def title(self) -> str:
        return _("An ask to you needs no answer any more")

    @property
    def body(self) -> str:
        return _("The learner's plans changed. There is nothing for you to do.")


@dataclass(frozen=True, kw_only=True)
class NotThisTime(Message):
    """The same words for a no, for silence and for a full calendar."""

    ask: Ask
    next_is_asked: bool
    kind: ClassVar[str] = "matching.not_this_time"
    label = gettext_lazy("One of your choices did not work out")

    @property
    def title(self) -> str:
        return _("Not this time")

    @property
    def body(self) -> str:
        if self.next_is_asked:
            return _("Your next choice has been asked. There is nothing for you to do.")
        return _("You have no further choice waiting. Choose again whenever you like.")

    @property
    def path(self) -> str:
        return reverse("matching:choose", args=[self.ask.programme.slug])


@dataclass(frozen=True, kw_only=True)
class _AboutRound(Message):
    round: Round

    @property
    def path(self) -> str:
        return reverse("matching:round", args=[self.round.programme.slug, self.round.number])


@dataclass(frozen=True, kw_only=True)
class RoundReady(_AboutRound):
    kind: ClassVar[str] = "matching.round_ready"
    label = gettext_lazy("A round of matching is ready to review")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(round)s of %(programme)s is ready to review") % {
            "round": self.round,
            "programme": self.round.programme,
        }

    @property
    def body(self) -> str:
        return _("Nothing is sent before you publish.")


@dataclass(frozen=True, kw_only=True)
class RoundFailed(_AboutRound):
    kind: ClassVar[str] = "matching.round_failed"
    label = gettext_lazy("A round of matching could not be solved")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(round)s of %(programme)s could not be solved") % {
            "round": self.round,
            "programme": self.round.programme,
        }

    @property
    def body(self) -> str:
        return self.round.failure[:300]
