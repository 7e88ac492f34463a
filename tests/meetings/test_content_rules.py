from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.meetings.rules import agenda, commitments, writing
from viceversa.meetings.rules.agenda import Material, Slot
from viceversa.meetings.rules.words import LookingBack, Preparing, Promise

pytestmark = pytest.mark.pure

LINES = st.lists(st.text(min_size=1, max_size=20), max_size=5).map(tuple)
MATERIAL = st.builds(
    Material, goals=LINES, promises=LINES, mine=LINES, theirs=LINES, hands_on=LINES
)


@given(st.integers(1, 240), MATERIAL)
def test_a_draft_fills_the_meeting_exactly(minutes: int, material: Material) -> None:
    slots = agenda.draft(minutes, material)
    assert sum(slot.minutes for slot in slots) == minutes
    assert min(slot.minutes for slot in slots) >= 1
    assert agenda.wrong_with_slots([slot.minutes for slot in slots], of=minutes) is None


@given(st.integers(1, 240), MATERIAL)
def test_a_draft_always_leaves_time_to_do_something_together(
    minutes: int, material: Material
) -> None:
    kinds = [slot.kind for slot in agenda.draft(minutes, material)]
    assert agenda.HANDS_ON in kinds
    assert kinds == [kind for kind in agenda.ORDER if kind in kinds]


@given(st.integers(7, 240), MATERIAL)
def test_promises_come_up_when_there_are_some(minutes: int, material: Material) -> None:
    kinds = [slot.kind for slot in agenda.draft(minutes, material)]
    assert (agenda.PROMISES in kinds) == bool(material.promises)
    assert (agenda.THEIRS in kinds) == bool(material.theirs)


@pytest.mark.parametrize("minutes", [0, -5])
def test_a_meeting_without_a_minute_has_no_agenda(minutes: int) -> None:
    with pytest.raises(ValueError, match="at least one minute"):
        agenda.draft(minutes, Material())


@pytest.mark.parametrize(
    ("times", "code"),
    [([30], None), ([10, 20], None), ([31], "long"), ([], "empty"), ([0, 5], "short")],
)
def test_an_agenda_is_never_longer_than_its_meeting(times: list[int], code: str | None) -> None:
    assert agenda.wrong_with_slots(times, of=30) == code


def test_an_agenda_has_few_parts() -> None:
    assert agenda.wrong_with_slots([1] * 9, of=30) == "many"


def test_slots_begin_one_after_the_other() -> None:
    assert agenda.offsets([2, 8, 20]) == [0, 2, 10]


def test_an_agenda_comes_out_of_its_envelope_as_it_went_in() -> None:
    slots = [Slot("questions", 10, ("Wie fängt man an?",)), Slot("other", 20)]
    assert agenda.from_text(agenda.as_text(slots)) == slots


@given(
    st.builds(
        Preparing,
        questions=st.text(),
        knows=st.sampled_from(["never", "tried"]),
        facts=st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple),
        ready=st.lists(st.text(), max_size=4).map(tuple),
    )
)
def test_words_come_out_of_their_envelope_as_they_went_in(words: Preparing) -> None:
    assert Preparing.from_text(words.as_text()) == words


def test_words_of_another_version_are_read_as_far_as_they_are_known() -> None:
    assert Promise.from_text('{"said": "Ask.", "mood": "good"}') == Promise(said="Ask.")


@pytest.mark.parametrize("text", ["[]", "3", "", "{"])
def test_words_that_were_never_put_in_are_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|not the words"):
        LookingBack.from_text(text)


TODAY = date(2026, 3, 2)


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_only_an_open_promise_whose_day_is_over_is_overdue(due_on: date) -> None:
    assert commitments.is_overdue("open", due_on, today=TODAY) == (due_on < TODAY)
    assert not commitments.is_overdue("kept", due_on, today=TODAY)
    assert not commitments.is_overdue("open", None, today=TODAY)


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_a_promise_is_due_today_or_within_a_year(due_on: date) -> None:
    fits = TODAY <= due_on <= TODAY + timedelta(days=366)
    assert (commitments.wrong_with_due(due_on, today=TODAY) is None) == fits


@pytest.mark.parametrize(
    ("state", "outcome", "may"),
    [
        ("open", "kept", True),
        ("open", "dropped", True),
        ("kept", "kept", False),
        ("dropped", "kept", False),
        ("open", "open", False),
        ("open", "", False),
    ],
)
def test_a_promise_is_closed_once(state: str, outcome: str, may: bool) -> None:
    assert commitments.may_close(state, outcome) is may


def test_one_prepares_what_is_still_to_come() -> None:
    assert writing.wrong_with_preparing("booked") is None
    assert writing.wrong_with_preparing("held") == "held"
    assert writing.wrong_with_preparing("cancelled") == "cancelled"
    assert writing.wrong_with_writing("held") is None
