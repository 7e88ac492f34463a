"""About goals: that something happened, never what a goal says."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message
from viceversa.partnerships.models import Goal


@dataclass(frozen=True, kw_only=True)
class AboutGoal(Message):
    goal: Goal
    partner: str

    @property
    def path(self) -> str:
        return reverse("partnerships:goal", args=[self.goal.partnership.key, self.goal.key])

    @property
    def _named(self) -> dict[str, str]:
        return {"name": self.partner}


@dataclass(frozen=True, kw_only=True)
class GoalProposed(AboutGoal):
    kind: ClassVar[str] = "partnerships.goal_proposed"
    label = gettext_lazy("Your partner proposes a goal")

    @property
    def title(self) -> str:
        return _("%(name)s proposes a goal") % self._named

    @property
    def body(self) -> str:
        return _("It counts once you agree. Read it when you are signed in.")


@dataclass(frozen=True, kw_only=True)
class GoalAgreed(AboutGoal):
    kind: ClassVar[str] = "partnerships.goal_agreed"
    label = gettext_lazy("Your partner agrees to a goal")

    @property
    def title(self) -> str:
        return _("%(name)s agrees to a goal of yours") % self._named


@dataclass(frozen=True, kw_only=True)
class GoalAnswered(AboutGoal):
    kind: ClassVar[str] = "partnerships.goal_answered"
    label = gettext_lazy("Your partner says how far they can help with a goal")

    @property
    def title(self) -> str:
        return _("%(name)s says how far they can help with a goal") % self._named


@dataclass(frozen=True, kw_only=True)
class LevelSaid(AboutGoal):
    kind: ClassVar[str] = "partnerships.level_said"
    label = gettext_lazy("Your partner says how they like a goal explained")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(name)s says how to explain a goal to them") % self._named


@dataclass(frozen=True, kw_only=True)
class GoalReached(AboutGoal):
    kind: ClassVar[str] = "partnerships.goal_reached"
    label = gettext_lazy("Your partner reached a goal")

    @property
    def title(self) -> str:
        return _("%(name)s reached a goal") % self._named

    @property
    def body(self) -> str:
        return _("A word of thanks takes half a minute.")


@dataclass(frozen=True, kw_only=True)
class GoalDropped(AboutGoal):
    kind: ClassVar[str] = "partnerships.goal_dropped"
    label = gettext_lazy("Your partner lets go of a goal")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(name)s let go of a goal") % self._named


@dataclass(frozen=True, kw_only=True)
class ChangeProposed(AboutGoal):
    kind: ClassVar[str] = "partnerships.goal_change_proposed"
    label = gettext_lazy("Your partner would like to change a goal")

    @property
    def title(self) -> str:
        return _("%(name)s would like to change a goal") % self._named

    @property
    def body(self) -> str:
        return _("Nothing changes before you agree.")


@dataclass(frozen=True, kw_only=True)
class ChangeAgreed(AboutGoal):
    kind: ClassVar[str] = "partnerships.goal_changed"
    label = gettext_lazy("A goal is changed")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("A goal of you and %(name)s is changed") % self._named


@dataclass(frozen=True, kw_only=True)
class ChangeRefused(AboutGoal):
    kind: ClassVar[str] = "partnerships.goal_change_refused"
    label = gettext_lazy("A goal stays as it is")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("A goal of you and %(name)s stays as it is") % self._named
