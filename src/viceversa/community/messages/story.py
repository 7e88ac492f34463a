"""About stories: that there is something to read, never the words."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.community.models import Story
from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class _AboutStory(Message):
    story: Story

    @property
    def path(self) -> str:
        return reverse("community:story", args=[self.story.programme.slug, self.story.key])


@dataclass(frozen=True, kw_only=True)
class NamedInStory(_AboutStory):
    name: str
    kind: ClassVar[str] = "community.named_in_story"
    label = gettext_lazy("Somebody wants to name you in a story")

    @property
    def title(self) -> str:
        return _("%(name)s wants to name you in a story") % {"name": self.name}

    @property
    def body(self) -> str:
        return _("Read it first. It is not told unless you say yes, and a no needs no reason.")


@dataclass(frozen=True, kw_only=True)
class StoryToLookAt(_AboutStory):
    kind: ClassVar[str] = "community.story_to_look_at"
    label = gettext_lazy("A story waits for a second look")

    @property
    def title(self) -> str:
        return _("A story waits for a second look")

    @property
    def body(self) -> str:
        return _("Everyone named has agreed. One coordinator reads it before everybody can.")


@dataclass(frozen=True, kw_only=True)
class StoryTold(_AboutStory):
    kind: ClassVar[str] = "community.story_told"
    label = gettext_lazy("A story of yours, or one that names you, is published")

    @property
    def title(self) -> str:
        return _("A story with you in it is published")

    @property
    def body(self) -> str:
        return _("Everyone in the programme can read it. You can take it back at any time.")


@dataclass(frozen=True, kw_only=True)
class StoryBack(_AboutStory):
    """With a reason from a coordinator; without one when somebody named would rather not be."""

    reason: str
    kind: ClassVar[str] = "community.story_back"
    label = gettext_lazy("A story of yours comes back to you")

    @property
    def title(self) -> str:
        return _("Your story is not told as it is")

    @property
    def body(self) -> str:
        if self.reason:
            return _("A coordinator says why: %(reason)s") % {"reason": self.reason}
        return _("Somebody named in it would rather not be. Tell it without the name, if you can.")
