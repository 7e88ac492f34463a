import pytest

from viceversa.home.rules import ProgrammeFacts, coordinator_step, greeting

pytestmark = pytest.mark.pure


def facts(state: str = "enrolling", **fields: object) -> ProgrammeFacts:
    values = {
        "learners": 0,
        "advisers": 0,
        "latest_round": "",
        "waiting_for_answers": 0,
        "accepted": 0,
    }
    return ProgrammeFacts(state=state, **{**values, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("situation", "step"),
    [
        (facts("draft"), "finish_setup"),
        (facts(), "enrol"),
        (facts(learners=3), "enrol"),
        (facts(learners=3, advisers=5), "match"),
        (facts("matching", learners=3, advisers=5, latest_round="solving"), "wait_for_solver"),
        (facts("matching", learners=3, advisers=5, latest_round="ready"), "review_round"),
        (facts("running", latest_round="published", waiting_for_answers=2), "wait_for_answers"),
        (facts("running", latest_round="published", accepted=4), "look_at_partnerships"),
        (facts("closing"), "look_back"),
        (facts("archived"), "look_back"),
    ],
)
def test_each_situation_has_one_next_step(situation: ProgrammeFacts, step: str) -> None:
    assert coordinator_step(situation) == step


@pytest.mark.parametrize(
    ("hour", "word"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")]
)
def test_the_greeting_follows_the_readers_clock(hour: int, word: str) -> None:
    assert greeting(hour) == word
