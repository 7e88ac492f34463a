"""Silence clocks: a reminder, the coordinators, the waiting list; pauses and holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_meeting,
    make_partnership,
    make_programme,
)
from tests.factories.agreement import answer, make_draft
from viceversa.history.models import Entry
from viceversa.meetings.actions import proposing
from viceversa.meetings.actions.silence import watch_silence
from viceversa.meetings.models import Help, Holiday, Pause
from viceversa.meetings.rules import help as rules
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.lifecycle import pause_partnership, resume_partnership
from viceversa.partnerships.actions.reminding import remind_of_turns
from viceversa.partnerships.actions.signing import sign_agreement
from viceversa.partnerships.models import Letter, Partnership
from viceversa.toolkit.actor import system

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
BY = system("the silence clocks", via="job")


def accepted(now: datetime, **fields: object) -> Partnership:
    made = {"state": "accepted", "created_at": now, **fields}
    return make_partnership(make_programme(state="running"), **made)


def write(partnership: Partnership, side: str, at: datetime) -> Letter:
    enrolment = partnership.learner if side == "learner" else partnership.adviser
    return Letter.objects.create(
        partnership=partnership, author=enrolment.person, sealed=b"sealed", sent_at=at
    )


def told(kind: str) -> list[int]:
    return list(Notification.objects.filter(kind=kind).values_list("person", flat=True))


def watch_each_day(first: datetime, days: int) -> None:
    for number in range(days + 1):
        watch_silence(by=BY, now=first + number * DAY)


@pytest.mark.django_db
def test_a_first_word_is_due_within_five_days_then_the_learner_is_reminded_once(
    now: datetime,
) -> None:
    partnership = accepted(now)

    watch_silence(by=BY, now=now + 5 * DAY - HOUR)
    assert Help.objects.count() == 0
    for hours in range(3):
        watch_silence(by=BY, now=now + 5 * DAY + hours * HOUR)

    assert told("meetings.first_contact_due") == [partnership.learner.person_id]
    row = Help.objects.get()
    assert (row.kind, row.side, row.step) == ("no_contact", "learner", 1)
    entry = Entry.objects.get(verb="meetings.reminded")
    assert entry.detail == {"kind": "no_contact", "side": "learner"}


@pytest.mark.django_db
def test_then_the_coordinators_see_it_and_nobody_else_is_told_twice(now: datetime) -> None:
    partnership = accepted(now)
    coordinator = make_coordinator(partnership.programme)

    watch_each_day(now, 12)

    assert told("meetings.help_needed") == [coordinator.pk]
    assert len(told("meetings.first_contact_due")) == 1
    assert Help.objects.get().step == 2


@pytest.mark.django_db
def test_then_the_place_goes_to_whoever_waits(now: datetime) -> None:
    partnership = accepted(now)
    waiting = make_enrolment(
        partnership.programme, learner=True, state="waiting", waiting_since=now
    )

    watch_each_day(now, 14)

    partnership.refresh_from_db()
    waiting.refresh_from_db()
    partnership.learner.refresh_from_db()
    assert (partnership.state, partnership.needs_new_partner) == ("ended", True)
    assert (waiting.state, partnership.learner.state) == ("enrolled", "waiting")
    assert len(told("meetings.place_passed_on")) == 2
    assert Help.objects.get().resolved_at is not None


@pytest.mark.django_db
def test_as_long_as_nobody_waits_the_place_stays(now: datetime) -> None:
    partnership = accepted(now)
    make_enrolment(partnership.programme, adviser=True, state="waiting", waiting_since=now)

    watch_each_day(now, 30)

    partnership.refresh_from_db()
    assert partnership.state == "accepted"
    assert Help.objects.get().step == 2


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["letter", "meeting"])
def test_a_first_word_or_half_hour_of_the_learner_settles_it(now: datetime, how: str) -> None:
    partnership = accepted(now)
    watch_silence(by=BY, now=now + 6 * DAY)

    if how == "letter":
        write(partnership, "learner", now + 6 * DAY + HOUR)
        write(partnership, "adviser", now + 6 * DAY + 2 * HOUR)
    else:
        make_meeting(partnership, starts_at=now + 30 * DAY, created_at=now + 6 * DAY)
    watch_silence(by=BY, now=now + 7 * DAY)

    assert Help.objects.get().resolved_at == now + 7 * DAY


@pytest.mark.django_db
def test_answers_to_the_agreement_handed_in_are_a_first_word_and_wait_for_those_of_the_other(
    now: datetime,
) -> None:
    partnership = accepted(now)
    answer(partnership, "learner", now=now + DAY)

    watch_silence(by=BY, now=now + 3 * DAY - HOUR)
    assert Help.objects.count() == 0
    for number in range(4):
        watch_silence(by=BY, now=now + (3 + number) * DAY)
        remind_of_turns(by=BY, now=now + (3 + number) * DAY)

    assert told("meetings.first_contact_due") == []
    assert told("meetings.answer_due") == []
    assert told("partnerships.reminder_agreement") == [partnership.adviser.person_id]
    row = Help.objects.get()
    assert (row.kind, row.side, row.step) == ("silence", "adviser", 2)
    answer(partnership, "adviser", now=now + 7 * DAY)
    watch_silence(by=BY, now=now + 7 * DAY)
    row.refresh_from_db()
    assert row.resolved_at == now + 7 * DAY


@pytest.mark.django_db
def test_with_both_answers_in_it_is_the_adviser_who_replies(now: datetime) -> None:
    partnership = accepted(now)
    answer(partnership, "learner", now=now + DAY)
    answer(partnership, "adviser", now=now + 2 * DAY)

    watch_silence(by=BY, now=now + 4 * DAY - HOUR)
    assert Help.objects.count() == 0
    watch_each_day(now + 4 * DAY, 3)

    row = Help.objects.get()
    assert (row.kind, row.side, row.step) == ("silence", "adviser", 2)


@pytest.mark.django_db
def test_a_signature_waits_for_the_other_and_both_for_the_date_that_the_learner_makes(
    now: datetime,
) -> None:
    partnership = accepted(now)
    draft = make_draft(partnership, now=now)
    for side, at in (("adviser", now + DAY), ("learner", now + 2 * DAY)):
        by = actor_for_person(partnership.person_on(side))
        sign_agreement(partnership=partnership, version=draft.version, commits=True, by=by, now=at)

    watch_silence(by=BY, now=now + 4 * DAY - HOUR)
    assert Help.objects.count() == 0
    watch_silence(by=BY, now=now + 4 * DAY)

    assert told("meetings.answer_due") == [partnership.learner.person_id]


@pytest.mark.django_db
def test_an_answer_is_due_within_two_days(now: datetime) -> None:
    partnership = accepted(now, state="active")
    write(partnership, "learner", now)

    watch_silence(by=BY, now=now + 2 * DAY - HOUR)
    assert Help.objects.count() == 0
    watch_silence(by=BY, now=now + 2 * DAY)

    assert told("meetings.answer_due") == [partnership.adviser.person_id]
    write(partnership, "adviser", now + 3 * DAY)
    write(partnership, "learner", now + 3 * DAY + HOUR)
    watch_silence(by=BY, now=now + 4 * DAY)
    assert Help.objects.filter(resolved_at=None).count() == 0


@pytest.mark.django_db
def test_while_a_half_hour_lies_ahead_a_message_needs_no_answer_but_a_proposal_does(
    now: datetime,
) -> None:
    partnership = accepted(now, state="active")
    meeting = make_meeting(partnership, starts_at=now + 20 * DAY, created_at=now)
    write(partnership, "learner", now)
    watch_silence(by=BY, now=now + 9 * DAY)
    assert Help.objects.count() == 0

    adviser = actor_for_person(partnership.adviser.person)
    proposing.propose_time(meeting=meeting, starts_at=now + 21 * DAY, by=adviser, now=now + 9 * DAY)
    watch_silence(by=BY, now=now + 11 * DAY)

    assert told("meetings.answer_due") == [partnership.learner.person_id]


@pytest.mark.django_db
def test_a_struck_message_asks_for_nothing(now: datetime) -> None:
    partnership = accepted(now, state="active")
    write(partnership, "learner", now - HOUR)
    write(partnership, "adviser", now)
    letter = write(partnership, "learner", now + HOUR)
    letter.struck_at, letter.sealed = now + 2 * HOUR, None
    letter.save()

    watch_silence(by=BY, now=now + 3 * DAY)

    assert told("meetings.answer_due") == [partnership.learner.person_id]


@pytest.mark.django_db
def test_a_pause_stops_the_clock_and_leaves_its_time_out(now: datetime) -> None:
    partnership = accepted(now)
    learner = actor_for_person(partnership.learner.person)
    pause_partnership(partnership=partnership, by=learner, now=now + 2 * DAY)
    watch_each_day(now + 2 * DAY, 20)
    resume_partnership(partnership=partnership, by=learner, now=now + 22 * DAY)

    assert Pause.objects.get().last == now + 22 * DAY
    watch_silence(by=BY, now=now + 25 * DAY - HOUR)
    assert Help.objects.count() == 0
    watch_silence(by=BY, now=now + 25 * DAY)
    assert Help.objects.count() == 1


@pytest.mark.django_db
def test_holidays_stop_the_clock(now: datetime) -> None:
    partnership = accepted(now)
    Holiday.objects.create(
        programme=partnership.programme,
        name="Carnival",
        first=date(2026, 3, 4),
        last=date(2026, 3, 6),
    )

    watch_silence(by=BY, now=now + 8 * DAY - HOUR)
    assert Help.objects.count() == 0
    watch_silence(by=BY, now=now + 8 * DAY)
    assert Help.objects.count() == 1


@pytest.mark.django_db
def test_after_weeks_without_a_worker_nobody_loses_a_place_unreminded(now: datetime) -> None:
    partnership = accepted(now)
    make_enrolment(partnership.programme, learner=True, state="waiting", waiting_since=now)
    steps = []
    for hours in range(0, 50, 5):
        watch_silence(by=BY, now=now + 60 * DAY + hours * HOUR)
        steps.append(Help.objects.get().step)

    assert steps == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["proposed", "paused", "closing", "completed", "ended"])
def test_no_clock_runs_in_a_partnership_that_is_not_lived_in(now: datetime, state: str) -> None:
    accepted(now, state=state)

    watch_each_day(now, 30)

    assert Help.objects.count() == 0


SPANS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 100)).map(
        lambda pair: (pair[0] * HOUR, (pair[0] + pair[1]) * HOUR)
    ),
    max_size=6,
)


@pytest.mark.pure
@given(SPANS, st.integers(0, 400))
def test_time_that_stands_still_is_left_out_once(
    spans: list[tuple[timedelta, timedelta]], hours: int
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    stops = [(start + first, start + last) for first, last in spans]
    ran = sum(
        not any(first <= start + hour * HOUR < last for first, last in stops)
        for hour in range(hours)
    )

    assert rules.passed(start, start + hours * HOUR, stops) == ran * HOUR


class Silence(RuleBasedStateMachine):
    """Two people who write, propose, meet, pause and go on holiday, hour by hour, beside a model
    that counts the hours one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.start = datetime(2026, 1, 1, tzinfo=UTC)
        self.now = self.start
        self.turns: list[rules.Turn] = []
        self.proposal: rules.Turn | None = None
        self.contact: datetime | None = None
        self.meets_at: datetime | None = None
        self.stops: list[rules.Span] = []
        self.paused_at: datetime | None = None
        self.owed: tuple[str, str] | None = (rules.NO_CONTACT, "learner")
        self.hours = 0
        self.step, self.stepped_at = 0, None
        self.taken: list[tuple[int, datetime]] = []

    @property
    def story(self) -> rules.Story:
        ahead = self.meets_at is not None and self.meets_at > self.now
        return rules.Story(
            self.start,
            self.contact,
            tuple(self.turns),
            proposal=self.proposal,
            meets_ahead=ahead,
        )

    @property
    def all_stops(self) -> list[rules.Span]:
        pause = [(self.paused_at, self.now)] if self.paused_at else []
        return [*self.stops, *pause]

    @property
    def stands(self) -> bool:
        return self.paused_at is not None or rules.stands_still(self.now, self.stops)

    def owes(self, kind: str, side: str) -> None:
        """A clock that runs already for the same goes on."""
        if self.owed != (kind, side):
            self.owed, self.hours, self.step, self.stepped_at = (kind, side), 0, 0, None

    def nothing_owed(self) -> None:
        self.owed, self.hours, self.step, self.stepped_at = None, 0, 0, None

    @rule(side=st.sampled_from(["learner", "adviser"]))
    @precondition(lambda self: self.meets_at is None and self.proposal is None)
    def writes(self, side: str) -> None:
        self.turns.append(rules.Turn(side, self.now))
        if side == "learner" and self.contact is None:
            self.contact = self.now
            earlier = [turn for turn in self.turns if turn.side == "adviser"]
            self.nothing_owed()
            self.owes(rules.SILENCE, "adviser")
            assert all(turn.at <= self.now for turn in earlier)
        elif self.contact is not None:
            self.owes(rules.SILENCE, rules.other(side))

    @rule(hours=st.integers(1, 72))
    @precondition(lambda self: self.meets_at is None and self.paused_at is None)
    def books(self, hours: int) -> None:
        self.turns.append(rules.Turn("learner", self.now))
        self.contact = self.contact or self.now
        self.meets_at = self.now + hours * HOUR
        self.nothing_owed()

    @rule(side=st.sampled_from(["learner", "adviser"]))
    @precondition(lambda self: self.meets_at is not None and self.proposal is None)
    def proposes(self, side: str) -> None:
        self.proposal = rules.Turn(side, self.now)
        self.owes(rules.SILENCE, rules.other(side))

    @rule()
    @precondition(lambda self: self.proposal is not None)
    def takes(self) -> None:
        assert self.proposal is not None
        self.turns.append(rules.Turn(rules.other(self.proposal.side), self.now))
        self.proposal = None
        self.nothing_owed()

    @rule()
    @precondition(lambda self: self.paused_at is None)
    def pauses(self) -> None:
        self.paused_at = self.now

    @rule()
    @precondition(lambda self: self.paused_at is not None)
    def resumes(self) -> None:
        assert self.paused_at is not None
        self.stops.append((self.paused_at, self.now))
        self.paused_at = None

    @rule(days=st.integers(1, 3))
    def holiday_begins(self, days: int) -> None:
        first = self.now.date() + DAY
        self.stops.append(rules.holiday(first, first + (days - 1) * DAY))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        for _hour in range(hours):
            if self.owed and not self.stands:
                self.hours += 1
            self.now += HOUR
            self._meet()
            self._tick()

    def _meet(self) -> None:
        """A half hour whose time has come is held, and is a word of both."""
        if self.meets_at is not None and self.meets_at <= self.now:
            self.turns.append(rules.Turn("both", self.meets_at))
            self.meets_at = self.proposal = None
            self.nothing_owed()

    def _tick(self) -> None:
        """What the job does each hour."""
        clock = rules.clock_of(self.story)
        if clock is None or self.stands:
            return
        due = rules.step_due(clock.kind, rules.passed(clock.since, self.now, self.all_stops))
        step = rules.next_step(self.step, due, stepped_at=self.stepped_at, now=self.now)
        if step is not None:
            self.step, self.stepped_at = step, self.now
            self.taken.append((step, self.now))

    @invariant()
    def the_same_side_owes_for_the_same_hours(self) -> None:
        clock = rules.clock_of(self.story)
        if self.owed is None:
            assert clock is None
            return
        assert clock is not None
        assert (clock.kind, clock.side) == self.owed
        assert rules.passed(clock.since, self.now, self.all_stops) == self.hours * HOUR

    @invariant()
    def no_step_comes_early_and_none_is_left_out(self) -> None:
        if self.owed is None:
            assert self.step == 0
            return
        first, second, third = (int(after / HOUR) for after in rules.STEPS[self.owed[0]])
        assert (self.step >= 1) <= (self.hours >= first)
        assert (self.step >= 2) <= (self.hours >= second)
        assert (self.step >= 3) <= (self.hours >= third)
        if self.hours >= first and not self.stands:
            assert self.step >= 1 or self.hours == first

    @invariant()
    def steps_are_a_day_apart(self) -> None:
        for (one, earlier), (other, later) in zip(self.taken, self.taken[1:], strict=False):
            assert other <= one or (other == one + 1 and later - earlier >= DAY)


TestSilence = pytest.mark.pure(Silence.TestCase)
TestSilence.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
