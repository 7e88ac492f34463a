"""From one state to the next, with what every move brings along."""

from datetime import datetime

from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.partnerships.events import PartnershipMoved
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.events import announce
from viceversa.vault.actions import turn


def check_move(name: str, partnership: Partnership) -> None:
    if not lifecycle.may(name, partnership.state):
        raise Refused(
            _("This partnership is %(state)s, so this is not possible now.")
            % {"state": partnership.get_state_display().lower()},
            code="not_now",
        )


def move(
    partnership: Partnership,
    state: str,
    *,
    verb: str,
    by: Actor,
    now: datetime,
    detail: dict[str, object] | None = None,
) -> Partnership:
    """Saves the whole row, which is locked, puts the move down and announces it."""
    before = partnership.state
    partnership.state = state
    partnership.save()
    detail = {"was": before, **(detail or {})}
    record(by=by, verb=verb, target=partnership, detail=detail, now=now)
    announce(PartnershipMoved(partnership=partnership, before=before, now=now))
    return partnership


def turn_key(partnership: Partnership, *, by: Actor, now: datetime) -> None:
    """What is written from now on needs a new key."""
    if partnership.ring is not None and partnership.ring.shredded_at is None:
        partnership.ring = turn(partnership.ring, by=by, now=now)
