"""Does it pay to use a programme again? It lasts only where both sides gain."""

from dataclasses import dataclass

FEWEST = 5
ASKED_WHILE = frozenset({"running", "closing"})


def may_say(programme_state: str, enrolment_state: str) -> bool:
    return programme_state in ASKED_WHILE and enrolment_state == "enrolled"


@dataclass(frozen=True)
class Side:
    """Of those who answered, how many say that they gained. The base is the answers."""

    gained: int
    answered: int

    @property
    def is_weak(self) -> bool:
        return 2 * self.gained < self.answered


@dataclass(frozen=True)
class Renewal:
    """Numbers may be shown only when `is_shown`; the sentences never give away fewer."""

    learners: Side
    advisers: Side

    @property
    def is_shown(self) -> bool:
        return min(self.learners.answered, self.advisers.answered) >= FEWEST

    @property
    def is_advised_against(self) -> bool:
        return self.is_shown and (self.learners.is_weak or self.advisers.is_weak)

    @property
    def result(self) -> str:
        if not self.is_shown:
            return "Too few answers to show."
        return (
            f"{self.learners.gained:,} of {self.learners.answered:,} learners and "
            f"{self.advisers.gained:,} of {self.advisers.answered:,} advisers say they gained."
        )

    @property
    def advice(self) -> str:
        if not self.is_shown:
            return (
                "Renew only when both sides gain. It takes answers from five learners "
                "and five advisers to see it."
            )
        if self.is_advised_against:
            return (
                "We advise against renewing it as it is: "
                f"fewer than half of the {self._weak_sides()} gained. "
                "Change what it gives them first."
            )
        return "Both sides gain, so it can last. Renew only while this stays true."

    def _weak_sides(self) -> str:
        sides = (("learners", self.learners), ("advisers", self.advisers))
        return " and of the ".join(name for name, side in sides if side.is_weak)
