"""Training that comes before the first half hour, where the programme asks for it."""

from collections.abc import Iterable

from viceversa.learning.queries.training import Missing, kept_apart, missing_before_meeting
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules.lifecycle import LIVE


def training_missing(partnership: Partnership) -> list[Missing]:
    """By whom of the two. What they are asked for is settled on the day both have signed."""
    if partnership.state not in LIVE:
        return []
    return missing_before_meeting(
        partnership.programme_id, _people(partnership), signed_at=partnership.started_at
    )


def in_training(partnerships: Iterable[Partnership]) -> set[int]:
    """Those of them in which a training comes first. Two queries."""
    return kept_apart(
        (row.pk, row.programme_id, _people(row), row.started_at) for row in partnerships
    )


def _people(partnership: Partnership) -> dict[str, int]:
    return {"learner": partnership.learner.person_id, "adviser": partnership.adviser.person_id}
