"""What a reporter does. There is no actor here, and nothing goes to the history or to anybody's
inbox: each of them would say who, or when."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from viceversa.safeguarding.models import Concern, ConcernCount, Entry, Holder
from viceversa.safeguarding.queries.concern import (
    Opened,
    about_holder,
    about_reporter,
    entry_place,
    named_place,
    opened_by_words,
    opener_of,
    seal_text,
)
from viceversa.safeguarding.queries.handlers import Handler, offered
from viceversa.safeguarding.rules import concern as rules
from viceversa.safeguarding.rules import receipt
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.vault.rules import envelope, keys


def report_concern(
    *, named: str, text: str, handlers: Collection[str], words: str, now: datetime
) -> Concern:
    """`handlers` are keys of people, `words` those of the receipt. The same words once more send
    nothing: whoever pressed twice gets the same receipt."""
    if receipt.read(words) != words:
        raise Refused(_("The form has lost its receipt. Begin again."), code="receipt")
    if not text.strip():
        raise Refused(_("Write what happened."), code="empty")
    opener = opener_of(words)
    sent = Concern.objects.filter(lookup=opener.lookup).first()
    if sent is not None:
        return sent
    chosen = _chosen(named, handlers)
    try:
        return _store(named, text, chosen, opener, now=now)
    except IntegrityError:
        return Concern.objects.get(lookup=opener.lookup)


def _chosen(named: str, handlers: Collection[str]) -> list[Handler]:
    if len(rules.parts_of(named)) > rules.MOST_NAMED:
        raise Refused(_("Name ten at most here, and the others in what you write."), code="named")
    chosen = [one for one in offered(named) if one.person.key in set(handlers)]
    if len(chosen) != len(set(handlers)):
        raise Refused(
            _("Somebody you chose cannot receive this concern. Choose among those shown now."),
            code="not_offered",
        )
    if len(chosen) < rules.FEWEST_HANDLERS:
        raise Refused(_("Choose two or more, so that it hangs on nobody alone."), code="too_few")
    return chosen


@transaction.atomic
def _store(
    named: str, text: str, chosen: list[Handler], opener: receipt.Opener, *, now: datetime
) -> Concern:
    opened = Opened(Concern(week=rules.week_of(now.date())), keys.new_ring_key())
    concern = opened.concern
    concern.lookup = opener.lookup
    concern.locked, concern.lock_parameters = keys.lock(
        opened.key, "receipt", opener.key, owner=about_reporter(concern)
    )
    concern.named = _sealed(opened, named.strip(), named_place(concern))
    concern.save(force_insert=True)
    Holder.objects.bulk_create(_holder(opened, one) for one in chosen)
    add_entry(opened, text, author=0, once="", now=now)
    quarter = rules.quarter_of(now.date())
    ConcernCount.objects.get_or_create(quarter=quarter)
    ConcernCount.objects.filter(quarter=quarter).update(number=F("number") + 1)
    return concern


def _holder(opened: Opened, handler: Handler) -> Holder:
    key = handler.key
    about = about_holder(opened.concern, key.person_id, key.generation)
    return Holder(
        concern=opened.concern,
        person_id=key.person_id,
        generation=key.generation,
        wrapped=keys.wrap(opened.key, bytes(key.public), about=about),
    )


def add_entry(opened: Opened, text: str, *, author: int, once: str, now: datetime) -> None:
    """Part of an action that holds the concern. The same form once more adds nothing."""
    if once and Entry.objects.filter(once=once).exists():
        return
    entry = Entry(
        concern=opened.concern,
        number=opened.concern.entries.count() + 1,
        author=author,
        handler_id=author or None,
        week=rules.week_of(now.date()),
    )
    if once:
        entry.once = once[:24]
    entry.sealed = _sealed(opened, text.strip(), entry_place(entry))
    entry.save(force_insert=True)


def _sealed(opened: Opened, text: str, place: envelope.Place) -> bytes:
    try:
        return seal_text(opened, text, place)
    except envelope.TooLong:
        raise Refused(
            _("This is too long. Keep it under %(most)s characters.")
            % {"most": f"{rules.LONGEST_TEXT:,}"},
            code="too_long",
        ) from None


def write_as_reporter(*, words: str, text: str, once: str, now: datetime) -> Opened:
    """Writing to a concern that is closed opens it again. The words are tried before anything is
    held: that is slow by design."""
    return _write(_opened(words), text, once=once, now=now)


@transaction.atomic
def _write(found: Opened, text: str, *, once: str, now: datetime) -> Opened:
    opened = _held(found)
    if not text.strip():
        raise Refused(_("Write something first."), code="empty")
    add_entry(opened, text, author=0, once=once, now=now)
    opened.concern.state, opened.concern.closed_in = Concern.State.OPEN, None
    opened.concern.save(update_fields=["state", "closed_in"])
    return opened


def answer_leave(*, words: str, yes: bool) -> Opened:
    """May the contacts speak with the person named? The answer can be changed until they have."""
    return _answer(_opened(words), yes=yes)


@transaction.atomic
def _answer(found: Opened, *, yes: bool) -> Opened:
    opened = _held(found)
    concern = opened.concern
    if not rules.may_answer_leave(concern.leave, has_spoken=concern.has_spoken):
        raise Refused(_("Nobody asks for this now."), code="not_asked")
    concern.leave = Concern.Leave.GIVEN if yes else Concern.Leave.REFUSED
    concern.save(update_fields=["leave"])
    return opened


def _opened(words: str) -> Opened:
    opened = opened_by_words(words)
    if opened is None:
        raise NotFound(_("These words open nothing."), code="words")
    return opened


def _held(found: Opened) -> Opened:
    return Opened(Concern.objects.select_for_update().get(pk=found.concern.pk), found.key)
