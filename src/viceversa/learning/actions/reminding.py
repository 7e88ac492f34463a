"""Telling those who look after a text that it is due for a review."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from viceversa.history.actions import record_many
from viceversa.learning.messages import DueForReview
from viceversa.learning.models import Pack, Resource
from viceversa.learning.queries.library import resources_to_review
from viceversa.learning.queries.packs import packs_to_review
from viceversa.notifications.actions import notify
from viceversa.toolkit.actor import Actor

BATCH = 500


@transaction.atomic
def remind_of_reviews(*, by: Actor, now: datetime) -> int:
    """Once for each day a text is to be reviewed by; a text nobody looks after tells nobody."""
    today = now.date()
    due: list[Pack | Resource] = [
        text
        for rows in (resources_to_review(today), packs_to_review(today))
        for text in rows.filter(
            ~Q(told_for=F("review_by")) | Q(told_for__isnull=True),
            owner__left_on__isnull=True,
            owner__isnull=False,
        )[:BATCH]
    ]
    for text in due:
        text.told_for = text.review_by
        text.save(update_fields=["told_for"])
        if text.owner is not None:
            notify(to=[text.owner], message=DueForReview(text=text), now=now)
    if due:
        record_many(by=by, verb="learning.review_due", targets=due, now=now)
    return len(due)
