"""Learner's choice: goals first, then up to three asks in order, one at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.matching.actions.chain import check_may_ask, lock_chain, send_next
from viceversa.matching.actions.spread import check_spread
from viceversa.matching.messages import AskWithdrawn
from viceversa.matching.models import Ask
from viceversa.matching.permissions import check_is_own
from viceversa.matching.queries.shortlist import admissible
from viceversa.matching.rules import ask as rules
from viceversa.notifications.actions import notify
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def write_goals(
    *, enrolment: Enrolment, goals: str, career_direction: str, by: Actor, now: datetime
) -> Enrolment:
    """The learner thinks first: what is it for, and where is it to lead?"""
    check_is_own(by, enrolment)
    check_may_ask(enrolment)
    _check_goals(goals)
    enrolment.goals = goals.strip()
    enrolment.career_direction = career_direction.strip()
    enrolment.save(update_fields=["goals", "career_direction"])
    record(by=by, verb="matching.goals_written", target=enrolment, now=now)
    return enrolment


@transaction.atomic
def send_asks(
    *, learner: Enrolment, advisers: Sequence[Enrolment], by: Actor, now: datetime
) -> list[Ask]:
    """Puts up to three choices in line and asks the first who has a place."""
    check_is_own(by, learner)
    learner = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("programme", "person__unit")
        .get(pk=learner.pk)
    )
    check_may_ask(learner)
    _check_goals(learner.goals)
    reasons = _check_choices(learner, advisers)
    asks = Ask.objects.bulk_create(
        Ask(
            programme=learner.programme,
            learner=learner,
            adviser=adviser,
            choice=place,
            reason=reasons[adviser.pk][:600],
            goals=learner.goals,
            career_direction=learner.career_direction,
            created_at=now,
        )
        for place, adviser in enumerate(advisers, start=1)
    )
    record(by=by, verb="matching.asked", target=learner, detail={"choices": len(asks)}, now=now)
    send_next(learner=learner, now=now)
    return asks


@transaction.atomic
def withdraw_asks(*, learner: Enrolment, by: Actor, now: datetime) -> int:
    """Takes all of one's open choices back; an adviser who was asked needs not answer."""
    check_is_own(by, learner)
    chain = [ask for ask in lock_chain(learner) if rules.may_withdraw(ask.state)]
    if not chain:
        raise Refused(_("You have no open choice to take back."), code="nothing_open")
    Ask.objects.filter(pk__in=[ask.pk for ask in chain]).update(
        state=Ask.State.WITHDRAWN, answered_at=now
    )
    record(
        by=by, verb="matching.withdrawn", target=learner, detail={"choices": len(chain)}, now=now
    )
    for ask in chain:
        if ask.state in rules.OPEN:
            notify(to=[ask.adviser.person], message=AskWithdrawn(ask=ask), now=now)
    return len(chain)


def _check_goals(goals: str) -> None:
    if not goals.strip():
        raise Refused(
            _("Write down what you want to learn first. Then choose whom to ask."),
            code="goals_first",
        )


def _check_choices(learner: Enrolment, advisers: Sequence[Enrolment]) -> Mapping[int, str]:
    """Reasons by adviser; refuses a choice that a rule of the programme forbids."""
    ids = [adviser.pk for adviser in advisers]
    if not 1 <= len(ids) <= rules.MOST_CHOICES or len(set(ids)) != len(ids):
        raise Refused(_("Choose one, two or three different advisers."), code="choices")
    check_spread(learner, advisers)
    reasons = admissible(learner, ids)
    for adviser in advisers:
        if adviser.pk not in reasons:
            raise Refused(
                _("%(name)s cannot be asked in this programme now. Choose somebody else.")
                % {"name": adviser.person},
                code="not_admissible",
            )
    return reasons
