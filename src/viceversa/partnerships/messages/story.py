"""About the story of two people: that there are words to look at, never the words."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.partnerships.messages.closing import AboutClosing


@dataclass(frozen=True, kw_only=True)
class StoryProposed(AboutClosing):
    partner: str
    kind: ClassVar[str] = "partnerships.story_proposed"
    label = gettext_lazy("Your partner proposes words for a story")

    @property
    def title(self) -> str:
        return _("%(name)s proposes words for your story") % {"name": self.partner}

    @property
    def body(self) -> str:
        return _("Nobody else reads them before you say yes. Change them as you like.")


@dataclass(frozen=True, kw_only=True)
class StoryPublished(AboutClosing):
    kind: ClassVar[str] = "partnerships.story_published"
    label = gettext_lazy("Your story is published")

    @property
    def title(self) -> str:
        return _("Your story is published")

    @property
    def body(self) -> str:
        return _("Both of you said yes to its words. Either of you can take it back at any time.")


@dataclass(frozen=True, kw_only=True)
class StoryTakenBack(AboutClosing):
    kind: ClassVar[str] = "partnerships.story_taken_back"
    label = gettext_lazy("Your story is taken back")

    @property
    def title(self) -> str:
        return _("Your story is not told any more")

    @property
    def body(self) -> str:
        return _("It takes a yes from both, and no reason is asked for.")
