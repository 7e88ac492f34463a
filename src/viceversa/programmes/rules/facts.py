"""What is true of a programme, as plain values: read once, asked by lifecycle and readiness."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Counts are of people who are enrolled, unless the name says otherwise."""

    state: str = "draft"
    mode: str = "cohort"
    choosing: str = "together"
    engagement: str = "long"
    is_pilot: bool = False
    purpose: str = ""
    learner_objective: str = ""
    adviser_objective: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    meeting_every_days: int = 7
    coordinators: int = 0
    sponsors: int = 0
    letter: str = ""
    guidelines: str = ""
    training: str = ""
    support: str = ""
    learners: int = 0
    advisers: int = 0
    places_wanted: int = 0
    places_offered: int = 0
    skills_wanted: int = 0
    skills_nobody_offers: int = 0
    partnerships: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
