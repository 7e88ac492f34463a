"""Publishing in one transaction, and taking it back until somebody has answered."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.matching.models import Proposal, Round, Unmatched
from viceversa.matching.queries.snapshot import snapshot_of
from viceversa.matching.queries.wishes import wishes_since
from viceversa.matching.rules import round as rules
from viceversa.matching.rules.records import reference_date
from viceversa.matching.rules.snapshot import fingerprint, what_changed
from viceversa.partnerships.actions import Pair, propose_partnerships, withdraw_proposed
from viceversa.programmes.actions import move_programme
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

CHUNK = 5000


class PeopleChanged(Refused):
    """The snapshot no longer holds. `changes` are sentences, the first few of them."""

    def __init__(self, changes: list[str]) -> None:
        super().__init__(
            _("People changed since the snapshot, so nothing was published. Gather again. %(what)s")
            % {"what": " ".join(changes)},
            code="people_changed",
        )
        self.changes = changes


@transaction.atomic
def publish_round(*, round_: Round, by: Actor, now: datetime) -> int:
    """Makes the partnerships, all or none, and tells both people of each. Returns how many."""
    check_can_coordinate(by, round_.programme)
    locked = _locked(round_)
    _check_may_publish(locked)
    _check_wishes_are_solved(locked)
    _check_same_people(locked)
    partnerships = propose_partnerships(
        programme=locked.programme, pairs=_pairs(locked), origin=_origin(locked), by=by, now=now
    )
    if not partnerships:
        raise Refused(_("There is no pair to publish."), code="empty")
    locked.state, locked.published_at = Round.State.PUBLISHED, now
    locked.published_by = by.label[:200]
    locked.save(update_fields=["state", "published_at", "published_by"])
    _count_those_left_out(locked)
    detail = {"partnerships": len(partnerships)}
    record(by=by, verb="matching.round.published", target=locked, detail=detail, now=now)
    if locked.programme.state == Programme.State.MATCHING:
        move_programme(programme=locked.programme, to=Programme.State.RUNNING, by=by, now=now)
    return len(partnerships)


@transaction.atomic
def undo_round(*, round_: Round, by: Actor, now: datetime) -> int:
    """Takes all partnerships back, as long as nobody has said yes or no."""
    check_can_coordinate(by, round_.programme)
    locked = _locked(round_)
    if not rules.may_undo(locked.state):
        raise Refused(
            _("%(round)s is not published, so there is nothing to undo.") % {"round": locked},
            code="round_state",
        )
    number = withdraw_proposed(programme=locked.programme, origin=_origin(locked), by=by, now=now)
    locked.state, locked.undone_at = Round.State.UNDONE, now
    locked.save(update_fields=["state", "undone_at"])
    _restore_those_left_out(locked)
    detail = {"partnerships": number}
    record(by=by, verb="matching.round.undone", target=locked, detail=detail, now=now)
    return number


def _locked(round_: Round) -> Round:
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("programme")
        .defer("certificate", "fairness")
        .get(pk=round_.pk)
    )


def _origin(round_: Round) -> str:
    return f"round:{round_.pk}"


def _check_may_publish(round_: Round) -> None:
    if round_.state == Round.State.PUBLISHED:
        raise Refused(
            _("%(name)s has just published %(round)s. There is nothing left for you to do.")
            % {"name": round_.published_by, "round": round_},
            code="already_published",
        )
    if not rules.may_publish(round_.state):
        raise Refused(
            _("%(round)s is %(state)s, so it cannot be published now.")
            % {"round": round_, "state": round_.get_state_display().lower()},
            code="round_state",
        )


def _check_wishes_are_solved(round_: Round) -> None:
    if wishes_since(round_):
        raise Refused(
            _("You pinned, forbade or released pairs since the last solve. Solve again first."),
            code="wishes_waiting",
        )


def _check_same_people(round_: Round) -> None:
    current = snapshot_of(round_.programme, on=reference_date(round_.snapshot))
    if fingerprint(current) != round_.snapshot_hash:
        raise PeopleChanged(what_changed(round_.snapshot, current))


def _pairs(round_: Round) -> Iterator[Pair]:
    rows = Proposal.objects.filter(round=round_).defer("alternatives", "parts").order_by("pk")
    for row in rows.select_related("learner__person", "adviser__person"):
        yield Pair(learner=row.learner, adviser=row.adviser, reason=row.reason)


def _count_those_left_out(round_: Round) -> None:
    """Left out once more, or no longer: this is the priority of the next round."""
    served = Proposal.objects.filter(round=round_).values("learner")
    left = Unmatched.objects.filter(round=round_, role="learner").values("enrolment")
    Enrolment.objects.filter(pk__in=left).update(times_left_out=F("times_left_out") + 1)
    Enrolment.objects.filter(pk__in=served, times_left_out__gt=0).update(times_left_out=0)


def _restore_those_left_out(round_: Round) -> None:
    """As the snapshot has it; one query for each number that occurs."""
    by_number: defaultdict[int, list[int]] = defaultdict(list)
    for row in round_.snapshot["people"]:
        if "learner" in row["roles"]:
            by_number[row["left_out"]].append(row["enrolment"])
    for number, ids in by_number.items():
        for start in range(0, len(ids), CHUNK):
            chunk = Enrolment.objects.filter(pk__in=ids[start : start + CHUNK])
            chunk.update(times_left_out=number)
