"""Why people are unmatched; in a large programme learners one by one, advisers together."""

from __future__ import annotations

from viceversa.matching.engine.explaining.remedies import Remedy
from viceversa.matching.engine.explaining.unmatched import (
    WhyUnmatched,
    why_each_unmatched,
    why_unmatched,
)
from viceversa.matching.engine.matching import Match

SOUGHT = 300  # learners for whom remedies are sought, each with a look at all advisers
NOBODY_LEFT = "Every learner has the advisers asked for."
NOT_BETTER = "No learner would be better served by this adviser, in the programme's order."
ONE_MORE = "One more learner whom the rules allow, or one more place for such a learner."


def why_all_unmatched(match: Match) -> list[WhyUnmatched]:
    """Everybody without a partner; in a programme solved on lists, by counts alone."""
    return why_each_unmatched(match) if match.problem.lists is None else _many_unmatched(match)


def _many_unmatched(match: Match) -> list[WhyUnmatched]:
    """Everybody without a partner, remedies by counts alone and never by solving again."""
    said = NOBODY_LEFT if match.all_met else NOT_BETTER
    remedy = Remedy("one_more_learner", (0, 0, ""), ONE_MORE, 0)
    reasons, learners = [], 0
    for person, role in match.unmatched:
        if role == "adviser":
            reasons.append(WhyUnmatched(person, role, said, 0, {}, remedy, (remedy,)))
            continue
        learners += 1
        reasons.append(why_unmatched(match, person, role, prove=False, seek=learners <= SOUGHT))
    return reasons
