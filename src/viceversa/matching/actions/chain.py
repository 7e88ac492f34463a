"""A learner's choices as a chain: one is open, the others wait in line."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.matching.messages import AskReceived, AskWithdrawn, NotThisTime
from viceversa.matching.models import Ask
from viceversa.matching.queries.ask import full_advisers, open_partnerships, with_people
from viceversa.matching.rules import ask as rules
from viceversa.notifications.actions import notify
from viceversa.people.events import PeopleLeft, PersonLeft
from viceversa.programmes.events import EnrolmentWithdrawn
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused

CHOOSING_STATES = (Programme.State.MATCHING, Programme.State.RUNNING)


def check_may_ask(learner: Enrolment) -> None:
    """Is asking possible in this programme, for this learner, now?"""
    programme = learner.programme
    if programme.choosing != Programme.Choosing.LEARNER:
        raise Refused(_("In this programme partners are matched in a round."), code="not_choosing")
    if programme.state not in CHOOSING_STATES:
        raise Refused(_("This programme is not open for choosing now."), code="not_open")
    if not learner.is_learner or learner.state != Enrolment.State.ENROLLED:
        raise Refused(_("You are not enrolled as a learner in this programme."), code="not_learner")
    if any(ask.state in rules.LIVE for ask in lock_chain(learner)):
        raise Refused(
            _("You have asked already. Wait for the answer, or take your choices back first."),
            code="already_asked",
        )
    if open_partnerships(learner, "learner") >= learner.demand:
        raise Refused(_("You have all the advisers you wanted."), code="served")


def lock_chain(learner: Enrolment) -> list[Ask]:
    """The rows of the newest list that matter, locked in a fixed order."""
    return list(
        with_people()
        .select_for_update(of=("self",))
        .filter(learner=learner, state__in=rules.LIVE)
        .order_by("pk")
    )


@transaction.atomic
def send_next(*, learner: Enrolment, now: datetime) -> Ask | None:
    """Asks the first in line who has a place; passes over those who have none."""
    chain = {ask.pk: ask for ask in lock_chain(learner)}
    full = full_advisers([ask.adviser_id for ask in chain.values()])
    step = rules.what_next(
        rules.Choice(ask.pk, ask.choice, ask.state, ask.adviser_id not in full)
        for ask in chain.values()
    )
    Ask.objects.filter(pk__in=step.full).update(state=Ask.State.FULL, answered_at=now)
    if step.ask is None:
        return None
    ask = chain[step.ask]
    ask.state, ask.sent_at = Ask.State.SENT, now
    ask.expires_at = rules.expiry(now, ask.programme.ask_expires_days)
    ask.save(update_fields=["state", "sent_at", "expires_at"])
    notify(to=[ask.adviser.person], message=AskReceived(ask=ask), now=now)
    return ask


def move_on(ask: Ask, state: str, *, now: datetime) -> Ask | None:
    """Closes an open ask that did not come about, and asks the learner's next choice."""
    ask.state, ask.answered_at = state, now
    ask.save(update_fields=["state", "answered_at"])
    following = send_next(learner=ask.learner, now=now)
    message = NotThisTime(ask=ask, next_is_asked=following is not None)
    notify(to=[ask.learner.person], message=message, now=now)
    return following


def asks_end_for_leavers(event: PeopleLeft) -> None:
    end_asks_of(person_ids=event.person_ids, now=clock.now())


def asks_end_for_leaver(event: PersonLeft) -> None:
    end_asks_of(person_ids=frozenset({event.person.pk}), now=clock.now())


def asks_end_for_withdrawn(event: EnrolmentWithdrawn) -> None:
    enrolment = event.enrolment
    end_asks_of(
        person_ids=frozenset({enrolment.person_id}), programme=enrolment.programme, now=event.now
    )


@transaction.atomic
def end_asks_of(
    *, person_ids: frozenset[int], programme: Programme | None = None, now: datetime
) -> int:
    """One's own choices end; asks to somebody who is gone move on to the next choice."""
    live = with_people().filter(state__in=rules.LIVE)
    if programme is not None:
        live = live.filter(programme=programme)
    leaving = list(live.filter(learner__person__in=person_ids))
    Ask.objects.filter(pk__in=[ask.pk for ask in leaving]).update(
        state=Ask.State.WITHDRAWN, answered_at=now
    )
    for ask in leaving:
        if ask.state in rules.OPEN:
            notify(to=[ask.adviser.person], message=AskWithdrawn(ask=ask), now=now)
    moving = list(live.filter(adviser__person__in=person_ids, state__in=rules.OPEN).order_by("pk"))
    for ask in moving:
        move_on(ask, Ask.State.FULL, now=now)
    return len(leaving) + len(moving)
