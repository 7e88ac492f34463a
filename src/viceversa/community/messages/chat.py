"""About live chats. Who is reminded asked for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.community.models import Chat
from viceversa.notifications.rules import Message
from viceversa.notifications.rules.rhythm import AT_ONCE_OR_NOT


@dataclass(frozen=True, kw_only=True)
class _AboutChat(Message):
    chat: Chat

    @property
    def path(self) -> str:
        return reverse("community:chat", args=[self.chat.programme.slug, self.chat.key])

    @property
    def about(self) -> str:
        return self.chat.key


@dataclass(frozen=True, kw_only=True)
class AskedToHost(_AboutChat):
    name: str
    kind: ClassVar[str] = "community.asked_to_host"
    label = gettext_lazy("You are asked to host a live chat")

    @property
    def title(self) -> str:
        return _("%(name)s asks you to host a live chat") % {"name": self.name}

    @property
    def body(self) -> str:
        return _("You stand in its page once you say yes, in words of your own.")


@dataclass(frozen=True, kw_only=True)
class ChatBegins(_AboutChat):
    kind: ClassVar[str] = "community.chat_begins"
    label = gettext_lazy("A live chat that you want to come to begins within the hour")
    paces: ClassVar[tuple[str, ...]] = AT_ONCE_OR_NOT

    @property
    def title(self) -> str:
        return _("Soon: %(title)s") % {"title": self.chat.title}

    @property
    def body(self) -> str:
        return _("It begins within the hour. The questions are on its page.")

    @property
    def best_before(self) -> datetime:
        return self.chat.ends_at

    @classmethod
    def stands(cls, about: str, *, now: datetime) -> bool:
        return Chat.objects.filter(
            key=about, state=Chat.State.PUBLISHED, ended_at__isnull=True
        ).exists()


@dataclass(frozen=True, kw_only=True)
class ChatMoved(_AboutChat):
    kind: ClassVar[str] = "community.chat_moved"
    label = gettext_lazy("A live chat that you want to come to is at another time")

    @property
    def title(self) -> str:
        return _("At another time: %(title)s") % {"title": self.chat.title}


@dataclass(frozen=True, kw_only=True)
class ChatCalledOff(_AboutChat):
    kind: ClassVar[str] = "community.chat_called_off"
    label = gettext_lazy("A live chat that you want to come to is called off")

    @property
    def title(self) -> str:
        return _("Called off: %(title)s") % {"title": self.chat.title}
