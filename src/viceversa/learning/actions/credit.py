"""What every text must say before it is kept."""

from datetime import date

from django.utils.translation import gettext as _

from viceversa.learning.rules.keeping import missing_credit, wrong_with_review
from viceversa.toolkit.errors import Refused


def check_credit(*, needs_sources: bool, sources: str, gains: bool, interests: str) -> None:
    code = missing_credit(
        needs_sources=needs_sources, sources=sources, gains=gains, interests=interests
    )
    if code == "sources":
        raise Refused(_("Say whose words or findings these are: name the sources."), code=code)
    if code == "interests":
        raise Refused(_("Say who gains from this, and what."), code=code)


def check_review_by(review_by: date, today: date) -> None:
    code = wrong_with_review(review_by, today)
    if code == "past":
        raise Refused(_("Choose a day ahead for the next review."), code=code)
    if code == "far":
        raise Refused(_("Two years is the longest a text stands unread."), code=code)
