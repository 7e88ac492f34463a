"""Two people who are never matched. What is kept here is shown to nobody."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.events import SayInPayChanged
from viceversa.people.models import KeepApart, Person
from viceversa.people.permissions import check_can_manage_directory
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.toolkit.events import announce


@transaction.atomic
def keep_apart(*, one: Person, other: Person, reason: str, by: Actor, now: datetime) -> None:
    """Doing it again changes nothing and says nothing, so that nobody can find out by trying."""
    check_can_manage_directory(by)
    if one.pk == other.pk:
        raise Refused(_("Choose somebody else: these are the same person."), code="same_person")
    first, second = sorted((one, other), key=lambda person: person.pk)
    KeepApart.objects.get_or_create(
        one=first, other=second, reason=reason, asked_by_person_id=by.person_id
    )
    record(by=by, verb="people.kept_apart", target=one, now=now)
    if reason == KeepApart.Reason.PAY:
        announce(SayInPayChanged(person_ids=frozenset({one.pk, other.pk})))


@transaction.atomic
def end_keep_apart(*, one: Person, other: Person, by: Actor, now: datetime) -> None:
    """Takes back what directory administrators noted. Wishes of the two themselves stay."""
    check_can_manage_directory(by)
    first, second = sorted((one, other), key=lambda person: person.pk)
    KeepApart.objects.filter(
        one=first, other=second, reason__in=[KeepApart.Reason.PAY, KeepApart.Reason.CARE]
    ).delete()
    record(by=by, verb="people.no_longer_kept_apart", target=one, now=now)
    announce(SayInPayChanged(person_ids=frozenset({one.pk, other.pk})))


@transaction.atomic
def wish_apart(*, other: Person, by: Actor) -> None:
    """One's own wish. Not recorded: who reads the history would learn of it."""
    one, two = _in_order(other, by)
    KeepApart.objects.get_or_create(
        one_id=one, other_id=two, reason=KeepApart.Reason.WISH, asked_by_person_id=by.person_id
    )


@transaction.atomic
def end_wish(*, other: Person, by: Actor) -> None:
    """Takes back one's own wish; what others noted stays."""
    one, two = _in_order(other, by)
    KeepApart.objects.filter(
        one=one, other=two, reason=KeepApart.Reason.WISH, asked_by_person_id=by.person_id
    ).delete()


def _in_order(other: Person, by: Actor) -> tuple[int, int]:
    if by.person_id is None:
        raise NotAllowed(_("Only a person of the directory can wish this."))
    if other.pk == by.person_id:
        raise Refused(_("Choose somebody else: this is you."), code="same_person")
    return min(other.pk, by.person_id), max(other.pk, by.person_id)
