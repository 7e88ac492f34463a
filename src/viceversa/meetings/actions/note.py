"""Notes of the two and of one alone: writing, going on with one, striking."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.actions.writing import check_may_write, seal, writer_at
from viceversa.meetings.messages.content import NoteStruck
from viceversa.meetings.models import Meeting, Note
from viceversa.meetings.queries.content import HalfHour
from viceversa.meetings.rules import places
from viceversa.notifications.actions import notify
from viceversa.partnerships.queries.seat import seat_at
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.toolkit.ids import new_key
from viceversa.vault.actions import own_ring


class Overtaken(Refused):
    """Somebody else wrote in between: nothing was kept, nothing was lost."""


@transaction.atomic
def write_note(*, meeting: Meeting, kind: str, text: str, by: Actor, now: datetime) -> Note:
    half_hour = writer_at(by, meeting)
    check_may_write(half_hour.meeting)
    note = Note(
        key=new_key(),
        partnership=half_hour.seat.partnership,
        meeting=meeting,
        author=half_hour.seat.me,
        kind=kind,
        updated_at=now,
    )
    note.sealed = _sealed(half_hour, note, text, by=by, now=now)
    note.save()
    _record("written", note, by=by, now=now)
    return note


@transaction.atomic
def rewrite_note(*, note: Note, text: str, seen: int, by: Actor, now: datetime) -> Note:
    """`seen` is the version that the writer had before them. Raises Overtaken when the partner
    has written since."""
    half_hour = _at_note(note, by)
    check_may_write(half_hour.meeting)
    note = _standing(note)
    if note.version != seen:
        raise Overtaken(
            _("%(name)s has written in this note while you did. Put the two together and save.")
            % {"name": note.author.name},
            code="overtaken",
        )
    note.author = half_hour.seat.me
    note.sealed = _sealed(half_hour, note, text, by=by, now=now)
    note.version += 1
    note.updated_at = now
    note.save(update_fields=["author", "sealed", "version", "updated_at"])
    _record("rewritten", note, by=by, now=now)
    return note


@transaction.atomic
def strike_note(*, note: Note, by: Actor, now: datetime) -> Note:
    """Off the record: the words are gone from both sides' copies. Possible as long as one can
    read at all, also when the partnership is over."""
    half_hour = _at_note(note, by)
    note = _standing(note)
    note.sealed = None
    note.struck_at = now
    note.version += 1
    note.save(update_fields=["sealed", "struck_at", "version"])
    _record("struck", note, by=by, now=now)
    if note.kind == Note.Kind.TOGETHER:
        message = NoteStruck(meeting=half_hour.meeting, writer=half_hour.seat.me)
        notify(to=[half_hour.seat.partner], message=message, now=now)
    return note


def _at_note(note: Note, by: Actor) -> HalfHour:
    """Somebody's own note is missing for everybody else, the partner included."""
    if note.meeting is None or (note.kind == Note.Kind.OWN and note.author_id != by.person_id):
        raise NotFound(_("There is no such note, or it is not yours to see."))
    return writer_at(by, note.meeting)


def _standing(note: Note) -> Note:
    """As it is now, held until the end of the transaction."""
    note = Note.objects.select_for_update(of=("self",)).select_related("author").get(pk=note.pk)
    if note.struck_at is not None:
        raise Refused(_("This note was struck. Nobody can read it any more."), code="struck")
    return note


def _sealed(half_hour: HalfHour, note: Note, text: str, *, by: Actor, now: datetime) -> bytes:
    me = half_hour.seat.me
    if note.kind == Note.Kind.TOGETHER:
        return seal(half_hour.seat, places.note_together(note.key, me.pk), text)
    ring = own_ring(me, now=now)
    keys = seat_at(by, half_hour.seat.partnership).keys
    return keys.seal(ring, places.note_of_one(note.key, me.pk), text)


def _record(what: str, note: Note, *, by: Actor, now: datetime) -> None:
    record(by=by, verb=f"meetings.note_{what}", target=note, detail={"kind": note.kind}, now=now)
