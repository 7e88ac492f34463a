"""A note on where somebody could grow: what I saw, why it matters, one next step, where to go."""

from dataclasses import asdict, dataclass

RESOURCES = ("coaching", "on_the_job", "course", "employee_group", "mentoring")
MOST_NOTES = 30


@dataclass(frozen=True)
class Referral:
    """Where to go for it: one of the five kinds, and which one. Empty for none."""

    kind: str = ""
    words: str = ""
    link: str = ""


@dataclass(frozen=True)
class Feedback:
    saw: str
    matters: str
    step: str
    referral: Referral = Referral()

    @property
    def as_values(self) -> dict[str, object]:
        return asdict(self)


def wrong_with(referral: Referral) -> str | None:
    """A code, or nothing: a kind goes with words or a link, and they go with a kind."""
    has_more = bool(referral.words or referral.link)
    if referral.kind and not has_more:
        return "which"
    if has_more and not referral.kind:
        return "kind"
    return None if referral.kind in ("", *RESOURCES) else "kind"
