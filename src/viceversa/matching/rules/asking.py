"""“Why not these two?” by choosing them one after the other, in the table or from a list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asking:
    """The one of the two who is chosen already."""

    role: str
    key: str
    name: str


@dataclass(frozen=True)
class Links:
    """Addresses but for what a row adds: a pair's number, a learner's key, an adviser's key.

    Unless a learner is to be chosen for an adviser, a learner's name leads to the pair.
    """

    to_pair: str
    to_learner: str = ""
    to_adviser: str = ""


def links_of(to_pair: str, chosen: tuple[int, str] | None, asking: Asking | None) -> Links:
    """`chosen` is the pair looked at: its number, and the key of its learner, for whom an
    adviser's name asks when nobody else was chosen."""
    here = f"{to_pair}{chosen[0]}" if chosen else to_pair.removesuffix("pair=").rstrip("&")
    if asking and asking.role == "adviser":
        return Links(to_pair, to_learner=f"{here}&adviser={asking.key}&learner=")
    learner = asking.key if asking else chosen[1] if chosen else ""
    return Links(to_pair, to_adviser=f"{here}&learner={learner}&adviser=" if learner else "")
