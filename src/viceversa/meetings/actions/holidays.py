"""Days on which the silence clocks of a programme stand still."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.models import Holiday
from viceversa.programmes.models import Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

LONGEST_DAYS = 60
MOST = 100


@transaction.atomic
def add_holiday(
    *, programme: Programme, name: str, first: date, last: date, by: Actor, now: datetime
) -> Holiday:
    check_can_coordinate(by, programme)
    if last < first:
        raise Refused(_("The last day comes before the first."), code="order")
    if (last - first).days >= LONGEST_DAYS:
        raise Refused(
            _("A holiday has at most %(most)s days.") % {"most": LONGEST_DAYS}, code="long"
        )
    if not name.strip():
        raise Refused(_("Give these days a name."), code="name")
    if Holiday.objects.filter(programme=programme).count() >= MOST:
        raise Refused(_("Remove old holidays before you add more."), code="most")
    holiday = Holiday.objects.create(
        programme=programme, name=name.strip()[:80], first=first, last=last
    )
    detail = {"first": first, "last": last}
    record(by=by, verb="meetings.holiday_added", target=programme, detail=detail, now=now)
    return holiday


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: Actor, now: datetime) -> None:
    check_can_coordinate(by, holiday.programme)
    detail = {"first": holiday.first, "last": holiday.last}
    record(by=by, verb="meetings.holiday_removed", target=holiday.programme, detail=detail, now=now)
    holiday.delete()
