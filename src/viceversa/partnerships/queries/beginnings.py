"""What the questions of the agreement begin with: what the programme and one's part in it say."""

from typing import Any

from django.utils.translation import gettext as _

from viceversa.partnerships.queries.seat import Seat
from viceversa.programmes.models import Enrolment


def first_answers(seat: Seat, step: str) -> dict[str, Any]:
    partnership = seat.partnership
    programme = partnership.programme
    mine = partnership.learner if seat.is_learner else partnership.adviser
    if step == "aims":
        return {"aims": mine.goals if seat.is_learner else "", "engagement": programme.engagement}
    if step == "trust":
        return {"comfort": mine.comfort, "off_limits": mine.off_limits}
    if step == "meet":
        return {
            "every_days": programme.meeting_every_days,
            "minutes": programme.meeting_minutes,
            "ends_on": programme.ends_on,
            **_neutral_ground(partnership.learner),
        }
    return {}


def _neutral_ground(learner: Enrolment) -> dict[str, Any]:
    """Never the learner's office by itself."""
    if learner.comfort_format == "person":
        return {"channel": "person", "place": _("A small meeting room that is neither's office")}
    return {"channel": "video", "place": _("Online")}
