"""People who must not be matched. Noted, never shown: not to the other, not to coordinators, and
not to the author either, because a list on a screen is a list somebody else may see."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.models import KeepApart, Person
from viceversa.programmes.models import Enrolment
from viceversa.programmes.permissions import check_can_edit_part
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def keep_apart(*, enrolment: Enrolment, other: Person, by: Actor, now: datetime) -> None:
    """Saying it twice is the same as saying it once, and looks the same."""
    _check(enrolment, other, by)
    one, two = sorted((enrolment.person_id, other.pk))
    KeepApart.objects.get_or_create(
        one_id=one, other_id=two, reason=KeepApart.Reason.WISH, asked_by_person_id=by.person_id
    )
    _record(enrolment, by, now=now)


@transaction.atomic
def take_back_apart(*, enrolment: Enrolment, other: Person, by: Actor, now: datetime) -> None:
    """Takes back one's own wish; whether there was one is not said."""
    _check(enrolment, other, by)
    one, two = sorted((enrolment.person_id, other.pk))
    KeepApart.objects.filter(
        one=one, other=two, reason=KeepApart.Reason.WISH, asked_by_person_id=by.person_id
    ).delete()
    _record(enrolment, by, now=now)


def _check(enrolment: Enrolment, other: Person, by: Actor) -> None:
    check_can_edit_part(by, enrolment)
    if other.pk == by.person_id:
        raise Refused(_("Choose somebody other than yourself."), code="oneself")


def _record(enrolment: Enrolment, by: Actor, *, now: datetime) -> None:
    """The same entry for both, without a name: history must not tell who wished what."""
    nameless = Actor(person_id=None, label="somebody who takes part", via=by.via)
    record(by=nameless, verb="programmes.limits.noted", target=enrolment.programme, now=now)
