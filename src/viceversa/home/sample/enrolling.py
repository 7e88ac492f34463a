"""Everyone's part in a programme: wants, offers, capacity, comfort, limits, hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from viceversa.home.sample.chance import pick
from viceversa.home.sample.hierarchy import Post
from viceversa.home.sample.shapes import (
    Comfort,
    KeepApart,
    SampleEnrolment,
    SamplePerson,
    SkillOffer,
    SkillWish,
)
from viceversa.home.sample.texts import off_limits

DEPTHS = ("gentle", "steady", "steady", "direct")
MEETS = ("video", "video", "either", "in_person")
STYLES = ("show_me", "try_it", "talk_it_through", "read_first")
TWO_PLACES_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Crew:
    """Posts and people by number, the numbers of the named people, and the day it is."""

    posts: list[Post]
    staff: list[SamplePerson]
    named: dict[str, int]
    today: date

    def at_levels(self, levels: Sequence[int], but: Sequence[int]) -> list[int]:
        """Return the numbers of everyone at these levels except the given ones."""
        wanted, left_out = set(levels), set(but)
        return [
            number
            for number, person in enumerate(self.staff)
            if person.level in wanted and number not in left_out
        ]

    def hour(self, days_ago: int, hour: int = 9) -> datetime:
        """Return a full hour, in UTC, so many days before today."""
        return datetime.combine(self.today - timedelta(days=days_ago), time(hour), UTC)


def choose(pool: Sequence[int], count: int, first: int, rng: Random) -> list[int]:
    """Return `first` and a random choice of others, in the order of the directory."""
    others = [number for number in pool if number != first]
    return sorted([first, *rng.sample(others, min(count - 1, len(others)))])


def learner_part(
    person: SamplePerson,
    wants: tuple[SkillWish, ...],
    offers: tuple[SkillOffer, ...],
    enrolled_at: datetime,
    rng: Random,
) -> SampleEnrolment:
    """Return the part of somebody who wants one adviser."""
    return _part(person, "learner", (1, 0), wants, offers, enrolled_at, rng)


def adviser_part(
    person: SamplePerson,
    wants: tuple[SkillWish, ...],
    offers: tuple[SkillOffer, ...],
    enrolled_at: datetime,
    rng: Random,
) -> SampleEnrolment:
    """Return the part of somebody who takes one learner, sometimes two."""
    capacity = 2 if rng.random() < TWO_PLACES_SHARE else 1
    return _part(person, "adviser", (0, capacity), wants, offers, enrolled_at, rng)


def _part(
    person: SamplePerson,
    role: str,
    places: tuple[int, int],
    wants: tuple[SkillWish, ...],
    offers: tuple[SkillOffer, ...],
    enrolled_at: datetime,
    rng: Random,
) -> SampleEnrolment:
    return SampleEnrolment(
        person=person.external_id,
        role=role,
        demand=places[0],
        capacity=places[1],
        wants=wants,
        offers=offers,
        goals=person.goals,
        career=person.career,
        comfort=Comfort(pick(DEPTHS, rng), pick(MEETS, rng), pick(STYLES, rng)),
        off_limits=off_limits(rng),
        languages=person.languages,
        hours=person.hours,
        enrolled_at=enrolled_at,
    )


def keep_apart(
    learners: Sequence[int], advisers: Sequence[int], crew: Crew, count: int, rng: Random
) -> tuple[KeepApart, ...]:
    """Return a few distinct pairs of a learner and an adviser, stated by either side."""
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < count:
        pairs[pick(learners, rng), pick(advisers, rng)] = None
    ids = [(crew.staff[one].external_id, crew.staff[other].external_id) for one, other in pairs]
    return tuple(
        KeepApart(*(pair if place % 2 else reversed(pair))) for place, pair in enumerate(ids)
    )
