"""The one transaction that writes an import, and whom it is announced to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.actions.changing import lock_directory
from viceversa.people.actions.importing.outcome import Outcome
from viceversa.people.actions.importing.report import counts_of
from viceversa.people.actions.importing.writing import Writer
from viceversa.people.events import PeopleCameBack, PeopleLeft, ReportingLinesChanged
from viceversa.people.models import Person
from viceversa.people.rules.sync import Sync
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.events import announce


@dataclass(frozen=True)
class Applied:
    looked_at: Outcome
    applied: bool


@transaction.atomic
def apply_outcome(
    look: Callable[[], Outcome], *, run: models.Model, expected: str, by: Actor, now: datetime
) -> Applied:
    """Looks again while nobody else can change the directory, and writes what was `expected`."""
    lock_directory()
    outcome = look()
    if outcome.refusals or (expected and outcome.fingerprint() != expected):
        return Applied(outcome, applied=False)
    writer = Writer(outcome)
    writer.write(now.date())
    counts = counts_of(outcome.sync)
    record(by=by, verb="people.imported", target=run, detail=counts, now=now)
    _announce(outcome.sync, writer.ids)
    return Applied(outcome, applied=True)


def sentence_for_leavers(sync: Sync, *, asked_by: int | None) -> str:
    """Empty while at most one in ten would leave, and not the person who imports."""
    asker = Person.objects.filter(pk=asked_by or 0).values_list("external_id", flat=True).first()
    if asker in {person.external_id for person in sync.left}:
        return _(
            "You are not in this file yourself. Applied as it is, it would mark you as left and "
            "end your own sign-in. Check that this is the right file."
        )
    if not sync.needs_second_look:
        return ""
    return _(
        "%(left)s of %(present)s people are not in this file and would be marked as left. "
        "Perhaps a part of the file is missing. Confirm that they left, or send the whole file."
    ) % {"left": f"{len(sync.left):,}", "present": f"{sync.present_before:,}"}


def _announce(sync: Sync, ids: dict[str, int]) -> None:
    left = frozenset(ids[person.external_id] for person in sync.left)
    back = frozenset(ids[change.after.external_id] for change in sync.came_back)
    lines = {ids[change.after.external_id] for change in sync.new_manager}
    lines |= {ids[row.external_id] for row in sync.joined if row.manager}
    if left:
        announce(PeopleLeft(person_ids=left))
    if back:
        announce(PeopleCameBack(person_ids=back))
    if lines:
        announce(ReportingLinesChanged(person_ids=frozenset(lines)))
