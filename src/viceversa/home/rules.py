"""What a person should do next, decided from counts and states alone."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ProgrammeFacts:
    """What a coordinator's next step depends on."""

    state: str
    learners: int
    advisers: int
    latest_round: str
    waiting_for_answers: int
    accepted: int
    helps: int = 0


def coordinator_step(facts: ProgrammeFacts) -> str:
    """A code for the one next step of a programme; the page has a sentence for each."""
    if facts.state == "draft":
        return "finish_setup"
    if facts.state in {"closing", "archived"}:
        return "look_back"
    if facts.latest_round == "solving":
        return "wait_for_solver"
    if facts.latest_round == "ready":
        return "review_round"
    if facts.helps:
        return "help"
    if facts.waiting_for_answers:
        return "wait_for_answers"
    return _step_of_an_open_programme(facts)


def _step_of_an_open_programme(facts: ProgrammeFacts) -> str:
    if facts.state == "running" and facts.accepted:
        return "look_at_partnerships"
    if facts.learners and facts.advisers:
        return "match"
    return "enrol"


def waits_for_coordinator(step: str) -> bool:
    return step in {"match", "review_round", "help"}


def greeting(hour: int) -> str:
    if hour < 12:
        return "morning"
    return "afternoon" if hour < 18 else "evening"
