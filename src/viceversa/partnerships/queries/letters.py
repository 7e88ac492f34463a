"""Messages between the two, and whose answer is waited for."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viceversa.partnerships.models import Letter, Partnership
from viceversa.partnerships.queries.opening import Words, words
from viceversa.partnerships.queries.seat import Seat
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.paging import Page, page_of
from viceversa.vault.rules.envelope import SEALED, Place

PAGE_SIZE = 20


@dataclass(frozen=True)
class LetterRow:
    letter: Letter
    words: Words
    is_mine: bool


def place_of_letter(key: str, author_id: int) -> Place:
    return Place(SEALED, "partnerships.Letter.sealed", key, author_id)


def page_of_letters(seat: Seat, *, number: int) -> tuple[Page, list[LetterRow]]:
    """The first page holds the newest; within a page the newest is last."""
    page = page_of(
        Letter.objects.filter(partnership=seat.partnership), number=number, size=PAGE_SIZE
    )
    return page, [_opened(seat, letter) for letter in reversed(page.rows)]


def _opened(seat: Seat, letter: Letter) -> LetterRow:
    place = place_of_letter(letter.key, letter.author_id)
    return LetterRow(
        letter, words(seat, place, letter.sealed), is_mine=letter.author_id == seat.me.pk
    )


def letter_for(seat: Seat, key: str) -> Letter:
    letter = Letter.objects.filter(partnership=seat.partnership, key=key).first()
    if letter is None:
        raise NotFound(_("There is no such message, or it is not yours to see."))
    return letter


def waiting_since(partnership: Partnership) -> tuple[str, datetime] | None:
    """The side whose answer is missing, and since when: the first message that stands without an
    answer. A struck message asks for none. Nothing is opened for this."""
    sent = _standing(partnership)
    last = sent.first()
    if last is None:
        return None
    answered = sent.exclude(author=last.author_id).first()
    unanswered = sent.filter(author=last.author_id)
    if answered is not None:
        unanswered = unanswered.filter(pk__gt=answered.pk)
    oldest = unanswered.last() or last
    side = "adviser" if last.author_id == partnership.learner.person_id else "learner"
    return side, oldest.sent_at


def _standing(partnership: Partnership) -> QuerySet[Letter]:
    return Letter.objects.filter(partnership=partnership, struck_at__isnull=True).only(
        "pk", "author", "sent_at"
    )
