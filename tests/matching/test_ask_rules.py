from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from viceversa.matching.rules import ask as rules
from viceversa.matching.rules.ask import Choice, Next, what_next

pytestmark = pytest.mark.pure

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_first_in_line_is_asked() -> None:
    assert what_next([Choice(7, 2, "queued"), Choice(9, 1, "queued")]) == Next(9)


def test_a_full_adviser_is_passed_over() -> None:
    choices = [Choice(1, 1, "queued", has_place=False), Choice(2, 2, "queued")]

    assert what_next(choices) == Next(2, full=(1,))


def test_nobody_is_asked_while_one_is_open() -> None:
    assert what_next([Choice(1, 1, "question"), Choice(2, 2, "queued")]) == Next(None)


def test_nobody_is_asked_after_a_yes() -> None:
    assert what_next([Choice(1, 1, "accepted"), Choice(2, 2, "queued")]) == Next(None)


@pytest.mark.parametrize("state", ["declined", "expired", "full"])
def test_the_learner_reads_the_same_words_for_a_no_for_silence_and_for_no_place(
    state: str,
) -> None:
    assert rules.words_for_learner(state) == "not_this_time"


def test_an_ask_expires_at_its_last_moment_and_not_before() -> None:
    ends = rules.expiry(NOW, 7)

    assert not rules.is_expired("sent", ends, ends - timedelta(seconds=1))
    assert rules.is_expired("question", ends, ends)
    assert not rules.is_expired("accepted", ends, ends)


class Choices(RuleBasedStateMachine):
    """A learner's list through every order of answers, silences and advisers filling up."""

    @initialize(number=st.integers(1, rules.MOST_CHOICES), data=st.data())
    def send(self, number: int, data: st.DataObject) -> None:
        self.state = dict.fromkeys(range(1, number + 1), "queued")
        self.has_place = {at: data.draw(st.booleans()) for at in self.state}
        self.questions = 0
        self.asked: list[int] = []
        self._go_on()

    def _go_on(self) -> None:
        step = what_next(
            Choice(at, at, state, self.has_place[at]) for at, state in self.state.items()
        )
        for at in step.full:
            self.state[at] = "full"
        if step.ask is not None:
            self.state[step.ask] = "sent"
            self.asked.append(step.ask)
            self.questions = 0

    def _open(self) -> int | None:
        return next((at for at, state in self.state.items() if state in rules.OPEN), None)

    @precondition(lambda self: self._open() is not None)
    @rule(end=st.sampled_from(sorted(rules.NOT_THIS_TIME)))
    def does_not_work_out(self, end: str) -> None:
        at = self._open()
        assert at is not None
        self.state[at] = end
        self._go_on()

    @precondition(lambda self: self._open() is not None)
    @rule()
    def question_or_reply(self) -> None:
        at = self._open()
        assert at is not None
        if rules.may_question(self.state[at], self.questions):
            self.state[at] = "question"
            self.questions += 1
        elif rules.may_reply(self.state[at]):
            self.state[at] = "sent"

    @precondition(lambda self: self._open() is not None)
    @rule()
    def yes(self) -> None:
        at = self._open()
        assert at is not None
        assert rules.may_answer(self.state[at])
        self.state[at] = "accepted"
        for other, state in self.state.items():
            if state in rules.LIVE:
                self.state[other] = "withdrawn"
        self._go_on()

    @rule(data=st.data())
    def a_place_comes_or_goes(self, data: st.DataObject) -> None:
        at = data.draw(st.sampled_from(sorted(self.state)))
        self.has_place[at] = not self.has_place[at]

    @invariant()
    def at_most_one_is_open(self) -> None:
        assert sum(state in rules.OPEN for state in self.state.values()) <= 1

    @invariant()
    def they_are_asked_in_the_order_of_wish_and_each_once(self) -> None:
        assert self.asked == sorted(set(self.asked))

    @invariant()
    def nobody_waits_in_line_when_nobody_is_asked(self) -> None:
        if self._open() is None:
            assert "queued" not in self.state.values()

    @invariant()
    def one_yes_at_most(self) -> None:
        assert sum(state == "accepted" for state in self.state.values()) <= 1

    @invariant()
    def the_learner_never_reads_why(self) -> None:
        read = {rules.words_for_learner(state) for state in self.state.values()}
        assert not read & rules.NOT_THIS_TIME

    @invariant()
    def questions_have_an_end(self) -> None:
        assert self.questions <= rules.MOST_QUESTIONS


TestChoices = Choices.TestCase
