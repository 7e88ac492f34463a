"""The states of a programme, for every state and every set of facts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.programmes.rules import lifecycle
from viceversa.programmes.rules.facts import Facts

pytestmark = pytest.mark.pure

STATES = st.sampled_from(lifecycle.ORDER)
FACTS = st.builds(
    Facts,
    state=STATES,
    mode=st.sampled_from(["cohort", "always_on"]),
    choosing=st.sampled_from(["together", "learner"]),
    purpose=st.sampled_from(["", "   ", "Each vice president learns one channel."]),
    starts_on=st.sampled_from([None, date(2026, 4, 1)]),
    ends_on=st.sampled_from([None, date(2026, 7, 1)]),
    coordinators=st.integers(0, 3),
    learners=st.integers(0, 3),
    advisers=st.integers(0, 3),
    places_wanted=st.integers(0, 5),
    places_offered=st.integers(0, 5),
    partnerships=st.integers(0, 2),
)
READY = Facts(
    purpose="Each vice president learns one channel.",
    coordinators=1,
    starts_on=date(2026, 4, 1),
    ends_on=date(2026, 7, 1),
)


@given(state=STATES, to=STATES)
def test_no_state_follows_itself_and_nothing_follows_the_archive(state: str, to: str) -> None:
    if lifecycle.may_follow(state, to):
        assert state != to
        assert state != "archived"


@given(state=STATES)
def test_every_state_leads_to_the_archive_in_the_end(state: str) -> None:
    seen, open_ones = {state}, [state]
    while open_ones:
        for to in lifecycle.FOLLOWS[open_ones.pop()]:
            if to not in seen:
                seen.add(to)
                open_ones.append(to)

    assert "archived" in seen


@given(state=STATES)
def test_whatever_may_follow_has_a_verb_for_its_button(state: str) -> None:
    assert all(lifecycle.verb_for(state, to) for to in lifecycle.FOLLOWS[state])


@given(facts=FACTS)
def test_enrolment_never_opens_without_purpose_coordinator_and_start(facts: Facts) -> None:
    if not lifecycle.missing_for("enrolling", facts):
        assert facts.purpose.strip()
        assert facts.coordinators >= 1
        assert facts.starts_on is not None
        assert facts.ends_on is not None or facts.mode == "always_on"


@given(facts=FACTS)
def test_matching_never_begins_without_somebody_on_each_side(facts: Facts) -> None:
    if not lifecycle.missing_for("matching", facts):
        assert facts.learners
        assert facts.advisers


@given(facts=FACTS, left=st.integers(0, 5))
def test_there_is_always_one_next_step_in_a_sentence(facts: Facts, left: int) -> None:
    code, sentence = lifecycle.next_step(facts, steps_left=left)

    assert code
    assert sentence.endswith(".")


def test_a_programme_without_purpose_is_told_so_first() -> None:
    missing = lifecycle.missing_for("enrolling", Facts(coordinators=1))

    assert missing[0] == "Write down the purpose, so that people know what they say yes to."
    assert lifecycle.missing_for("enrolling", READY) == ()


def test_an_always_on_programme_can_be_joined_while_it_runs_and_a_cohort_cannot() -> None:
    assert lifecycle.people_may_join("running", "always_on")
    assert not lifecycle.people_may_join("running", "cohort")
    assert not lifecycle.people_may_join("draft", "always_on")
    assert not lifecycle.people_may_join("archived", "always_on")


def test_more_advisers_are_asked_for_while_learners_want_more_places() -> None:
    facts = Facts(state="enrolling", learners=3, advisers=1, places_wanted=3, places_offered=1)

    assert lifecycle.next_step(facts, steps_left=0) == (
        "invite",
        "Learners want 2 places more than advisers offer. Invite more advisers.",
    )
