"""Whether somebody gains from it: private, changeable, and counted only."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.programmes.models import Enrolment
from viceversa.programmes.permissions import check_can_edit_part
from viceversa.programmes.rules.renewal import may_say
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def say_gained(*, enrolment: Enrolment, answer: str, by: Actor, now: datetime) -> Enrolment:
    """History keeps that it was answered, never what."""
    check_can_edit_part(by, enrolment)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=enrolment.pk)
    )
    programme = enrolment.programme
    if answer not in Enrolment.Gained.values:
        raise Refused(_("Answer with yes, not yet or no."), code="choice")
    if not may_say(programme.state, enrolment.state):
        raise Refused(
            _("This is asked of people who take part, while the programme runs or closes."),
            code="not_now",
        )
    enrolment.gained = answer
    enrolment.save(update_fields=["gained"])
    record(by=by, verb="programmes.gained.answered", target=programme, now=now)
    return enrolment
