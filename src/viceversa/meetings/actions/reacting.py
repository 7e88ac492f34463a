"""What follows for half hours when a partnership stands still, goes on or ends."""

from viceversa.meetings.actions.holding import clear_partnership
from viceversa.meetings.models import Pause
from viceversa.partnerships.events import PartnershipMoved
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.actor import system


def on_move(event: PartnershipMoved) -> None:
    """Half hours ahead are called off by nobody: who paused or left is not said anywhere."""
    partnership = event.partnership
    Pause.objects.filter(partnership=partnership, last=None).update(last=event.now)
    if partnership.state == lifecycle.PAUSED:
        Pause.objects.create(partnership=partnership, first=event.now)
    if partnership.state not in lifecycle.MEETING:
        by = system("the end of a partnership or a pause", via="job")
        clear_partnership(partnership, by=by, now=event.now)
