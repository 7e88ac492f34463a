"""Notes of the two, and of one alone."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.meetings.models import Note
from viceversa.meetings.queries.content import HalfHour, Opened, opened
from viceversa.meetings.rules import places
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.vault.queries import own_ring_of

MOST_SHOWN = 50
TOGETHER, OWN = Note.Kind.TOGETHER, Note.Kind.OWN


@dataclass(frozen=True)
class OpenedNote:
    note: Note
    text: Opened[str]
    is_mine: bool


def notes_of(by: Actor, half_hour: HalfHour) -> tuple[list[OpenedNote], list[OpenedNote]]:
    """Those of the two, the struck ones among them without a word, and one's own; newest first."""
    rows = _visible(half_hour)[:MOST_SHOWN]
    found = opened_notes(by, half_hour, list(rows))
    together = [note for note in found if note.note.kind == TOGETHER]
    own = [note for note in found if note.note.kind == OWN]
    return together, own


def note_for(by: Actor, half_hour: HalfHour, key: str) -> OpenedNote:
    """The partner's own notes are as good as none: nothing says that they exist."""
    note = _visible(half_hour).filter(key=key).first()
    if note is None:
        raise NotFound(_("There is no such note, or it is not yours to see."))
    return opened_notes(by, half_hour, [note])[0]


def _visible(half_hour: HalfHour) -> QuerySet[Note]:
    mine = Q(kind=OWN, author=half_hour.seat.me, struck_at=None)
    return half_hour.meeting.notes.filter(Q(kind=TOGETHER) | mine).select_related("author")


def opened_notes(by: Actor, half_hour: HalfHour, notes: list[Note]) -> list[OpenedNote]:
    seat = half_hour.seat
    own = own_ring_of(by)
    found = []
    for note in notes:
        is_own = note.kind == OWN
        place = places.note_of_one if is_own else places.note_together
        ring = own if is_own else seat.partnership.ring
        text = opened(seat, ring, place(note.key, note.author_id), note.sealed, str)
        found.append(OpenedNote(note, text, note.author_id == seat.me.pk))
    return found
