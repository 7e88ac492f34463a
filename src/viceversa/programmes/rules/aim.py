"""How far a programme wants its learners to get: basic is enough for most, at every level."""

from collections.abc import Mapping
from types import MappingProxyType

ENOUGH: Mapping[int, str] = MappingProxyType(
    {
        1: "The aim is basic: enough to follow and to ask well.",
        2: "The aim is working: enough to do it yourself, with a question now and then.",
        3: "The aim is strong: enough to do it well and to show others.",
        4: "The aim is expert: enough to decide about it and to teach it.",
    }
)


def aim_in_words(target: int) -> str:
    return ENOUGH[target]


def least_target(named: int, aim: int) -> int:
    """A target above the programme's aim stays; one below is raised to it."""
    return max(named, aim)
