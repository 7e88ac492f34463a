"""Puts names to the people whom pins or minimums bring into conflict."""

from __future__ import annotations

from viceversa.matching.engine.errors import Infeasible
from viceversa.matching.engine.people.roster import Roster


def named(reason: Infeasible, roster: Roster) -> NamedInfeasible:
    """The same refusal with names, unless it has them already."""
    return reason if isinstance(reason, NamedInfeasible) else NamedInfeasible(reason, roster)


class NamedInfeasible(Infeasible):
    """Infeasible, with people's names in the sentence and their ids at hand."""

    def __init__(self, reason: Infeasible, roster: Roster) -> None:
        super().__init__(
            reason.kind,
            learners=reason.learners,
            advisers=reason.advisers,
            needed=reason.needed,
            available=reason.available,
            detail=reason.detail,
        )
        self.learner_ids = tuple(roster.learner(row).id for row in reason.learners)
        self.adviser_ids = tuple(roster.adviser(column).id for column in reason.advisers)
        self.sentence = self.in_words(
            lambda row: roster.learner(row).called, lambda column: roster.adviser(column).called
        )
        self.args = (self.sentence,)
