"""A coordinator's word on one pair. It takes effect with the next solve, not before."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.matching.actions.round import lock_round
from viceversa.matching.models import PairWish, Round
from viceversa.matching.rules import round as rules
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


def pin_pair(
    *, round_: Round, learner: Enrolment, adviser: Enrolment, by: Actor, now: datetime
) -> PairWish:
    """Keeps these two together in every further solve."""
    return _wish(PairWish.Kind.PIN, round_, learner, adviser, by=by, now=now)


def forbid_pair(
    *, round_: Round, learner: Enrolment, adviser: Enrolment, by: Actor, now: datetime
) -> PairWish:
    """Keeps these two out of every further solve."""
    return _wish(PairWish.Kind.FORBID, round_, learner, adviser, by=by, now=now)


@transaction.atomic
def release_pair(
    *, round_: Round, learner: Enrolment, adviser: Enrolment, by: Actor, now: datetime
) -> None:
    """Lets the engine decide on these two again."""
    locked = _open(round_, by=by)
    gone, _rows = PairWish.objects.filter(round=locked, learner=learner, adviser=adviser).delete()
    if not gone:
        raise Refused(_("Nothing was said about these two."), code="no_wish")
    _record(locked, "matching.pair.released", learner, adviser, by=by, now=now)


@transaction.atomic
def _wish(
    kind: str, round_: Round, learner: Enrolment, adviser: Enrolment, *, by: Actor, now: datetime
) -> PairWish:
    locked = _open(round_, by=by)
    _check_people(locked, learner, adviser)
    wish, _is_new = PairWish.objects.update_or_create(
        round=locked, learner=learner, adviser=adviser, defaults={"kind": kind}
    )
    _record(locked, f"matching.pair.{kind}", learner, adviser, by=by, now=now)
    return wish


def _open(round_: Round, *, by: Actor) -> Round:
    locked = lock_round(round_, by=by)
    if not rules.may_wish(locked.state):
        raise Refused(
            _("%(round)s is %(state)s; pairs can no longer be pinned or forbidden.")
            % {"round": locked, "state": locked.get_state_display().lower()},
            code="round_state",
        )
    return locked


def _check_people(round_: Round, learner: Enrolment, adviser: Enrolment) -> None:
    programmes = {learner.programme_id, adviser.programme_id}
    if programmes != {round_.programme_id} or not (learner.is_learner and adviser.is_adviser):
        raise Refused(_("These two do not take part in these roles."), code="people")
    if learner.person_id == adviser.person_id:
        raise Refused(_("A person cannot be their own adviser."), code="same_person")


def _record(
    round_: Round, verb: str, learner: Enrolment, adviser: Enrolment, *, by: Actor, now: datetime
) -> None:
    detail = {"learner": learner.pk, "adviser": adviser.pk}
    record(by=by, verb=verb, target=round_, detail=detail, now=now)
