"""What a message is. Each package above declares its own kinds in `messages.py`."""

from dataclasses import dataclass
from typing import ClassVar

REGISTRY: dict[str, type["Message"]] = {}


@dataclass(frozen=True, kw_only=True)
class Message:
    """Base of every message: `kind` is stable, `label` names it on the preferences page, and
    `required` ones cannot be switched off in the inbox."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    by_email: ClassVar[bool] = True

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
