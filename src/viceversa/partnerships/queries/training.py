"""Training that comes before the first half hour, where the programme asks for it."""

from viceversa.learning.queries.training import Missing, missing_before_meeting
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules.lifecycle import LIVE


def training_missing(partnership: Partnership) -> list[Missing]:
    """By whom of the two. What they are asked for is settled on the day both have signed."""
    if partnership.state not in LIVE:
        return []
    people = {"learner": partnership.learner.person_id, "adviser": partnership.adviser.person_id}
    return missing_before_meeting(
        partnership.programme_id, people, signed_at=partnership.started_at
    )
