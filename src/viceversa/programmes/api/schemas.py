"""What programs send and get."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import field_validator

from viceversa.programmes.models import Enrolment, EnrolmentOffer, EnrolmentWant

Role = Literal["learner", "adviser"]
AddedState = Literal["invited", "enrolled"]
MOST_ROWS = 5_000
Short = Annotated[str, Field(max_length=300)]


def _whole(value: Any) -> Any:
    """Databases cannot keep a NUL character, so no text may hold one."""
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and "\x00" in text for text in texts):
        raise ValueError("Text must not hold NUL characters.")
    return value


class Given(Schema):
    """Base of everything that programs send."""

    _no_nul = field_validator("*", mode="before")(_whole)


class ProgrammeOut(Schema):
    slug: str
    name: str
    template: str
    state: str
    is_pilot: bool
    purpose: str
    engagement: str
    mode: str
    choosing: str
    starts_on: date | None
    ends_on: date | None
    meeting_minutes: int
    meeting_every_days: int
    min_rank_gap: int
    shared_hours: int
    advisers_per_learner: int
    learners_per_adviser: int
    coverage_target: int
    weights: dict[str, int]


class ProgrammesOut(Schema):
    items: list[ProgrammeOut]
    next: str | None


class ProgrammeIn(Given):
    template: str
    name: str = Field(max_length=120)


class StateIn(Given):
    state: str


class PersonOut(Schema):
    key: str
    external_id: str
    name: str


class EnrolmentOut(Schema):
    key: str
    person: PersonOut
    state: str
    is_learner: bool
    is_adviser: bool
    demand: int
    capacity: int
    part_confirmed_at: datetime | None
    created_at: datetime


class EnrolmentsOut(Schema):
    items: list[EnrolmentOut]
    next: str | None


class TopicIn(Given):
    """`level` is the mastery of an offer, 1 basic to 4 expert."""

    skill: str
    level: int = Field(1, ge=1, le=4)


class WantIn(Given):
    """`level` is the target, 1 basic to 4 expert; without it the aim of the programme is taken."""

    skill: str
    level: int | None = Field(None, ge=1, le=4)


class EnrolmentIn(Given):
    """`person` is the external id. Without wants or offers those of the profile are taken."""

    person: str = Field(max_length=80)
    roles: list[Role] = Field(min_length=1)
    state: AddedState = "invited"
    wants: list[WantIn] | None = Field(None, max_length=5)
    offers: list[TopicIn] | None = Field(None, max_length=6)
    demand: int | None = Field(None, ge=1, le=3)
    capacity: int | None = Field(None, ge=0, le=5)


class EnrolmentsIn(Schema):
    rows: list[EnrolmentIn] = Field(max_length=MOST_ROWS)


class UnknownOut(Schema):
    person: str
    sentence: str


class AddedOut(Schema):
    enrolled: int
    invited: int
    waiting: int
    already: int
    gone: int
    unknown: list[UnknownOut]


class EligibleIn(Schema):
    role: Role
    state: AddedState = "invited"


class PartOut(Schema):
    """One's own part; nobody else can ask for it."""

    state: str
    is_learner: bool
    is_adviser: bool
    demand: int
    capacity: int
    wants: list[dict[str, Any]]
    offers: list[dict[str, Any]]
    goals: str
    career_direction: str
    value_statement: str
    comfort: str
    comfort_depth: str
    comfort_format: str
    off_limits: str
    learning_style: str
    hours_from: time
    hours_to: time
    languages: list[str]
    part_confirmed_at: datetime | None

    @staticmethod
    def resolve_wants(row: Enrolment) -> list[dict[str, Any]]:
        wants = EnrolmentWant.objects.filter(enrolment=row).select_related("skill")
        return [{"skill": want.skill.slug, "level": want.target} for want in wants]

    @staticmethod
    def resolve_offers(row: Enrolment) -> list[dict[str, Any]]:
        offers = EnrolmentOffer.objects.filter(enrolment=row).select_related("skill")
        return [{"skill": offer.skill.slug, "level": offer.level} for offer in offers]


class PartIn(Given):
    is_learner: bool
    is_adviser: bool
    demand: int = 1
    capacity: int = 1
    wants: list[WantIn] = Field(default_factory=list, max_length=10)
    offers: list[TopicIn] = Field(default_factory=list, max_length=10)
    goals: str = Field("", max_length=1000)
    career_direction: str = Field("", max_length=1000)
    value_parts: list[Short] = Field(default_factory=lambda: ["", "", ""], max_length=3)
    comfort: str = Field("", max_length=1000)
    comfort_depth: Literal["", "look", "try", "practise"] = ""
    comfort_format: Literal["", "person", "video", "either"] = ""
    off_limits: str = Field("", max_length=1000)
    learning_style: Literal["", "show", "talk", "read"] = ""
    hours_from: time = time(9)
    hours_to: time = time(17)
    languages: list[Short] = Field(default_factory=list, max_length=20)
