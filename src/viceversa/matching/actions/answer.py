"""The adviser's answer: yes, a question first, or a private no; and what follows from silence."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.matching.actions.chain import lock_chain, move_on
from viceversa.matching.messages import AskQuestioned, AskReplied
from viceversa.matching.models import Ask, AskMessage
from viceversa.matching.permissions import check_is_adviser, check_is_learner
from viceversa.matching.queries.ask import full_advisers, open_partnerships, with_people
from viceversa.matching.rules import ask as rules
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions import Pair, agree_partnership
from viceversa.partnerships.models import Partnership
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def accept_ask(*, ask: Ask, by: Actor, now: datetime) -> Partnership:
    """Both have agreed at once: the learner by asking. Places are counted again here."""
    check_is_adviser(by, ask)
    _lock_places(ask)
    ask = _locked(ask)
    _check_waits_for_answer(ask, now)
    _check_places(ask)
    ask.state, ask.answered_at = Ask.State.ACCEPTED, now
    ask.save(update_fields=["state", "answered_at"])
    record(by=by, verb="matching.ask_accepted", target=ask, now=now)
    partnership = agree_partnership(
        pair=Pair(learner=ask.learner, adviser=ask.adviser, reason=ask.reason),
        asked_at=ask.sent_at or now,
        origin=f"ask:{ask.pk}",
        by=by,
        now=now,
    )
    _let_the_others_go(ask, now=now)
    return partnership


@transaction.atomic
def decline_ask(*, ask: Ask, by: Actor, now: datetime) -> Ask:
    """Private: no reason is asked for, and the learner reads “not this time”."""
    check_is_adviser(by, ask)
    ask = _locked(ask)
    _check_waits_for_answer(ask, now)
    record(by=by, verb="matching.ask_declined", target=ask, now=now)
    move_on(ask, Ask.State.DECLINED, now=now)
    return ask


@transaction.atomic
def question_ask(*, ask: Ask, text: str, by: Actor, now: datetime) -> AskMessage:
    """The clock starts again, so that a question never costs the learner the answer."""
    check_is_adviser(by, ask)
    ask = _locked(ask)
    _check_waits_for_answer(ask, now)
    asked = ask.messages.filter(author_person_id=ask.adviser.person_id).count()
    if not rules.may_question(ask.state, asked):
        raise Refused(
            _("Wait for the reply, or answer now. After three questions, meet and talk."),
            code="questions",
        )
    return _write(ask, Ask.State.QUESTION, text, by=by, now=now)


@transaction.atomic
def reply_to_question(*, ask: Ask, text: str, by: Actor, now: datetime) -> AskMessage:
    check_is_learner(by, ask)
    ask = _locked(ask)
    if not rules.may_reply(ask.state) or rules.is_expired(ask.state, ask.expires_at, now):
        raise Refused(_("There is no question waiting for your reply."), code="no_question")
    return _write(ask, Ask.State.SENT, text, by=by, now=now)


@transaction.atomic
def expire_asks(*, now: datetime) -> int:
    """Closes asks nobody answered in time and moves each learner on to the next choice."""
    late = list(
        with_people()
        .select_for_update(of=("self",), skip_locked=True)
        .filter(state__in=rules.OPEN, expires_at__lte=now)
        .order_by("pk")[:200]
    )
    for ask in late:
        move_on(ask, Ask.State.EXPIRED, now=now)
    return len(late)


def _write(ask: Ask, state: str, text: str, *, by: Actor, now: datetime) -> AskMessage:
    if not text.strip():
        raise Refused(_("Write a sentence first."), code="empty")
    ask.state = state
    ask.expires_at = rules.expiry(now, ask.programme.ask_expires_days)
    ask.save(update_fields=["state", "expires_at"])
    is_question = state == Ask.State.QUESTION
    verb = "matching.ask_questioned" if is_question else "matching.ask_replied"
    record(by=by, verb=verb, target=ask, now=now)
    if is_question:
        notify(to=[ask.learner.person], message=AskQuestioned(ask=ask), now=now)
    else:
        notify(to=[ask.adviser.person], message=AskReplied(ask=ask), now=now)
    author = ask.adviser if is_question else ask.learner
    return AskMessage.objects.create(
        ask=ask, author_person_id=author.person_id, text=text.strip()[:1000], created_at=now
    )


def _lock_places(ask: Ask) -> None:
    """Two asks accepted at once must not both take the last place."""
    pair = sorted((ask.learner_id, ask.adviser_id))
    list(Enrolment.objects.select_for_update().filter(pk__in=pair).order_by("pk"))


def _locked(ask: Ask) -> Ask:
    return with_people().select_for_update(of=("self",)).get(pk=ask.pk)


def _check_waits_for_answer(ask: Ask, now: datetime) -> None:
    if rules.is_expired(ask.state, ask.expires_at, now):
        raise Refused(_("The time for an answer has passed."), code="expired")
    if not rules.may_answer(ask.state):
        raise Refused(_("This ask no longer waits for an answer."), code="answered")


def _check_places(ask: Ask) -> None:
    if full_advisers([ask.adviser_id]):
        raise Refused(
            _("You have no free place now. Raise your number of places first, or say no."),
            code="full",
        )
    if open_partnerships(ask.learner, "learner") >= ask.learner.demand:
        raise Refused(_("The learner has found all advisers in the meantime."), code="served")


def _let_the_others_go(ask: Ask, *, now: datetime) -> None:
    """The learner's further choices are dropped; others who wait for a full adviser move on."""
    waiting = [row.pk for row in lock_chain(ask.learner)]
    Ask.objects.filter(pk__in=waiting).update(state=Ask.State.WITHDRAWN, answered_at=now)
    if not full_advisers([ask.adviser_id]):
        return
    others = (
        with_people()
        .select_for_update(of=("self",))
        .filter(adviser=ask.adviser, state__in=rules.OPEN)
    )
    for other in others.order_by("pk"):
        move_on(other, Ask.State.FULL, now=now)
