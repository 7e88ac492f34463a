"""Closing and going on, and the whole life of a partnership as a machine of states."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.factories import actor_for_person, make_partnership, make_person
from tests.factories.agreement import make_agreement, seat_of
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.closing import (
    complete_partnership,
    extend_partnership,
    hand_in_look_back,
)
from viceversa.partnerships.actions.erasing import keep_words, wish_to_erase
from viceversa.partnerships.actions.lifecycle import (
    end_without_fault,
    keep_going,
    pause_partnership,
    resume_partnership,
    start_closing,
)
from viceversa.partnerships.actions.signing import (
    change_terms,
    raise_confidentiality,
    set_draft_aside,
    sign_agreement,
)
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.queries.path import path_of
from viceversa.partnerships.rules import agreement as rules
from viceversa.partnerships.rules import lifecycle
from viceversa.partnerships.rules.terms import STRICTEST_FIRST, is_stricter
from viceversa.toolkit.errors import NotAllowed, Refused

MOMENTS = st.integers(0, 50).map(lambda day: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(day))
SPELLS = st.lists(st.builds(rules.Spell, MOMENTS, st.sampled_from(STRICTEST_FIRST)), max_size=6)


@pytest.mark.django_db
def test_before_the_last_day_both_must_wish_to_close(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership)
    learner = actor_for_person(partnership.learner.person)
    adviser = actor_for_person(partnership.adviser.person)
    Notification.objects.all().delete()

    start_closing(partnership=partnership, by=learner, now=now)
    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.ACTIVE
    assert Notification.objects.get().person == partnership.adviser.person
    with pytest.raises(Refused, match="already said so"):
        start_closing(partnership=partnership, by=learner, now=now)

    start_closing(partnership=partnership, by=adviser, now=now)
    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.CLOSING
    assert Notification.objects.filter(kind="partnerships.closing_started").count() == 2
    assert Entry.objects.filter(verb="partnerships.closing").count() == 1


@pytest.mark.django_db
def test_on_the_last_day_one_is_enough(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership, ends_on=now.date())

    closed = start_closing(
        partnership=partnership, by=actor_for_person(partnership.adviser.person), now=now
    )

    assert closed.state == Partnership.State.CLOSING


@pytest.mark.django_db
def test_what_was_paused_before_signing_has_nothing_to_close(now: datetime) -> None:
    partnership = make_partnership(state="preparing")
    learner = actor_for_person(partnership.learner.person)
    pause_partnership(partnership=partnership, by=learner, now=now)

    with pytest.raises(Refused, match="before both have signed"):
        start_closing(partnership=partnership, by=learner, now=now)


@pytest.mark.django_db
def test_the_wish_to_close_is_taken_back(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership)
    start_closing(partnership=partnership, by=actor_for_person(partnership.learner.person), now=now)

    going = keep_going(
        partnership=partnership, by=actor_for_person(partnership.adviser.person), now=now
    )

    assert going.state == Partnership.State.ACTIVE
    assert not going.is_asked_to_close
    with pytest.raises(Refused, match="Nobody has asked"):
        keep_going(
            partnership=partnership, by=actor_for_person(partnership.learner.person), now=now
        )


@pytest.mark.django_db
def test_past_the_last_day_they_go_on_only_by_looking_back(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership, ends_on=now.date())
    learner = actor_for_person(partnership.learner.person)
    start_closing(partnership=partnership, by=learner, now=now)

    with pytest.raises(Refused, match="when both of you gain"):
        keep_going(partnership=partnership, by=learner, now=now)


@pytest.mark.django_db
def test_nobody_else_closes_or_keeps_it_going(now: datetime) -> None:
    stranger = actor_for_person(make_person(), roles=("operator",))

    with pytest.raises(NotAllowed):
        start_closing(partnership=make_partnership(state="active"), by=stranger, now=now)
    with pytest.raises(NotAllowed):
        keep_going(partnership=make_partnership(state="closing"), by=stranger, now=now)


@given(
    name=st.sampled_from(sorted(lifecycle.MOVES)), state=st.sampled_from(Partnership.State.values)
)
def test_a_move_is_possible_from_its_states_alone_and_nothing_leaves_the_end(
    name: str, state: str
) -> None:
    if lifecycle.may(name, state):
        assert lifecycle.after(name, state) in Partnership.State.values
        assert state not in lifecycle.OVER
    else:
        with pytest.raises(ValueError, match="not possible"):
            lifecycle.after(name, state)


@given(made_at=MOMENTS, spells=SPELLS, more=SPELLS)
def test_what_is_past_never_becomes_less_confidential(
    made_at: datetime, spells: list[rules.Spell], more: list[rules.Spell]
) -> None:
    later = [spell for spell in more if spell.since > made_at]
    before = rules.level_for(made_at, spells)

    after = rules.level_for(made_at, [*spells, *later])

    assert not is_stricter(before, after)


SIDES = st.sampled_from(["learner", "adviser"])
NOW = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)


class Life(RuleBasedStateMachine):
    """Two people do whatever they like in any order, over the real actions."""

    def __init__(self) -> None:
        super().__init__()
        self.partnership = make_partnership(state="accepted")
        self.drafted = make_agreement(self.partnership, signed=False, confidentiality="story")
        self.signed: dict[int, set[str]] = {}
        self.ended = False
        self.looks: dict[str, tuple[bool, bool]] = {}
        self.wishes: set[str] = set()
        self.day = 0

    @property
    def now(self) -> datetime:
        self.day += 1
        return NOW + timedelta(hours=self.day)

    def row(self) -> Partnership:
        return Partnership.objects.get(pk=self.partnership.pk)

    def attempt(self, action: Any, side: str, **given: Any) -> bool:
        """Whether it was done. A refusal leaves everything as it was."""
        by = actor_for_person(self.partnership.person_on(side))
        before = _facts(self.row())
        try:
            action(partnership=self.partnership, by=by, now=self.now, **given)
        except Refused:
            assert _facts(self.row()) == before
            return False
        return True

    @initialize(is_signed=st.booleans())
    def begin(self, is_signed: bool) -> None:
        if is_signed:
            self.agree()

    @rule()
    def agree(self) -> None:
        for side in ("learner", "adviser"):
            self.sign(side, commits=True, back=0)

    @rule(side=SIDES, commits=st.booleans(), back=st.sampled_from([0, 0, 0, 1, 2]))
    def sign(self, side: str, commits: bool, back: int) -> None:
        newest = Agreement.objects.filter(partnership=self.partnership).first()
        assert newest is not None
        version = newest.version - back
        if self.attempt(sign_agreement, side, version=version, commits=commits):
            assert back == 0
            assert commits or side == "adviser"
            assert side not in self.signed.setdefault(version, set())
            self.signed[version].add(side)

    @rule(side=SIDES, minutes=st.sampled_from([15, 30, 45]), level=st.sampled_from(STRICTEST_FIRST))
    def change(self, side: str, minutes: int, level: str) -> None:
        current = Agreement.objects.filter(
            partnership=self.partnership, state__in=["draft", "signed"]
        ).first()
        assert current is not None
        changes = {"minutes": minutes, "confidentiality": level}
        self.attempt(change_terms, side, seen=current.version, changes=changes)

    @rule(side=SIDES)
    def set_aside(self, side: str) -> None:
        newest = Agreement.objects.filter(partnership=self.partnership).first()
        assert newest is not None
        self.attempt(set_draft_aside, side, version=newest.version)

    @rule(side=SIDES, level=st.sampled_from(STRICTEST_FIRST))
    def raise_level(self, side: str, level: str) -> None:
        before = Agreement.objects.filter(partnership=self.partnership, state="signed").first()
        if self.attempt(raise_confidentiality, side, level=level):
            assert before is not None
            assert is_stricter(level, before.level)

    @rule(side=SIDES)
    def pause(self, side: str) -> None:
        self.attempt(pause_partnership, side)

    @rule(side=SIDES)
    def resume(self, side: str) -> None:
        self.attempt(resume_partnership, side)

    @rule(side=SIDES)
    def close(self, side: str) -> None:
        self.attempt(start_closing, side)

    @rule(side=SIDES)
    def go_on(self, side: str) -> None:
        self.attempt(keep_going, side)

    @rule(side=SIDES, gained=st.booleans(), more=st.booleans())
    def look_back(self, side: str, gained: bool, more: bool) -> None:
        until = (NOW + timedelta(days=90)).date() if more else None
        given = {"gained": gained, "wants_more": more, "more_until": until, "story_consent": False}
        words = {"worked": "", "take_along": "", "even_better": ""}
        if self.attempt(hand_in_look_back, side, words=words, **given):
            self.looks[side] = (gained, more)

    @rule(gained=st.booleans())
    def look_back_together(self, gained: bool) -> None:
        for do in (self.close, partial(self.look_back, gained=gained, more=gained)):
            for side in ("learner", "adviser"):
                do(side)

    @rule(side=SIDES)
    def extend(self, side: str) -> None:
        if self.attempt(extend_partnership, side):
            assert list(self.looks.values()) == [(True, True)] * 2
            self.looks = {}

    @precondition(lambda self: len(self.looks) == 2)
    @rule(side=SIDES)
    def complete(self, side: str) -> None:
        if self.attempt(complete_partnership, side):
            assert len(self.looks) == 2

    @rule(side=SIDES)
    def complete_early(self, side: str) -> None:
        if len(self.looks) < 2:
            assert not self.attempt(complete_partnership, side)

    @rule(side=SIDES)
    def wish_erased(self, side: str) -> None:
        if self.attempt(wish_to_erase, side):
            assert self.row().state in {"completed", "ended"}
            self.wishes.add(side)

    @precondition(lambda self: self.row().ended_at is not None)
    @rule()
    def both_wish_it_erased(self) -> None:
        for side in ("learner", "adviser"):
            self.wish_erased(side)

    @rule(side=SIDES)
    def keep(self, side: str) -> None:
        if self.attempt(keep_words, side):
            self.wishes = set()

    @precondition(lambda self: self.day > 22)
    @rule(side=SIDES)
    def leave(self, side: str) -> None:
        if self.attempt(end_without_fault, side):
            assert not self.ended
            self.ended = True

    @invariant()
    def a_version_holds_only_when_both_signed_exactly_it(self) -> None:
        rows = Agreement.objects.filter(partnership=self.partnership)
        held = [row for row in rows if row.state in {"signed", "replaced"}]
        assert len([row for row in held if row.state == "signed"]) <= 1
        for row in rows:
            both = self.signed.get(row.version, set()) == {"learner", "adviser"}
            assert both == (row in held)

    @invariant()
    def they_meet_only_with_a_signed_agreement(self) -> None:
        if self.row().state in lifecycle.MEETING:
            assert any(len(sides) == 2 for sides in self.signed.values())

    @invariant()
    def it_is_destroyed_when_both_wish_it_and_then_nothing_opens(self) -> None:
        row = self.row()
        is_erased = self.wishes == {"learner", "adviser"}
        assert (row.erased_at is not None) == is_erased
        for side in ("learner", "adviser"):
            assert seat_of(row, side).can_open != is_erased

    @invariant()
    def the_end_is_the_end(self) -> None:
        assert (self.row().state == "ended") == self.ended


def _facts(row: Partnership) -> tuple[Any, ...]:
    versions = Agreement.objects.filter(partnership=row).order_by("version")
    return (
        row.state,
        row.paused_at,
        row.learner_closes_at,
        row.adviser_closes_at,
        row.learner_erases_at,
        row.adviser_erases_at,
        row.erased_at,
        *versions.values_list("state", "learner_signed_at", "adviser_signed_at", "raised_to"),
    )


class TestLife(Life.TestCase, HypothesisTestCase):
    settings = settings(
        max_examples=30,
        stateful_step_count=30,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )


@pytest.mark.django_db
def test_what_is_next_says_the_date_by_the_readers_own_clock(now: datetime) -> None:
    partnership = make_partnership(state="active", next_at=now)
    partnership.adviser.person.time_zone = "Asia/Kathmandu"
    facts = rules.Facts(signed=1)
    assert "09:12 (UTC)" in path_of(partnership, facts, "learner").next
    assert "14:57 (Asia/Kathmandu)" in path_of(partnership, facts, "adviser").next
    partnership.next_at = None
    assert path_of(partnership, facts, "learner").next == "Fix the next half hour."


@pytest.mark.django_db
def test_the_learner_drives_so_the_next_half_hour_is_the_learners_turn() -> None:
    partnership = make_partnership(state="active")
    facts = rules.Facts(signed=1)
    assert path_of(partnership, facts, "learner").whose == "you"
    assert path_of(partnership, facts, "adviser").whose == partnership.learner.person.name
