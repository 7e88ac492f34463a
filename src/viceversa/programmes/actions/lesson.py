"""A lesson learned: one's own until one shares it with the people of the programme."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.programmes.models import Enrolment
from viceversa.programmes.permissions import check_can_edit_part
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

LONGEST = 600


@transaction.atomic
def save_lesson(
    *, enrolment: Enrolment, text: str, is_shared: bool, by: Actor, now: datetime
) -> Enrolment:
    """Sharing can be taken back at any time; an empty text takes the lesson away."""
    check_can_edit_part(by, enrolment)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=enrolment.pk)
    )
    text = text.strip()
    if len(text) > LONGEST:
        raise Refused(_("Keep it under %(n)s characters.") % {"n": LONGEST}, code="long")
    if is_shared and not text:
        raise Refused(_("Write down what you learned before you share it."), code="empty")
    enrolment.lesson, enrolment.lesson_is_shared = text, is_shared
    enrolment.save(update_fields=["lesson", "lesson_is_shared"])
    detail = {"shared": is_shared}
    programme = enrolment.programme
    record(by=by, verb="programmes.lesson.saved", target=programme, detail=detail, now=now)
    return enrolment
