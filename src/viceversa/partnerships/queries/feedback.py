"""Notes on where the adviser could grow, as the two read them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from viceversa.partnerships.models import FeedbackNote
from viceversa.partnerships.queries.opening import Words, words
from viceversa.partnerships.queries.seat import Seat
from viceversa.toolkit.errors import NotFound
from viceversa.vault.rules.envelope import SEALED, Place


def place_of_feedback(key: str, author_id: int) -> Place:
    return Place(SEALED, "partnerships.FeedbackNote.sealed", key, author_id)


@dataclass(frozen=True)
class FeedbackRow:
    note: FeedbackNote
    words: Words


def opened_feedback(seat: Seat) -> list[FeedbackRow]:
    """Newest first."""
    return [
        FeedbackRow(note, words(seat, place_of_feedback(note.key, note.author_id), note.sealed))
        for note in FeedbackNote.objects.filter(partnership=seat.partnership)
    ]


def feedback_for(seat: Seat, key: str) -> FeedbackNote:
    found = FeedbackNote.objects.filter(partnership=seat.partnership, key=key).first()
    if found is None:
        raise NotFound(_("There is no such note, or it is not yours to see."))
    return found
