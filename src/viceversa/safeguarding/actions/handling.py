"""What handlers do with a concern. Nothing of it goes to the history either: who reads it could lay
the hours of answers beside the hours of somebody's visits."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.notifications.actions import notify
from viceversa.notifications.models import Notification
from viceversa.people.models import Person
from viceversa.safeguarding.actions.concern import add_entry
from viceversa.safeguarding.messages import LookAtConcerns
from viceversa.safeguarding.models import Concern, Holder
from viceversa.safeguarding.permissions import check_is_contact
from viceversa.safeguarding.queries.concern import Opened, holder_for, opened_for
from viceversa.safeguarding.queries.handlers import contacts
from viceversa.safeguarding.rules import concern as rules
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.vault.actions.user_key import keys_for
from viceversa.vault.queries import NoKey


@transaction.atomic
def write_as_handler(*, key: str, text: str, once: str, by: Actor, now: datetime) -> None:
    opened = _held(key, by)
    if not text.strip():
        raise Refused(_("Write something first."), code="empty")
    add_entry(opened, text, author=by.person_id or 0, once=once, now=now)


@transaction.atomic
def ask_leave(*, key: str, by: Actor) -> None:
    """Asks the reporter whether one may speak with the person named."""
    concern = _held(key, by).concern
    if not rules.may_ask_leave(concern.leave, has_spoken=concern.has_spoken):
        raise Refused(_("The reporter has been asked already."), code="asked")
    concern.leave = Concern.Leave.ASKED
    concern.save(update_fields=["leave"])


@transaction.atomic
def mark_spoken(*, key: str, by: Actor) -> None:
    concern = _held(key, by).concern
    if concern.has_spoken:
        return
    if not rules.may_mark_spoken(concern.leave, has_spoken=False):
        raise Refused(
            _("The reporter has not agreed. Ask for leave, and speak with nobody before."),
            code="no_leave",
        )
    concern.has_spoken = True
    concern.save(update_fields=["has_spoken"])


@transaction.atomic
def close_concern(*, key: str, by: Actor, now: datetime) -> None:
    concern = _held(key, by).concern
    if not concern.is_open:
        raise Refused(_("It is closed already."), code="closed")
    concern.state, concern.closed_in = Concern.State.CLOSED, rules.week_of(now.date())
    concern.save(update_fields=["state", "closed_in"])


def note_read(*, holder: Holder, entries: int) -> None:
    """So that the list can say what is new to oneself."""
    Holder.objects.filter(pk=holder.pk).update(read=entries)


def become_ready(*, by: Actor, now: datetime) -> None:
    """Makes the key that concerns are sealed to. One that is there and does not open stays."""
    check_is_contact(by)
    keys_for({by.person_id or 0}, now=now)


def _held(key: str, by: Actor) -> Opened:
    check_is_contact(by)
    holder = holder_for(by, key)
    opened = opened_for(by, holder)
    if opened is None:
        raise NoKey(_("This was sealed to a key that you have replaced."), code="no_key")
    return Opened(Concern.objects.select_for_update().get(pk=holder.concern_id), opened.key)


@transaction.atomic
def send_round(*, now: datetime) -> int:
    """Once a day the same letter to every contact, whether or not there is something new."""
    people = contacts()
    had = Notification.objects.filter(
        kind=LookAtConcerns.kind, person__in=people, created_at__date=now.date()
    )
    told = set(had.values_list("person", flat=True))
    waiting: list[Person] = [person for person in people if person.pk not in told]
    notify(to=waiting, message=LookAtConcerns(), now=now)
    return len(waiting)


def forget_concerns(*, now: datetime) -> int:
    """What has been closed for half a year goes, with all that was written."""
    last = rules.week_of(now.date()) - rules.KEPT
    found = Concern.objects.filter(state=Concern.State.CLOSED, closed_in__lte=last)
    number = found.count()
    found.delete()
    return number
