"""What if: the same people under other weights, rules or one more pin, solved on the side."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.matching.actions.round import lock_round, start_solving
from viceversa.matching.actions.solving import UNEXPECTED
from viceversa.matching.models import PairWish, Round, WhatIf
from viceversa.matching.queries.pairs import proposed_pairs
from viceversa.matching.queries.wishes import wishes_as_ids
from viceversa.matching.rules import round as rules
from viceversa.matching.rules.change import Change, wishes_under, with_place
from viceversa.matching.rules.known import before_by
from viceversa.matching.rules.moves import moves_between
from viceversa.matching.rules.snapshot import counts, fingerprint
from viceversa.matching.rules.solving import NoSolution, best_match, summary_of
from viceversa.programmes.actions import give_place
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.jobs import later

logger = logging.getLogger(__name__)

MOVES_SHOWN = 200
WITH_PEOPLE = ("pin_learner__person", "pin_adviser__person", "more_for__person")


@dataclass(frozen=True)
class PinToTry:
    learner: Enrolment
    adviser: Enrolment


@dataclass(frozen=True)
class Trial:
    """What is tried: settings as a round keeps them, one more pin, one more place of an adviser."""

    settings: Mapping[str, Any]
    pin: PinToTry | None = None
    more_for: Enrolment | None = None

    @property
    def change(self) -> Change:
        pin, adviser = self.pin, self.more_for
        return Change(
            self.settings,
            (pin.learner.person.external_id, pin.adviser.person.external_id) if pin else None,
            adviser.person.external_id if adviser else "",
        )


@transaction.atomic
def try_what_if(
    *,
    round_: Round,
    settings: Mapping[str, Any],
    pin: PinToTry | None = None,
    more_for: Enrolment | None = None,
    by: Actor,
    now: datetime,
) -> WhatIf:
    """Puts a comparison in line; the round itself stays as it is."""
    locked = lock_round(round_, by=by)
    if not rules.may_publish(locked.state):
        raise Refused(_("A comparison needs a round that is ready to review."), code="round_state")
    what_if = WhatIf.objects.create(
        round=locked,
        attempt=locked.attempt,
        settings=dict(settings),
        pin_learner=pin.learner if pin else None,
        pin_adviser=pin.adviser if pin else None,
        more_for=more_for,
        created_at=now,
    )
    record(by=by, verb="matching.what_if.tried", target=locked, now=now)
    later("matching.solve_what_if", what_if=what_if.pk)
    return what_if


def solve_what_if(*, what_if_id: int) -> None:
    """The job: nothing happens when it has been answered already."""
    what_if = (
        WhatIf.objects.filter(pk=what_if_id, state=WhatIf.State.SOLVING)
        .select_related("round", *WITH_PEOPLE)
        .first()
    )
    if what_if is None:
        return
    try:
        _compare(what_if)
        what_if.state = WhatIf.State.READY
    except NoSolution as reason:
        what_if.state, what_if.failure = WhatIf.State.FAILED, str(reason)
    except Exception:
        logger.exception("comparison %s could not be solved", what_if_id)
        what_if.state, what_if.failure = WhatIf.State.FAILED, UNEXPECTED
    what_if.save(update_fields=["state", "failure", "summary", "moves", "moves_count"])


@transaction.atomic
def take_what_if(*, what_if: WhatIf, by: Actor, now: datetime) -> Round:
    """The round takes this over and is solved again with it."""
    locked = lock_round(what_if.round, by=by)
    if what_if.state != WhatIf.State.READY:
        raise _no_longer()
    _check_same_attempt(locked, what_if.attempt)
    WhatIf.objects.filter(pk=what_if.pk).update(state=WhatIf.State.TAKEN)
    return _take(locked, _trial_of(what_if), by=by, now=now)


@transaction.atomic
def take_trial(*, round_: Round, trial: Trial, attempt: int, by: Actor, now: datetime) -> Round:
    """The same for what was worked out at once; `attempt` is the one that it was compared with."""
    locked = lock_round(round_, by=by)
    _check_same_attempt(locked, attempt)
    return _take(locked, trial, by=by, now=now)


def _check_same_attempt(locked: Round, attempt: int) -> None:
    """What was seen is what is taken: not after somebody else solved the round again."""
    if not rules.may_publish(locked.state) or locked.attempt != attempt:
        raise _no_longer()


def _no_longer() -> Refused:
    return Refused(
        _("This comparison can no longer be taken: the round has changed. Try it again."),
        code="what_if_state",
    )


def _take(locked: Round, trial: Trial, *, by: Actor, now: datetime) -> Round:
    locked.settings = dict(trial.settings)
    locked.save(update_fields=["settings"])
    if trial.pin is not None:
        PairWish.objects.update_or_create(
            round=locked,
            learner=trial.pin.learner,
            adviser=trial.pin.adviser,
            defaults={"kind": PairWish.Kind.PIN},
        )
    if trial.more_for is not None:
        _give_place(locked, trial.more_for, by=by, now=now)
    record(by=by, verb="matching.what_if.taken", target=locked, now=now)
    start_solving(locked)
    return locked


def _give_place(locked: Round, adviser: Enrolment, *, by: Actor, now: datetime) -> None:
    """The adviser's part and the round's snapshot stay alike, so that publishing is not refused."""
    give_place(enrolment=adviser, by=by, now=now)
    locked.snapshot = with_place(locked.snapshot, adviser.person.external_id)
    locked.snapshot_hash = fingerprint(locked.snapshot)
    locked.summary = {**locked.summary, "gathered": counts(locked.snapshot)}
    locked.save(update_fields=["snapshot", "snapshot_hash", "summary"])


def _trial_of(what_if: WhatIf) -> Trial:
    learner, adviser = what_if.pin_learner, what_if.pin_adviser
    pin = PinToTry(learner, adviser) if learner and adviser else None
    return Trial(what_if.settings, pin, what_if.more_for)


def _compare(what_if: WhatIf) -> None:
    round_, change = what_if.round, _trial_of(what_if).change
    pins, forbidden = wishes_under(change, *wishes_as_ids(round_))
    snapshot = with_place(round_.snapshot, change.more_for)
    match = best_match(snapshot, change.settings, pins=pins, forbidden=forbidden)
    names = {row["id"]: row["name"] for row in round_.snapshot["people"]}
    pairs = proposed_pairs(round_)
    moves = moves_between(pairs, match.pair_ids, names)
    before = before_by(change, round_.settings, match, pairs)
    what_if.summary = {**summary_of(match), "before": before}
    what_if.moves, what_if.moves_count = moves[:MOVES_SHOWN], len(moves)
