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
from viceversa.matching.models import PairWish, Proposal, Round, WhatIf
from viceversa.matching.queries.wishes import wishes_as_ids
from viceversa.matching.rules import round as rules
from viceversa.matching.rules.moves import moves_between
from viceversa.matching.rules.solving import NoSolution, best_match, summary_of
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.jobs import later

logger = logging.getLogger(__name__)

MOVES_SHOWN = 200


@dataclass(frozen=True)
class PinToTry:
    learner: Enrolment
    adviser: Enrolment


@transaction.atomic
def try_what_if(
    *,
    round_: Round,
    settings: Mapping[str, Any],
    pin: PinToTry | None = None,
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
        created_at=now,
    )
    record(by=by, verb="matching.what_if.tried", target=locked, now=now)
    later("matching.solve_what_if", what_if=what_if.pk)
    return what_if


def solve_what_if(*, what_if_id: int) -> None:
    """The job: nothing happens when it has been answered already."""
    what_if = (
        WhatIf.objects.filter(pk=what_if_id, state=WhatIf.State.SOLVING)
        .select_related("round", "pin_learner__person", "pin_adviser__person")
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
    """The round takes these settings over and is solved again with them."""
    locked = lock_round(what_if.round, by=by)
    if not rules.may_solve(locked.state) or what_if.state != WhatIf.State.READY:
        raise Refused(_("This comparison can no longer be taken."), code="what_if_state")
    locked.settings = what_if.settings
    locked.save(update_fields=["settings"])
    if what_if.pin_learner_id is not None:
        PairWish.objects.update_or_create(
            round=locked,
            learner_id=what_if.pin_learner_id,
            adviser_id=what_if.pin_adviser_id,
            defaults={"kind": PairWish.Kind.PIN},
        )
    WhatIf.objects.filter(pk=what_if.pk).update(state=WhatIf.State.TAKEN)
    record(by=by, verb="matching.what_if.taken", target=locked, now=now)
    start_solving(locked)
    return locked


def _compare(what_if: WhatIf) -> None:
    round_ = what_if.round
    pins, forbidden = wishes_as_ids(round_)
    if what_if.pin_learner and what_if.pin_adviser:
        pair = (
            what_if.pin_learner.person.external_id,
            what_if.pin_adviser.person.external_id,
        )
        pins = [*pins, *([] if pair in pins else [pair])]
        forbidden = [other for other in forbidden if other != pair]
    match = best_match(round_.snapshot, what_if.settings, pins=pins, forbidden=forbidden)
    names = {row["id"]: row["name"] for row in round_.snapshot["people"]}
    before = Proposal.objects.filter(round=round_).values_list(
        "learner__person__external_id", "adviser__person__external_id"
    )
    moves = moves_between(set(before), set(match.pair_ids), names)
    what_if.summary = summary_of(match)
    what_if.moves, what_if.moves_count = moves[:MOVES_SHOWN], len(moves)
