"""What must hold before a half hour is booked, moved or taken."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.booker import Booker
from viceversa.meetings.queries.booking import in_the_way
from viceversa.meetings.queries.readiness import not_yet
from viceversa.meetings.rules.booking import BOOKED, LONGEST, SHORTEST
from viceversa.meetings.rules.link import is_link, link_from
from viceversa.meetings.rules.times import wrong_with_moment
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.ids import new_key


def check_may_meet(booker: Booker) -> None:
    sentence = not_yet(booker)
    if sentence:
        raise Refused(sentence, code="not_ready")


def check_time(
    booker: Booker,
    starts_at: datetime,
    minutes: int,
    *,
    besides: Meeting | None = None,
    now: datetime,
) -> None:
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused(
            _("A half hour lasts between %(least)s and %(most)s minutes.")
            % {"least": SHORTEST, "most": LONGEST},
            code="length",
        )
    wrong = wrong_with_moment(starts_at, now=now)
    if wrong:
        raise Refused(_sentence(wrong), code=wrong)
    pair = (booker.me, booker.partner)
    if in_the_way(pair, starts_at, minutes, besides=besides):
        raise Refused(
            _("One of you has another half hour at that time. Choose a time before or after."),
            code="overlap",
        )


def _sentence(wrong: str) -> str:
    if wrong == "past":
        return _("That time is over. Choose one that lies ahead.")
    return _("That is more than a year away. Choose a time within a year.")


def check_open(meeting: Meeting, *, seen: int | None, now: datetime) -> None:
    """Booked, not begun, and still as the person saw it."""
    if meeting.state != BOOKED:
        raise Refused(
            _("This half hour is %(state)s; there is nothing left to change.")
            % {"state": meeting.get_state_display().lower()},
            code="not_booked",
        )
    if seen is not None and seen != meeting.sequence:
        raise Refused(
            _("Somebody changed this half hour a moment ago. Look at its new time first."),
            code="changed",
        )
    if meeting.starts_at <= now:
        raise Refused(
            _("This half hour has begun. If it does not take place, say so on its page."),
            code="begun",
        )


def checked_link(link: str, *, make_link: bool) -> str:
    """The one that was typed, else a fresh room where rooms are set up."""
    if link and not is_link(link):
        raise Refused(_("A link begins with https:// and a host."), code="link")
    if link or not make_link:
        return link
    return link_from(settings.MEETING_LINK_TEMPLATE, new_key())
