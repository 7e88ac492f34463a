"""The power watch: partnerships of two of whom one has come to have power over the other pause."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.power import hold_partnership
from viceversa.partnerships.actions.telling import tell_all, tell_both
from viceversa.partnerships.models import Partnership
from viceversa.people.events import ReportingLinesChanged, SayInPayChanged
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import coordinators_of
from viceversa.safeguarding.messages import ActionNeeded, HoldOver, PartnershipHeld
from viceversa.safeguarding.models import Hold
from viceversa.safeguarding.queries.power import open_holds, power_in_partnerships
from viceversa.safeguarding.rules.power import verdict
from viceversa.toolkit.actor import system
from viceversa.toolkit.jobs import later


def on_new_positions(event: ReportingLinesChanged | SayInPayChanged) -> None:
    """Looked at by a job of the same transaction: an import does not wait for it, nor lose it."""
    later("safeguarding.watch_power")


def watch_power(*, now: datetime) -> int:
    """How many partnerships were held. May run twice, and at the same time, without harm."""
    held = dict(open_holds().values_list("partnership", "pk"))
    found = verdict(power_in_partnerships(), held)
    newly = [partnership for pk in found.hold if (partnership := _hold(pk, now=now))]
    _tell_coordinators(newly, now=now)
    _release(found.release, now=now)
    open_holds().filter(partnership__in=found.forget).update(over_at=now)
    return len(newly)


@transaction.atomic
def _hold(pk: int, *, now: datetime) -> Partnership | None:
    by = system("the power watch", via="job")
    partnership = hold_partnership(partnership=Partnership(pk=pk), by=by, now=now)
    if partnership is None:
        return None
    _row, is_new = Hold.objects.get_or_create(
        partnership=partnership, over_at=None, defaults={"since": now}
    )
    if not is_new:
        return None
    tell_both(partnership, PartnershipHeld(partnership=partnership), now=now)
    return partnership


def _tell_coordinators(partnerships: Iterable[Partnership], *, now: datetime) -> None:
    """One line for each programme, however many partnerships pause at once."""
    numbers: dict[Programme, int] = {}
    for partnership in partnerships:
        programme = partnership.programme
        numbers[programme] = numbers.get(programme, 0) + 1
    for programme, number in numbers.items():
        message = ActionNeeded(slug=programme.slug, programme=programme.name, number=number)
        notify(to=list(coordinators_of(programme)), message=message, now=now)


@transaction.atomic
def _release(ids: Iterable[int], *, now: datetime) -> None:
    """It stays paused: whether it goes on is theirs to say."""
    rows = open_holds().select_for_update().filter(partnership__in=list(ids))
    over = list(rows.values_list("partnership", flat=True))
    open_holds().filter(partnership__in=over).update(over_at=now)
    people = Partnership.objects.filter(pk__in=over).select_related(
        "learner__person", "adviser__person"
    )
    tell_all(people, lambda partnership: HoldOver(partnership=partnership), now=now)
