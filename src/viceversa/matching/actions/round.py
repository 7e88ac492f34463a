"""A round begins: who takes part is written down, and solving is put in line."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.matching.models import PairWish, Round
from viceversa.matching.queries.pairs import proposed_pairs
from viceversa.matching.queries.round import open_round, rounds_of
from viceversa.matching.queries.settings import settings_of
from viceversa.matching.queries.snapshot import snapshot_of
from viceversa.matching.rules import round as rules
from viceversa.matching.rules.keeping import Ids, standing_pairs
from viceversa.matching.rules.snapshot import counts, fingerprint, why_empty
from viceversa.programmes.models import Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.jobs import later

MATCHING_STATES = ("enrolling", "matching", "running")


@transaction.atomic
def gather_round(*, programme: Programme, by: Actor, now: datetime) -> Round:
    """A new round: a snapshot of everybody enrolled, and solving begins."""
    check_can_coordinate(by, programme)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    _check_programme(programme)
    unfinished = open_round(programme)
    if unfinished is not None:
        raise Refused(
            _("%(round)s is not published yet. Publish it, or gather it again.")
            % {"round": unfinished},
            code="round_open",
        )
    last = rounds_of(programme).first()
    number = last.number + 1 if last else 1
    gathered = Round(programme=programme, number=number, settings=settings_of(programme))
    taken_back = last is not None and last.state == Round.State.UNDONE
    _take_snapshot(gathered, standing=proposed_pairs(last) if last and taken_back else [], now=now)
    gathered.save()
    _record(gathered, "matching.round.gathered", by=by, now=now)
    start_solving(gathered)
    return gathered


@transaction.atomic
def gather_again(*, round_: Round, by: Actor, now: datetime) -> Round:
    """The same round with people as they are now; wishes about people who are gone are dropped.

    What it proposed before are the pairs that stand, which few changes would keep.
    """
    locked = lock_round(round_, by=by)
    if not rules.may_gather(locked.state):
        raise _not_now(locked)
    _check_programme(locked.programme)
    standing = proposed_pairs(locked) or standing_pairs(locked.snapshot)
    _take_snapshot(locked, standing=standing, now=now)
    locked.save(update_fields=["snapshot", "snapshot_hash", "gathered_at", "summary"])
    _drop_wishes_of_the_gone(locked)
    _record(locked, "matching.round.gathered", by=by, now=now)
    start_solving(locked)
    return locked


@transaction.atomic
def solve_again(*, round_: Round, by: Actor, now: datetime) -> Round:
    """The same people with the pins and forbidden pairs as they stand now."""
    locked = lock_round(round_, by=by)
    if not rules.may_solve(locked.state):
        raise _not_now(locked)
    _record(locked, "matching.round.solving", by=by, now=now)
    start_solving(locked)
    return locked


def lock_round(round_: Round, *, by: Actor) -> Round:
    """The round for a coordinator to change, without its large columns."""
    check_can_coordinate(by, round_.programme)
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("programme")
        .defer("snapshot", "certificate", "fairness")
        .get(pk=round_.pk)
    )


def start_solving(locked: Round) -> None:
    """Raises the attempt, so that an older job that still runs changes nothing."""
    locked.state = Round.State.SOLVING
    locked.attempt += 1
    locked.failure = ""
    locked.progress_label, locked.progress_done, locked.progress_total = "", 0, 100
    locked.save(
        update_fields=[
            "state",
            "attempt",
            "failure",
            "progress_label",
            "progress_done",
            "progress_total",
        ]
    )
    later("matching.solve_round", round=locked.pk, attempt=locked.attempt)


def _take_snapshot(round_: Round, *, standing: Iterable[Ids], now: datetime) -> None:
    snapshot = snapshot_of(round_.programme, on=now.date())
    snapshot["standing"] = sorted(map(list, standing))
    empty = why_empty(snapshot)
    if empty:
        raise Refused(_(empty), code="nobody")
    round_.snapshot, round_.gathered_at = snapshot, now
    round_.snapshot_hash = fingerprint(snapshot)
    round_.summary = {**round_.summary, "gathered": counts(snapshot)}


def _drop_wishes_of_the_gone(round_: Round) -> None:
    people = round_.snapshot["people"]
    learners = {row["enrolment"] for row in people if "learner" in row["roles"]}
    advisers = {row["enrolment"] for row in people if "adviser" in row["roles"]}
    gone = [
        wish.pk
        for wish in PairWish.objects.filter(round=round_)
        if wish.learner_id not in learners or wish.adviser_id not in advisers
    ]
    PairWish.objects.filter(pk__in=gone).delete()


def _check_programme(programme: Programme) -> None:
    if programme.state not in MATCHING_STATES:
        raise Refused(
            _(
                "This programme is %(state)s. Rounds are run while people enrol, "
                "while it matches and while it runs."
            )
            % {"state": programme.get_state_display().lower()},
            code="programme_state",
        )


def _not_now(round_: Round) -> Refused:
    return Refused(
        _("%(round)s is %(state)s, so this is not possible now.")
        % {"round": round_, "state": round_.get_state_display().lower()},
        code="round_state",
    )


def _record(round_: Round, verb: str, *, by: Actor, now: datetime) -> None:
    gathered: dict[str, Any] = round_.summary.get("gathered", {})
    record(by=by, verb=verb, target=round_, detail=dict(gathered), now=now)
