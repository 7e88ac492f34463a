"""What people are told about a programme. Never why somebody said no or stopped."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from viceversa.notifications.rules import Message
from viceversa.programmes.models import Enrolment, Programme


@dataclass(frozen=True, kw_only=True)
class _AboutProgramme(Message):
    programme: Programme

    @property
    def path(self) -> str:
        return reverse("programmes:detail", args=[self.programme.slug])


@dataclass(frozen=True, kw_only=True)
class Invited(_AboutProgramme):
    kind: ClassVar[str] = "programmes.invited"
    label = gettext_lazy("You are invited to a programme")

    @property
    def title(self) -> str:
        return _("You are invited to %(programme)s") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _("Read what it is about and say yes or no. A no needs no reason.")


@dataclass(frozen=True, kw_only=True)
class Enrolled(_AboutProgramme):
    kind: ClassVar[str] = "programmes.enrolled"
    label = gettext_lazy("You are enrolled in a programme")

    @property
    def title(self) -> str:
        return _("You take part in %(programme)s") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _(
            "Look at your part, it takes two minutes. You can also say that you would rather not."
        )

    @property
    def path(self) -> str:
        return reverse("programmes:my_part", args=[self.programme.slug])


@dataclass(frozen=True, kw_only=True)
class OnWaitingList(_AboutProgramme):
    kind: ClassVar[str] = "programmes.waiting"
    label = gettext_lazy("You are on a waiting list")

    @property
    def title(self) -> str:
        return _("You are on the waiting list of %(programme)s") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _(
            "All places are taken. We tell you as soon as one is free; nothing to do until then."
        )


@dataclass(frozen=True, kw_only=True)
class PlaceFree(_AboutProgramme):
    kind: ClassVar[str] = "programmes.place_free"
    label = gettext_lazy("A place has become free for you")

    @property
    def title(self) -> str:
        return _("There is a place for you in %(programme)s") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _("You are off the waiting list. Look at your part, it takes two minutes.")

    @property
    def path(self) -> str:
        return reverse("programmes:my_part", args=[self.programme.slug])


@dataclass(frozen=True, kw_only=True)
class TakenOut(_AboutProgramme):
    kind: ClassVar[str] = "programmes.taken_out"
    label = gettext_lazy("You no longer take part in a programme")

    @property
    def title(self) -> str:
        return _("You no longer take part in %(programme)s") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _("A coordinator took you off the list. If that surprises you, ask them.")


@dataclass(frozen=True, kw_only=True)
class PeopleStopped(_AboutProgramme):
    """For coordinators."""

    number: int
    name: str = ""
    kind: ClassVar[str] = "programmes.people_stopped"
    label = gettext_lazy("Somebody no longer takes part in your programme")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        if self.name:
            return _("%(name)s no longer takes part in %(programme)s") % {
                "name": self.name,
                "programme": self.programme,
            }
        return ngettext(
            "%(number)s person of %(programme)s has left the organisation",
            "%(number)s people of %(programme)s have left the organisation",
            self.number,
        ) % {"number": self.number, "programme": self.programme}

    @property
    def body(self) -> str:
        return _("No reason is asked for. A free place goes to the waiting list.")

    @property
    def path(self) -> str:
        return reverse("programmes:participants", args=[self.programme.slug])


@dataclass(frozen=True, kw_only=True)
class Standing(_AboutProgramme):
    """Somebody is named coordinator or sponsor."""

    role: str
    kind: ClassVar[str] = "programmes.standing"
    label = gettext_lazy("You are named coordinator or sponsor")

    @property
    def title(self) -> str:
        text = (
            _("You now coordinate %(programme)s")
            if self.role == "coordinator"
            else _("You are named sponsor of %(programme)s")
        )
        return text % {"programme": self.programme}

    @property
    def body(self) -> str:
        if self.role == "coordinator":
            return _("You see who takes part and how it stands. You never see what people write.")
        return _("Your letter goes to everyone invited. Read it once, so that it is really yours.")


@dataclass(frozen=True, kw_only=True)
class MatchingBegins(_AboutProgramme):
    kind: ClassVar[str] = "programmes.matching"
    label = gettext_lazy("Matching begins")

    @property
    def title(self) -> str:
        return _("Matching begins in %(programme)s") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _("Check once that your topics and hours are right; they decide whom you meet.")

    @property
    def path(self) -> str:
        return reverse("programmes:my_part", args=[self.programme.slug])


@dataclass(frozen=True, kw_only=True)
class ProgrammeStarted(_AboutProgramme):
    kind: ClassVar[str] = "programmes.started"
    label = gettext_lazy("A programme has started")

    @property
    def title(self) -> str:
        return _("%(programme)s has started") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _("The learner of each pair fixes the first half hour.")


@dataclass(frozen=True, kw_only=True)
class ProgrammeCloses(_AboutProgramme):
    kind: ClassVar[str] = "programmes.closing"
    label = gettext_lazy("A programme comes to its end")

    @property
    def title(self) -> str:
        return _("%(programme)s comes to its end") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _("Meet once more, look back together, and thank each other.")


@dataclass(frozen=True, kw_only=True)
class ProgrammeOver(_AboutProgramme):
    kind: ClassVar[str] = "programmes.archived"
    label = gettext_lazy("A programme is over")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("%(programme)s is over") % {"programme": self.programme}

    @property
    def body(self) -> str:
        return _("Nothing more is asked of you.")


ON_STATE: dict[str, type[_AboutProgramme]] = {
    "matching": MatchingBegins,
    "running": ProgrammeStarted,
    "closing": ProgrammeCloses,
    "archived": ProgrammeOver,
}


@dataclass(frozen=True, kw_only=True)
class PlaceGiven(Message):
    enrolment: Enrolment
    kind: ClassVar[str] = "programmes.place_given"
    label = gettext_lazy("You could have one learner more")
    by_email: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("You could have one learner more in %(programme)s") % {
            "programme": self.enrolment.programme
        }

    @property
    def body(self) -> str:
        return _(
            "A coordinator put your number of learners at %(n)s. Change it in your part if that is "
            "too many. Nothing starts before you say yes to a learner."
        ) % {"n": self.enrolment.capacity}

    @property
    def path(self) -> str:
        return reverse("programmes:my_part", args=[self.enrolment.programme.slug])
