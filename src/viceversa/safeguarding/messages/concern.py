from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class LookAtConcerns(Message):
    """To every safeguarding contact, every day, letter by letter the same: that it came says
    nothing."""

    kind: ClassVar[str] = "safeguarding.look_at_concerns"
    label = gettext_lazy("Look at your concerns, once a day")
    required: ClassVar[bool] = True
    in_inbox: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return _("Your daily look at the concerns")

    @property
    def body(self) -> str:
        return _(
            "This letter comes every day, whether or not there is something new. Open the page to "
            "see. It says nothing here, so that nobody can learn from your mail when somebody "
            "wrote."
        )

    @property
    def path(self) -> str:
        return reverse("safeguarding:concerns")
