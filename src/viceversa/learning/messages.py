"""What people are told about texts they look after or are asked to check."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.learning.models import Pack, Resource
from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class _AboutText(Message):
    text: Pack | Resource

    @property
    def path(self) -> str:
        name = "learning:pack" if isinstance(self.text, Pack) else "learning:resource"
        return reverse(name, args=[self.text.key])


@dataclass(frozen=True, kw_only=True)
class DueForReview(_AboutText):
    kind: ClassVar[str] = "learning.due"
    label = gettext_lazy("A text you look after is due for a review")

    @property
    def title(self) -> str:
        return _("“%(title)s” is due for a review") % {"title": self.text.title}

    @property
    def body(self) -> str:
        return _(
            "Read it again by %(day)s. After that it is marked as expired and no longer suggested."
        ) % {"day": date_format(self.text.review_by, "j F Y")}


@dataclass(frozen=True, kw_only=True)
class CheckAsked(_AboutText):
    asker: str
    kind: ClassVar[str] = "learning.check_asked"
    label = gettext_lazy("You are asked to check a topic pack")

    @property
    def title(self) -> str:
        return _("Would you check “%(title)s”?") % {"title": self.text.title}

    @property
    def body(self) -> str:
        return _("%(name)s asks you because you know the subject. It takes about ten minutes.") % {
            "name": self.asker
        }


@dataclass(frozen=True, kw_only=True)
class CheckAnswered(_AboutText):
    is_right: bool
    kind: ClassVar[str] = "learning.check_answered"
    label = gettext_lazy("A topic pack you look after was checked")

    @property
    def title(self) -> str:
        text = (
            _("“%(title)s” is checked")
            if self.is_right
            else _("“%(title)s” needs a change before it can be used")
        )
        return text % {"title": self.text.title}

    @property
    def body(self) -> str:
        if self.is_right:
            return _("You can publish it now.")
        return _("Read what the reviewer says on its page, change it, and ask again.")
