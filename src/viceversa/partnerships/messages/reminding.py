"""Reminders of what waits in a partnership: that there is something, never what anybody wrote."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.notifications.rules.rhythm import DAILY, NEVER, NOW
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.turns import turn_stands
from viceversa.partnerships.rules import reminders
from viceversa.partnerships.rules.reminders import Turn


@dataclass(frozen=True, kw_only=True)
class OfTurn(Message):
    partnership: Partnership
    turn: Turn
    partner: str
    page: ClassVar[str] = "partnerships:detail"
    paces: ClassVar[tuple[str, ...]] = (NOW, DAILY, NEVER)

    @property
    def path(self) -> str:
        return reverse(self.page, args=[self.partnership.key])

    @property
    def about(self) -> str:
        return f"{self.partnership.key} {self.turn.code}"

    @classmethod
    def stands(cls, about: str, *, now: datetime) -> bool:
        """Not when it was done in the meantime, or the two pause or end."""
        key, what, side, since = about.split(" ")
        partnership = Partnership.objects.select_related("programme").filter(key=key).first()
        turn = Turn(what, side, datetime.fromtimestamp(int(since), UTC))
        return partnership is not None and turn_stands(partnership, turn, now.date())

    @property
    def last_day(self) -> date:
        return self.turn.since.date()


@dataclass(frozen=True, kw_only=True)
class AnswerWaits(OfTurn):
    kind: ClassVar[str] = "partnerships.reminder_answer"
    label = gettext_lazy("Reminder: a proposed partner waits for your answer")
    action = gettext_lazy("Say yes or no")

    @property
    def title(self) -> str:
        return _("%(name)s is proposed to you: yes or no?") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("It takes two minutes. A no needs no reason, and nobody is told who said it.")


@dataclass(frozen=True, kw_only=True)
class AgreementWaits(OfTurn):
    kind: ClassVar[str] = "partnerships.reminder_agreement"
    label = gettext_lazy("Reminder: your agreement waits for you")
    action = gettext_lazy("Go to the agreement")
    page: ClassVar[str] = "partnerships:agreement"

    @property
    def title(self) -> str:
        return _("Your agreement with %(name)s waits for you") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("It is your turn. The page says what is missing; a step takes two minutes.")


@dataclass(frozen=True, kw_only=True)
class LookBackWaits(OfTurn):
    kind: ClassVar[str] = "partnerships.reminder_look_back"
    label = gettext_lazy("Reminder: look back on your time together")
    action = gettext_lazy("Look back in two minutes")
    page: ClassVar[str] = "partnerships:closing"

    @property
    def title(self) -> str:
        return _("Look back on your time with %(name)s") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("Two minutes, each for yourself. Then you read it side by side.")


@dataclass(frozen=True, kw_only=True)
class EndsSoon(OfTurn):
    kind: ClassVar[str] = "partnerships.reminder_ends_soon"
    label = gettext_lazy("Reminder: your last day together is a week away")
    action = gettext_lazy("Open your partnership")

    @property
    def title(self) -> str:
        return _("Your last day with %(name)s is %(day)s") % {
            "name": self.partner,
            "day": date_format(self.last_day, "j F"),
        }

    @property
    def body(self) -> str:
        return _(
            "Use the half hour that is left. You can move the day by changing your agreement; "
            "both of you sign it."
        )


@dataclass(frozen=True, kw_only=True)
class EndsNow(OfTurn):
    kind: ClassVar[str] = "partnerships.reminder_ends_now"
    label = gettext_lazy("Reminder: your last day together has come")
    action = gettext_lazy("Begin to close")

    @property
    def title(self) -> str:
        return _("Your last day with %(name)s has come") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _(
            "Either of you can begin to close: look back, take your certificate, or go on when "
            "both of you gained and want more."
        )


OF_TURNS: dict[str, type[OfTurn]] = {
    reminders.ANSWER: AnswerWaits,
    reminders.AGREE: AgreementWaits,
    reminders.LOOK_BACK: LookBackWaits,
    reminders.ENDS_SOON: EndsSoon,
    reminders.ENDS_NOW: EndsNow,
}
