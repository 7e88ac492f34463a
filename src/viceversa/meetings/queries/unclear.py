"""What the learner did not follow, as the two read it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from viceversa.meetings.models import Unclear
from viceversa.meetings.queries.content import HalfHour, Opened, opened
from viceversa.meetings.rules import places
from viceversa.meetings.rules.words import Lost
from viceversa.toolkit.errors import NotFound


@dataclass(frozen=True)
class UnclearRow:
    row: Unclear
    lost: Opened[Lost]


def unclear_at(half_hour: HalfHour) -> list[UnclearRow]:
    ring = half_hour.seat.partnership.ring
    return [
        UnclearRow(
            row,
            opened(
                half_hour.seat,
                ring,
                places.unclear(row.key, row.author_id),
                row.sealed,
                Lost.from_text,
            ),
        )
        for row in Unclear.objects.filter(meeting=half_hour.meeting)
    ]


def unclear_for(half_hour: HalfHour, key: str) -> Unclear:
    found = Unclear.objects.filter(meeting=half_hour.meeting, key=key).first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to change."))
    return found
