"""The five steps of the set-up: what belongs to each, and what must be true of its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

WEIGHT_LABELS: dict[str, tuple[str, str]] = {
    "skills": ("What is wanted and offered", "Wanted skills, covered by priority and level"),
    "goals": ("Goals that are alike", "The words of both sides' goals, compared"),
    "learner_wishes": ("Whom the learner wishes for", "Ranked wishes of the learner"),
    "adviser_wishes": ("Whom the adviser wishes for", "Ranked wishes of the adviser"),
    "other_unit": ("From another unit", "A view from outside one's own unit"),
    "place": ("Same place", "Easy to meet in person"),
    "shared_hours": ("Hours in common", "How much of the working day overlaps"),
}
WEIGHT_NAMES = tuple(WEIGHT_LABELS)
MOST_WEIGHT = 10
DEFAULT_WEIGHTS: dict[str, int] = {
    "skills": 5,
    "goals": 2,
    "learner_wishes": 3,
    "adviser_wishes": 2,
    "other_unit": 1,
    "place": 1,
    "shared_hours": 1,
}


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    question: str
    fields: tuple[str, ...]


STEPS: tuple[Step, ...] = (
    Step(
        "objectives",
        "Objectives",
        "What is it for, and what does each side get out of it?",
        (
            "name",
            "purpose",
            "learner_objective",
            "adviser_objective",
            "engagement",
            "mode",
            "choosing",
            "starts_on",
            "ends_on",
        ),
    ),
    Step(
        "levels",
        "Levels and expertise",
        "Who learns, who advises, and what about?",
        (
            "learner_level_min",
            "learner_level_max",
            "adviser_level_min",
            "adviser_level_max",
            "adviser_newest_months",
            "adviser_must_offer",
            "outside_guests",
            "skills",
            "target_mastery",
            "most_wants",
            "coverage_target",
            "places_limit",
        ),
    ),
    Step(
        "guidelines",
        "Guidelines and expectations",
        "What do both sides promise, and who may be matched with whom?",
        (
            "guidelines",
            "learner_role",
            "adviser_role",
            "meeting_minutes",
            "meeting_every_days",
            "min_rank_gap",
            "shared_hours",
            "same_unit_allowed",
            "past_partners_allowed",
            "ask_expires_days",
        ),
    ),
    Step(
        "growth",
        "Learning and growth",
        "What comes back to the adviser, and what makes a good pair?",
        (
            "advisers_per_learner",
            "different_stages",
            "one_from_other_field",
            "learners_per_adviser",
            "return_stream",
            "weights",
        ),
    ),
    Step(
        "support",
        "Training and support",
        "Who helps both sides, and what does the sponsor say?",
        ("training", "support", "sponsor_letter", "open_link_enabled"),
    ),
)
STEP_KEYS = tuple(step.key for step in STEPS)
FIELDS = tuple(field for step in STEPS for field in step.fields)


def step(key: str) -> Step | None:
    return next((step for step in STEPS if step.key == key), None)


def step_after(key: str) -> str:
    """The key of the next step; empty after the last."""
    position = STEP_KEYS.index(key) + 1
    return STEP_KEYS[position] if position < len(STEP_KEYS) else ""


def problems(values: Mapping[str, Any]) -> dict[str, str]:
    """Field → sentence. Reads only what is given, so it serves one step and a whole programme."""
    found: dict[str, str] = {}
    for check in (_dates, _levels, _numbers, _stages, _weights):
        found.update(check(values))
    return found


def _dates(values: Mapping[str, Any]) -> dict[str, str]:
    start: date | None = values.get("starts_on")
    end: date | None = values.get("ends_on")
    if start and end and end <= start:
        return {"ends_on": "The end must lie after the start."}
    return {}


def _levels(values: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for side, who in (("learner", "learners"), ("adviser", "advisers")):
        low, high = values.get(f"{side}_level_min"), values.get(f"{side}_level_max")
        if low is not None and high is not None and low.rank > high.rank:
            found[f"{side}_level_max"] = (
                f"The highest level of {who} lies below the lowest. Swap the two."
            )
    return found


RANGES: dict[str, tuple[int, int, str]] = {
    "coverage_target": (1, 100, "The target is a share: a number from 1 to 100."),
    "advisers_per_learner": (1, 3, "A learner has one, two or three advisers."),
    "learners_per_adviser": (1, 5, "An adviser takes one to five learners."),
    "most_wants": (1, 5, "Let each learner name one to five topics; fewer is better."),
    "target_mastery": (1, 4, "Choose one of the four levels."),
    "meeting_minutes": (15, 120, "A meeting lasts 15 to 120 minutes."),
    "meeting_every_days": (1, 90, "Meet at least once in 90 days."),
    "min_rank_gap": (0, 20, "The gap is a number of levels from 0 to 20."),
    "shared_hours": (0, 8, "Ask for 0 to 8 shared hours."),
    "ask_expires_days": (1, 60, "Give people 1 to 60 days to answer."),
    "adviser_newest_months": (1, 600, "Count the time since hire in months, from 1 to 600."),
    "places_limit": (2, 1_000_000, "Leave it empty, or allow at least two places."),
}


def _numbers(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: sentence
        for name, (low, high, sentence) in RANGES.items()
        if values.get(name) is not None and not low <= values[name] <= high
    }


def _stages(values: Mapping[str, Any]) -> dict[str, str]:
    number = values.get("advisers_per_learner")
    if number == 1 and values.get("different_stages"):
        return {"different_stages": "Different stages need two or three advisers per learner."}
    if number == 1 and values.get("one_from_other_field"):
        return {"one_from_other_field": "Another field needs two or three advisers per learner."}
    return {}


def _weights(values: Mapping[str, Any]) -> dict[str, str]:
    weights: Mapping[str, Any] | None = values.get("weights")
    if not weights:
        return {}
    unknown = sorted(set(weights) - set(WEIGHT_NAMES))
    if unknown:
        return {"weights": f"There is no score part called {unknown[0]}."}
    numbers = list(weights.values())
    if any(not isinstance(number, int) or isinstance(number, bool) for number in numbers):
        return {"weights": "Weights are whole numbers."}
    if any(not 0 <= number <= MOST_WEIGHT for number in numbers):
        return {"weights": f"Weights run from 0 to {MOST_WEIGHT}."}
    if not any(numbers):
        return {"weights": "At least one weight must be above 0, or every pair would be alike."}
    return {}
