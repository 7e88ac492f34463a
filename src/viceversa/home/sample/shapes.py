"""What a sample organisation consists of: plain values, ready to be stored by a loader."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the ladder; 1 is the lowest."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation; `parent` is the code of the unit it belongs to."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """An office, its IANA time zone and the languages (BCP 47) heard there besides English."""

    code: str
    name: str
    time_zone: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours on the person's own clock; days are ISO weekdays, 1 is Monday."""

    start: time
    end: time
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SkillOffer:
    """A skill someone can pass on; level is basic, working, strong or expert."""

    slug: str
    level: str


@dataclass(frozen=True, slots=True)
class SkillWish:
    """A skill someone wants up to a target level; priority 1 is wanted most."""

    slug: str
    target: str
    priority: int


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One entry of the directory; managers stand before the people who report to them."""

    external_id: str
    name: str
    email: str
    title: str
    level: int
    unit: str
    place: str
    time_zone: str
    languages: tuple[str, ...]
    manager: str | None
    hired_on: date
    hours: WorkingHours
    offers: tuple[SkillOffer, ...]
    wants: tuple[SkillWish, ...]
    goals: str
    career: str


@dataclass(frozen=True, slots=True)
class Comfort:
    """How someone likes to work with a partner.

    depth: gentle, steady or direct · meets: video, in_person or either ·
    style: show_me, try_it, talk_it_through or read_first.
    """

    depth: str
    meets: str
    style: str


@dataclass(frozen=True, slots=True)
class SampleEnrolment:
    """One person's part in a programme; role is learner or adviser."""

    person: str
    role: str
    demand: int
    capacity: int
    wants: tuple[SkillWish, ...]
    offers: tuple[SkillOffer, ...]
    goals: str
    career: str
    comfort: Comfort
    off_limits: tuple[str, ...]
    languages: tuple[str, ...]
    hours: WorkingHours
    enrolled_at: datetime


@dataclass(frozen=True, slots=True)
class KeepApart:
    """`stated_by` asked never to be paired with `other`."""

    stated_by: str
    other: str


@dataclass(frozen=True, slots=True)
class SamplePartnership:
    """A proposed pair and what each side has answered so far: accepted, declined or nothing."""

    learner: str
    adviser: str
    state: str
    proposed_at: datetime
    learner_answer: str | None
    learner_answered_at: datetime | None
    adviser_answer: str | None
    adviser_answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SampleProgramme:
    """A programme with its five steps filled in, its people and, when running, its pairs."""

    slug: str
    name: str
    template: str
    state: str
    purpose: str
    learner_objectives: tuple[str, ...]
    adviser_objectives: tuple[str, ...]
    learner_levels: tuple[int, ...]
    adviser_levels: tuple[int, ...]
    adviser_newest_months: int | None
    guidelines: str
    comes_back: str
    learning: str
    support: str
    starts_on: date
    ends_on: date
    meeting_minutes: int
    cadence: str
    engagement: str
    rhythm: str
    target_level: str
    advisers_per_learner: int
    min_rank_gap: int
    shared_hours: int
    coverage_target: float
    coordinators: tuple[str, ...]
    sponsor: str
    sponsor_letter: str
    enrolments: tuple[SampleEnrolment, ...]
    keep_apart: tuple[KeepApart, ...]
    partnerships: tuple[SamplePartnership, ...]


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """An organisation-wide role held by a person."""

    person: str
    role: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Someone whose account the sample prints, and what that person is here for."""

    part: str
    name: str
    email: str
    shows: str


@dataclass(frozen=True, slots=True)
class SampleOrganisation:
    """Everything the loader stores."""

    name: str
    domain: str
    levels: tuple[Level, ...]
    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    people: tuple[SamplePerson, ...]
    roles: tuple[RoleGrant, ...]
    programmes: tuple[SampleProgramme, ...]
    sign_ins: tuple[SignIn, ...]
