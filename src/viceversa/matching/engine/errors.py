"""What the engine says when it cannot answer. Every message is a sentence for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Naming = Callable[[int], str]


class BadInput(ValueError):
    """The arrays or records given do not describe a matching problem."""


class Infeasible(Exception):
    """Pins or minimums that cannot be met together, with the people they concern.

    ``learners`` and ``advisers`` are indices; ``needed`` places are asked for, ``available`` exist.
    ``in_words`` says the same with the names of people.
    """

    def __init__(
        self,
        kind: str,
        *,
        learners: Sequence[int] = (),
        advisers: Sequence[int] = (),
        needed: int = 0,
        available: int = 0,
        detail: str = "",
    ) -> None:
        self.kind = kind
        self.detail = detail
        self.learners = tuple(learners)
        self.advisers = tuple(advisers)
        self.needed = needed
        self.available = available
        self.sentence = self.in_words(lambda i: f"learner {i}", lambda j: f"adviser {j}")
        super().__init__(self.sentence)

    def in_words(self, learner: Naming, adviser: Naming) -> str:
        """The sentence, with people named by the two functions."""
        text = _SENTENCES[self.kind].format(
            learners=_listed([learner(i) for i in self.learners]),
            advisers=_listed([adviser(j) for j in self.advisers]),
            detail=self.detail,
            needed=self.needed,
            needed_learners=_many(self.needed, "learner"),
            needed_advisers=_many(self.needed, "adviser"),
            available=self.available,
            places=_many(self.available, "place"),
        )
        return text[0].upper() + text[1:]


class InvalidCertificate(Exception):
    """The certificate does not prove that the assignment is the best one for this input."""


_SENTENCES = {
    "learner_pins": "{learners} is pinned to {needed_advisers} but has {places}.",
    "adviser_pins": "{advisers} is pinned to {needed_learners} but has {places}.",
    "stage_pins": "{learners} is pinned to {advisers}, who are at the same stage, but the advisers "
    "of one learner must be at different stages.",
    "field_pins": "{learners} is pinned to {advisers}, all of the learner's own field, but one "
    "adviser of each learner with several must come from another field.",
    "field_minimums": "{advisers} must have at least {needed_learners} in all, which cannot be "
    "while the advisers of one learner are at different stages and one of them comes from another "
    "field. The learners in question: {learners}.",
    "rule_pins": "{learners} is pinned to {advisers}, but this is not allowed: {detail}",
    "capacity": "{advisers} must have at least {needed_learners} but takes at most {available}.",
    "minimums": "{advisers} must have at least {needed_learners} in all, but only {available} "
    "can reach them once the pinned pairs are kept. The learners in question: {learners}.",
}


def _listed(names: Sequence[str]) -> str:
    """At most twelve names, then how many more."""
    shown = list(names[:12])
    if len(names) > len(shown):
        shown.append(f"{len(names) - len(shown)} more")
    if not shown:
        return "none"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
