"""What the frame of a page shows; packages above fill it."""

from collections.abc import Sequence
from dataclasses import dataclass

from viceversa.design.people import initials


@dataclass(frozen=True, kw_only=True)
class Item:
    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """The person looking. `role` colours the circle: adviser, learner or nothing."""

    name: str
    url: str
    inbox_url: str = ""
    inbox_count: int = 0
    inbox_current: bool = False
    sign_out_url: str = ""
    role: str = ""
    links: Sequence[Item] = ()

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def inbox_shown(self) -> str:
        """What is unread is counted no further than a hundred."""
        return "99+" if self.inbox_count > 99 else str(self.inbox_count)
