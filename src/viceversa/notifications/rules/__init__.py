"""What a message is, and when a failed sending is tried again. Each package above declares its own
kinds in `messages.py`."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from viceversa.notifications.rules.rhythm import AT_ONCE_OR_NOT, NEVER, NOW, PACES

REGISTRY: dict[str, type["Message"]] = {}

EMAIL = "email"
CHANNELS = (EMAIL,)

MOST_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=4)
LEASE = timedelta(minutes=10)
LONGEST_BATCH = timedelta(minutes=4)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class CalendarPart:
    """What a calendar reads from a mail: the text, and the method that both must name."""

    method: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """Base of every message: `kind` is stable, `label` names it on the preferences page, `required`
    ones cannot be switched off and keep no quiet hours, and those not `in_inbox` are sent by e-mail
    only. `paces` are what a person may choose for the kind; `action` is on the mail's button."""

    kind: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    action: ClassVar[Any] = ""
    by_email: ClassVar[bool] = True
    required: ClassVar[bool] = False
    in_inbox: ClassVar[bool] = True
    paces: ClassVar[tuple[str, ...]] = PACES

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.kind:
            REGISTRY[cls.kind] = cls

    @property
    def title(self) -> str:
        raise NotImplementedError

    @property
    def body(self) -> str:
        return ""

    @property
    def path(self) -> str:
        return ""

    @property
    def calendar(self) -> CalendarPart | None:
        """Goes with the e-mail, for the calendar of whoever gets it."""
        return None

    @property
    def best_before(self) -> datetime | None:
        """After this moment it is of no use to anybody."""
        return None

    @property
    def about(self) -> str:
        """What `stands` needs to know again when the mail goes out, in 80 letters."""
        return ""

    @classmethod
    def stands(cls, about: str, *, now: datetime) -> bool:
        """Asked before a mail goes out: is it still true?"""
        return True

    @classmethod
    def usual_pace(cls) -> str:
        return NOW if cls.by_email or cls.required else NEVER

    @classmethod
    def choices(cls) -> tuple[str, ...]:
        """Without a line in the inbox there is nothing that a digest could tell once more."""
        if cls.required:
            return (NOW,)
        return (
            cls.paces
            if cls.in_inbox
            else tuple(pace for pace in cls.paces if pace in AT_ONCE_OR_NOT)
        )

    @classmethod
    def pace_for(cls, chosen: str) -> str:
        """Nobody waits at a pace that the kind does not have."""
        return chosen if chosen in cls.choices() else cls.usual_pace()

    @classmethod
    def mailed_path(cls, path: str) -> str:
        """The path as it stands in the e-mail: a kind may add what must not be stored."""
        return path


def kinds_of_choice() -> list[type[Message]]:
    """The kinds that a person may switch off, by label."""
    return sorted(
        (kind for kind in REGISTRY.values() if len(kind.choices()) > 1),
        key=lambda kind: str(kind.label),
    )


def one_line(text: str) -> str:
    """Fit for a mail header: no line breaks, no control or direction signs."""
    return " ".join(_CONTROL.sub(" ", text).split())


def wait_after(attempt: int) -> timedelta:
    """1, 2, 4, 8 … minutes, at most four hours: twenty attempts last for more than two days."""
    return min(timedelta(minutes=2 ** (min(attempt, 12) - 1)), LONGEST_WAIT)


def is_local_path(path: str) -> bool:
    """A path of our own pages, and nothing that a browser would take for another host."""
    return path.startswith("/") and path[1:2] not in ("/", "\\") and path == one_line(path)
