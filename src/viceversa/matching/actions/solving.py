"""The job behind a round: solve, store, tell. May run twice without harm."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction

from viceversa.history.actions import record
from viceversa.matching.messages import RoundFailed, RoundReady
from viceversa.matching.models import Options, Proposal, Round, Unmatched
from viceversa.matching.queries.wishes import wishes_as_ids, wishes_in
from viceversa.matching.rules.snapshot import Snapshot
from viceversa.matching.rules.solving import NoSolution, Outcome, Progress, solve
from viceversa.notifications.actions import notify
from viceversa.people.models import Person
from viceversa.programmes.models import Standing
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor

logger = logging.getLogger(__name__)

BATCH = 500
TELL_EVERY = timedelta(seconds=0.5)
UNEXPECTED = (
    "The solver stopped unexpectedly. Nothing was changed. Solve again; if it happens twice, "
    "tell the operator, who finds the cause in the log."
)


def solve_round(*, round_id: int, attempt: int, by: Actor) -> None:
    """Does nothing when the round has moved on since the job was put in line."""
    round_ = (
        Round.objects.filter(pk=round_id, attempt=attempt, state=Round.State.SOLVING)
        .select_related("programme")
        .first()
    )
    if round_ is None:
        return
    pins, forbidden = wishes_as_ids(round_)
    try:
        outcome = solve(
            round_.snapshot,
            round_.settings,
            pins=pins,
            forbidden=forbidden,
            progress=_saves_progress(round_),
        )
    except NoSolution as reason:
        _fail(round_, str(reason), by=by)
    except Exception:
        logger.exception("round %s could not be solved", round_id)
        _fail(round_, UNEXPECTED, by=by)
    else:
        _store(round_, outcome, wishes_in(pins, forbidden), by=by)


def enrolments_by_id(snapshot: Snapshot) -> dict[str, int]:
    return {row["id"]: row["enrolment"] for row in snapshot["people"]}


def _saves_progress(round_: Round) -> Progress:
    last = clock.now() - TELL_EVERY

    def save(label: str, percent: int) -> None:
        nonlocal last
        now = clock.now()
        if now - last >= TELL_EVERY:
            last = now
            Round.objects.filter(pk=round_.pk, attempt=round_.attempt).update(
                progress_label=label, progress_done=percent
            )

    return save


@transaction.atomic
def _store(round_: Round, outcome: Outcome, wishes: list[list[str]], *, by: Actor) -> None:
    now = clock.now()
    if not _still_ours(round_):
        return
    _clear(round_)
    known = enrolments_by_id(round_.snapshot)
    Proposal.objects.bulk_create(_proposals(round_, outcome, known), batch_size=BATCH)
    Unmatched.objects.bulk_create(
        (
            Unmatched(
                round=round_,
                enrolment_id=known[left.person_id],
                role=left.role,
                reason=left.reason,
                removed_by=left.removed_by,
                smallest_change=left.smallest_change,
                remedies=[_stored(remedy, known) for remedy in left.remedies],
            )
            for left in outcome.unmatched
        ),
        batch_size=BATCH,
    )
    Options.objects.bulk_create(
        (
            Options(
                round=round_,
                learner_id=known[learner],
                pairs=[[known[adviser], *rest] for adviser, *rest in pairs],
                is_complete=complete,
            )
            for learner, (pairs, complete) in outcome.options.items()
        ),
        batch_size=BATCH,
    )
    Round.objects.filter(pk=round_.pk).update(
        state=Round.State.READY,
        summary={
            **round_.summary,
            **outcome.summary,
            "wishes": wishes,
            "keeping": outcome.keeping,
        },
        fairness=outcome.fairness,
        certificate=outcome.certificate,
        solved_at=now,
        progress_done=100,
    )
    detail = {key: outcome.summary[key] for key in ("covered", "learners", "places", "total")}
    record(by=by, verb="matching.round.solved", target=round_, detail=detail, now=now)
    notify(to=_coordinators(round_), message=RoundReady(round=round_), now=now)


def _stored(remedy: dict[str, Any], known: dict[str, int]) -> dict[str, Any]:
    """With the enrolment of the adviser rather than the organisation's id."""
    adviser = remedy.get("more_for")
    return remedy if adviser is None else {**remedy, "more_for": known[adviser]}


def _proposals(round_: Round, outcome: Outcome, known: dict[str, int]) -> list[Proposal]:
    return [
        Proposal(
            round=round_,
            learner_id=known[one.learner_id],
            adviser_id=known[one.adviser_id],
            score=one.score,
            parts=one.parts,
            reason=one.reason,
            teaches=one.teaches,
            is_pinned=one.is_pinned,
            is_first=one.is_first,
            alternatives={
                side: [[known[key], *facts] for key, *facts in rows]
                for side, rows in one.alternatives.items()
            },
        )
        for one in outcome.proposals
    ]


@transaction.atomic
def _fail(round_: Round, sentence: str, *, by: Actor) -> None:
    now = clock.now()
    if not _still_ours(round_):
        return
    _clear(round_)
    round_.failure = sentence
    Round.objects.filter(pk=round_.pk).update(state=Round.State.FAILED, failure=sentence)
    record(by=by, verb="matching.round.failed", target=round_, now=now)
    notify(to=_coordinators(round_), message=RoundFailed(round=round_), now=now)


def _still_ours(round_: Round) -> bool:
    """Locks the round and looks whether another attempt has been started meanwhile."""
    rows = Round.objects.select_for_update().filter(
        pk=round_.pk, attempt=round_.attempt, state=Round.State.SOLVING
    )
    return bool(rows.values_list("pk", flat=True))


def _clear(round_: Round) -> None:
    """What an earlier solve left."""
    for model in (Proposal, Unmatched, Options):
        model.objects.filter(round=round_).delete()


def _coordinators(round_: Round) -> list[Person]:
    standings = Standing.objects.filter(
        programme=round_.programme_id, role=Standing.Role.COORDINATOR
    )
    return [standing.person for standing in standings.select_related("person")]
