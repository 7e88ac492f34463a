"""Lets some pairs of the sample live, through the same actions that people use, so that the sample
holds partnerships in every state. The mails they would have caused are not sent."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from viceversa.home.actions.sample_giving import give_back, say_for_themselves
from viceversa.home.actions.sample_introductions import introduce
from viceversa.home.actions.sample_pair import Pair
from viceversa.home.actions.sample_pulse import ask_how_it_goes
from viceversa.home.sample import talk
from viceversa.meetings.actions.afterword import look_back
from viceversa.meetings.actions.booking import book_meeting, cancel_meeting
from viceversa.meetings.actions.commitment import NewPromise, close_promise
from viceversa.meetings.actions.holding import hold_past
from viceversa.meetings.actions.ideas import take_up_idea
from viceversa.meetings.actions.note import write_note
from viceversa.meetings.actions.preparation import prepare
from viceversa.meetings.actions.unclear import did_not_follow
from viceversa.meetings.models import Commitment, Meeting
from viceversa.meetings.rules.words import LookingBack, Preparing, Promise
from viceversa.notifications.models import Delivery
from viceversa.partnerships.actions.agreement import (
    answer_step,
    hand_in,
    put_agreement_together,
    reply_to_outcomes,
)
from viceversa.partnerships.actions.closing import complete_partnership, hand_in_look_back
from viceversa.partnerships.actions.goal import accept_goal, propose_goal, set_progress
from viceversa.partnerships.actions.ledger import write_in_ledger
from viceversa.partnerships.actions.letter import write_letter
from viceversa.partnerships.actions.lifecycle import (
    end_without_fault,
    pause_partnership,
    start_closing,
)
from viceversa.partnerships.actions.signing import sign_agreement
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.queries.ideas import ideas_for
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.actor import Actor, system

HALF_HOUR = timedelta(minutes=30)
WEEK = timedelta(days=7)


def let_them_live(programme: Programme, *, now: datetime) -> int:
    """One pair for each story; the two who can sign in as learner and adviser live the first."""
    introduce(programme, now=now)
    ask_how_it_goes(programme, now=now)
    pairs = _agreed_pairs(programme, now=now)[: len(STORIES)]
    for pair, story in zip(pairs, STORIES, strict=False):
        story(pair)
    Delivery.objects.filter(state=Delivery.State.WAITING).delete()
    return len(pairs)


def _agreed_pairs(programme: Programme, *, now: datetime) -> list[Pair]:
    agreed = (
        Partnership.objects.filter(programme=programme, state=Partnership.State.ACCEPTED)
        .select_related("learner__person", "adviser__person", "programme")
        .order_by("-pk")
    )
    return [
        Pair(row, _actor(row.learner), _actor(row.adviser), now) for row in agreed[: len(STORIES)]
    ]


def _actor(enrolment: Enrolment) -> Actor:
    return Actor(person_id=enrolment.person_id, label=enrolment.person.name)


def meets_every_week(pair: Pair) -> None:
    _agree(pair, pair.ago(27))
    _set_goals(pair, pair.ago(26))
    say_for_themselves(pair, pair.ago(26))
    for days in (24, 17, 10, 3):
        _meet(pair, pair.ago(days))
    last = Meeting.objects.filter(partnership=pair.partnership).latest("starts_at")
    did_not_follow(meeting=last, by=pair.learner, now=last.starts_at + HALF_HOUR / 2)
    _promise_kept(pair, pair.ago(9))
    give_back(pair, pair.ago(8))
    _write(pair, pair.ago(2))
    ahead = _book(pair, _at_eleven(pair.now + timedelta(days=4)), pair.ago(3))
    prepare(
        meeting=ahead,
        words=Preparing(questions=talk.QUESTIONS, concerns=talk.CONCERNS, ideas=talk.IDEAS),
        by=pair.learner,
        now=pair.ago(1),
    )


def has_answered_apart(pair: Pair) -> None:
    _answer(pair, pair.learner, talk.LEARNER_ANSWERS, pair.ago(4))
    hand_in(partnership=pair.partnership, by=pair.learner, now=pair.ago(4))


def lies_side_by_side(pair: Pair) -> None:
    """Both have answered and the adviser replied; the learner puts it together."""
    _answer_both(pair, pair.ago(3))


def waits_for_the_second_signature(pair: Pair) -> None:
    draft = _put_together(pair, pair.ago(5))
    sign_agreement(
        partnership=pair.partnership,
        version=draft.version,
        commits=True,
        by=pair.adviser,
        now=pair.ago(4),
    )


def is_about_to_begin(pair: Pair) -> None:
    _agree(pair, pair.ago(3))
    _set_goals(pair, pair.ago(2))
    first = _book(pair, _at_eleven(pair.now + timedelta(days=2)), pair.ago(2))
    code = ideas_for(pair.partnership)[0].code
    take_up_idea(meeting=first, code=code, by=pair.adviser, now=pair.ago(1))


def cannot_find_a_time(pair: Pair) -> None:
    _agree(pair, pair.ago(20))
    _meet(pair, pair.ago(18))
    for days in (11, 4):
        meeting = _book(pair, _at_eleven(pair.ago(days)), pair.ago(days + 3))
        cancel_meeting(meeting=meeting, by=pair.learner, now=meeting.starts_at - timedelta(hours=3))


def rests(pair: Pair) -> None:
    _agree(pair, pair.ago(25))
    _meet(pair, pair.ago(20))
    until = (pair.now + timedelta(days=20)).date()
    pause_partnership(partnership=pair.partnership, until=until, by=pair.adviser, now=pair.ago(6))


def looks_back(pair: Pair) -> None:
    _agree(pair, pair.ago(60))
    _set_goals(pair, pair.ago(59))
    say_for_themselves(pair, pair.ago(59))
    for days in (50, 40, 30, 20):
        _meet(pair, pair.ago(days))
    _begin_to_close(pair, pair.ago(3))
    _look_back(pair, pair.learner, pair.ago(2))


def has_completed(pair: Pair) -> None:
    _agree(pair, pair.ago(70))
    _set_goals(pair, pair.ago(69))
    for days in (60, 50, 40):
        _meet(pair, pair.ago(days))
    _keep_ledger(pair, pair.ago(31))
    _begin_to_close(pair, pair.ago(30))
    for one in pair.both:
        _look_back(pair, one, pair.ago(28))
    complete_partnership(partnership=pair.partnership, by=pair.learner, now=pair.ago(27))


def ended(pair: Pair) -> None:
    _agree(pair, pair.ago(22))
    end_without_fault(partnership=pair.partnership, by=pair.adviser, now=pair.ago(5))


STORIES: tuple[Callable[[Pair], None], ...] = (
    meets_every_week,
    lies_side_by_side,
    has_answered_apart,
    cannot_find_a_time,
    rests,
    looks_back,
    has_completed,
    ended,
    is_about_to_begin,
    waits_for_the_second_signature,
)


def _answer(pair: Pair, who: Actor, answers: Mapping[str, Any], at: datetime) -> None:
    for step, said in answers.items():
        answer_step(partnership=pair.partnership, step=step, answers=said, by=who, now=at)


def _answer_both(pair: Pair, at: datetime) -> None:
    _answer(pair, pair.learner, talk.LEARNER_ANSWERS, at)
    _answer(pair, pair.adviser, talk.ADVISER_ANSWERS, at)
    for one in pair.both:
        hand_in(partnership=pair.partnership, by=one, now=at)
    reply_to_outcomes(partnership=pair.partnership, replies=talk.REPLIES, by=pair.adviser, now=at)


def _put_together(pair: Pair, at: datetime) -> Agreement:
    _answer_both(pair, at)
    return put_agreement_together(partnership=pair.partnership, by=pair.learner, now=at)


def _agree(pair: Pair, at: datetime) -> None:
    draft = _put_together(pair, at)
    for one in pair.both:
        sign_agreement(
            partnership=pair.partnership, version=draft.version, commits=True, by=one, now=at
        )


def _set_goals(pair: Pair, at: datetime) -> None:
    for stream, kind, title, words in talk.GOALS:
        goal = propose_goal(
            partnership=pair.partnership,
            stream=stream,
            kind=kind,
            title=title,
            words=words,
            by=pair.learner,
            now=at,
        )
        goal = accept_goal(goal=goal, by=pair.adviser, now=at)
        owner = pair.learner if stream == "learning" else pair.adviser
        set_progress(goal=goal, progress=40, by=owner, now=at)


def _at_eleven(day: datetime) -> datetime:
    return day.replace(hour=11, minute=0, second=0, microsecond=0)


def _book(pair: Pair, starts_at: datetime, at: datetime) -> Meeting:
    return book_meeting(
        partnership=pair.partnership, starts_at=starts_at, make_link=True, by=pair.learner, now=at
    )


def _meet(pair: Pair, day: datetime) -> None:
    meeting = _book(pair, _at_eleven(day), day - timedelta(days=2))
    before = meeting.starts_at - timedelta(hours=2)
    words = Preparing(questions=talk.QUESTIONS, concerns=talk.CONCERNS)
    prepare(meeting=meeting, words=words, by=pair.learner, now=before)
    prepare(meeting=meeting, words=Preparing(ideas=talk.SHOWN), by=pair.adviser, now=before)
    after = meeting.starts_at + HALF_HOUR
    write_note(meeting=meeting, kind="together", text=talk.NOTE, by=pair.adviser, now=after)
    write_note(meeting=meeting, kind="own", text=talk.OWN_NOTE, by=pair.learner, now=after)
    hold_past(by=system("the sample", via="command"), now=after + timedelta(hours=1))
    you_said, i_will = talk.PROMISE
    promise = NewPromise(Promise(you_said, i_will), (after + WEEK).date())
    look_back(
        meeting=meeting,
        words=LookingBack(talk.THANKS, talk.SURPRISED, talk.BETTER),
        promises=[promise],
        by=pair.learner,
        now=after + timedelta(hours=1),
    )


def _promise_kept(pair: Pair, at: datetime) -> None:
    for promise in Commitment.objects.filter(partnership=pair.partnership, made_at__lt=at):
        close_promise(commitment=promise, outcome="kept", by=pair.learner, now=at)


def _write(pair: Pair, at: datetime) -> None:
    write_letter(partnership=pair.partnership, text=talk.MESSAGE, by=pair.learner, now=at)
    later = at + timedelta(hours=3)
    write_letter(partnership=pair.partnership, text=talk.ANSWER, by=pair.adviser, now=later)
    _keep_ledger(pair, later)


def _keep_ledger(pair: Pair, at: datetime) -> None:
    for one, side in zip(pair.both, ("learner", "adviser"), strict=True):
        for kind, text in talk.LEDGER[side].items():
            write_in_ledger(partnership=pair.partnership, kind=kind, text=text, by=one, now=at)


def _begin_to_close(pair: Pair, at: datetime) -> None:
    for one in pair.both:
        start_closing(partnership=pair.partnership, by=one, now=at)


def _look_back(pair: Pair, who: Actor, at: datetime) -> None:
    hand_in_look_back(
        partnership=pair.partnership,
        words=dict(talk.LOOK_BACK),
        gained=True,
        wants_more=False,
        more_until=None,
        story_consent=False,
        by=who,
        now=at,
    )
