"""A kind and honest note of the senior side, with where to go: given, heard, struck."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.seated import sealed, seat_to_write
from viceversa.partnerships.messages.feedback import FeedbackGiven, FeedbackHeard
from viceversa.partnerships.models import FeedbackNote, Partnership
from viceversa.partnerships.permissions import check_is_adviser, check_is_learner
from viceversa.partnerships.queries.feedback import place_of_feedback
from viceversa.partnerships.rules import feedback as rules
from viceversa.partnerships.rules.feedback import Feedback
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

WRONG_REFERRALS = {
    "which": gettext_lazy("Say which one, or where to ask for it."),
    "kind": gettext_lazy("Say which kind of help this is."),
}


@transaction.atomic
def give_feedback(
    *, partnership: Partnership, feedback: Feedback, by: Actor, now: datetime
) -> FeedbackNote:
    check_is_learner(by, partnership)
    seat = seat_to_write(by, partnership)
    code = rules.wrong_with(feedback.referral)
    if code is not None:
        raise Refused(str(WRONG_REFERRALS[code]), code=code)
    if FeedbackNote.objects.filter(partnership=seat.partnership).count() >= rules.MOST_NOTES:
        raise Refused(_("There are many notes already. Strike what is settled."), code="full")
    note = FeedbackNote(partnership=seat.partnership, author=seat.me, given_at=now)
    place = place_of_feedback(note.key, seat.me.pk)
    note.sealed = sealed(seat, place, feedback.as_values)
    note.save()
    record(by=by, verb="partnerships.feedback.given", target=note, now=now)
    message = FeedbackGiven(partnership=seat.partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=message, now=now)
    return note


@transaction.atomic
def hear_feedback(*, note: FeedbackNote, by: Actor, now: datetime) -> FeedbackNote:
    """The adviser has read it, and says so. It commits to nothing."""
    check_is_adviser(by, note.partnership)
    seat = seat_to_write(by, note.partnership)
    note = FeedbackNote.objects.select_for_update().get(pk=note.pk)
    if note.heard_at is None:
        note.heard_at = now
        note.save(update_fields=["heard_at"])
        record(by=by, verb="partnerships.feedback.heard", target=note, now=now)
        message = FeedbackHeard(partnership=seat.partnership, partner=seat.me.name)
        notify(to=[seat.partner], message=message, now=now)
    return note


@transaction.atomic
def strike_feedback(*, note: FeedbackNote, by: Actor, now: datetime) -> None:
    """By who wrote it: gone from both sides."""
    check_is_learner(by, note.partnership)
    seat_to_write(by, note.partnership)
    record(by=by, verb="partnerships.feedback.struck", target=note, now=now)
    note.delete()
