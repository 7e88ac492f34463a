from viceversa.matching.models.ask import Ask, AskMessage
from viceversa.matching.models.round import (
    Options,
    PairWish,
    Proposal,
    Round,
    Unmatched,
    WhatIf,
)

__all__ = ["Ask", "AskMessage", "Options", "PairWish", "Proposal", "Round", "Unmatched", "WhatIf"]

PERSONAL_DATA = {
    "Round.snapshot": "what matching needs of each person; deleted a year after publishing",
    "Round.certificate": "numbers of people by external id",
    "Proposal.learner": "who would learn",
    "Proposal.adviser": "who would advise",
    "PairWish.learner": "pinned or forbidden by a coordinator",
    "PairWish.adviser": "pinned or forbidden by a coordinator",
    "Unmatched.enrolment": "who is left out, and for which rule",
    "Unmatched.remedies": "enrolments of advisers with one more place, and their names",
    "Proposal.teaches": "skills wanted by the one and offered by the other",
    "Proposal.alternatives": "ids of others who would have fitted",
    "Options.learner": "whose possible advisers",
    "Options.pairs": "enrolments of possible advisers and scores",
    "WhatIf.pin_learner": "a pair tried on the side",
    "WhatIf.pin_adviser": "a pair tried on the side",
    "WhatIf.more_for": "an adviser with one more place, tried on the side",
    "WhatIf.moves": "who would have another partner, deleted with the round's snapshot",
    "Ask.learner": "who asks",
    "Ask.adviser": "who is asked",
    "Ask.goals": "readable by the two only",
    "Ask.career_direction": "readable by the two only",
    "AskMessage.author_person_id": "who wrote",
    "AskMessage.text": "readable by the two only",
}
