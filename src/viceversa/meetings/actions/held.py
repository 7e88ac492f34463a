"""Rows held while something is decided about them."""

from viceversa.meetings.models import Meeting
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person


def hold_pair(partnership: Partnership) -> Partnership:
    """The partnership, then its two people in one order: nobody is booked twice at once."""
    partnership = locked(partnership)
    pair = (partnership.learner.person_id, partnership.adviser.person_id)
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=pair).order_by("pk"))
    return partnership


def hold_meeting(meeting: Meeting) -> Meeting:
    """As it is now, with its partnership."""
    partnership = hold_pair(meeting.partnership)
    fresh = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("cancellation", "series", "booked_by")
        .get(pk=meeting.pk)
    )
    fresh.partnership = partnership
    return fresh
