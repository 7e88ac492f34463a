"""The two programmes: one ready to match, one already running."""

from datetime import date, timedelta
from functools import cache
from random import Random

from viceversa.home.sample import setting
from viceversa.home.sample.chance import pick
from viceversa.home.sample.enrolling import (
    Crew,
    adviser_part,
    choose,
    keep_apart,
    learner_part,
)
from viceversa.home.sample.partnering import partnerships
from viceversa.home.sample.shapes import SampleEnrolment, SampleProgramme, SkillWish
from viceversa.home.sample.skills import NEWCOMER_SKILLS, digital, offer, ranked_wishes
from viceversa.home.sample.texts import DIGITAL_LETTER, FRESH_EYES_LETTER

DIGITAL_LEARNERS, DIGITAL_ADVISERS = (5,), (1, 2, 3)
FRESH_LEARNERS, FRESH_ADVISERS = (4, 5), (1, 2)
MIN_RANK_GAP, SHARED_HOURS = 2, 2
NEWEST_MONTHS = 18
HELPERS = (
    setting.COORDINATOR,
    setting.CO_COORDINATOR,
    setting.SPONSOR,
    setting.ADMINISTRATOR,
    setting.SAFEGUARDING_CONTACT,
)


def build_programmes(crew: Crew, rng: Random) -> tuple[SampleProgramme, ...]:
    """Return both programmes; their size follows the number of vice presidents."""
    return _digital_half_hour(crew, rng), _fresh_eyes(crew, rng)


def _digital_half_hour(crew: Crew, rng: Random) -> SampleProgramme:
    helpers = [crew.named[name] for name in HELPERS]
    learners = crew.at_levels(DIGITAL_LEARNERS, ())
    pool = crew.at_levels(DIGITAL_ADVISERS, helpers)
    wanted = round(61 * (len(learners) / 24) ** 1.037)
    advisers = choose(pool, wanted, crew.named[setting.ADVISER], rng)
    parts = [_digital_learner(crew, number, rng) for number in learners]
    parts += [_digital_adviser(crew, number, rng) for number in advisers]
    starts_on = _next_monday(crew.today + timedelta(days=21))
    return SampleProgramme(
        slug="digital-half-hour",
        name="Digital half hour",
        template="digital_half_hour",
        state="enrolling",
        purpose=(
            "Every vice president has an adviser who knows today's networks and tools, and "
            "half an hour a week with them. Basics are enough; mastery is not the point."
        ),
        learner_objectives=(
            "Use two tools or networks of your own choice at a basic level.",
            "Talk to clients about them without notes.",
        ),
        adviser_objectives=(
            "Learn how decisions are made and who makes them.",
            "Be known by name to one senior person outside your own line.",
        ),
        learner_levels=DIGITAL_LEARNERS,
        adviser_levels=DIGITAL_ADVISERS,
        adviser_newest_months=None,
        guidelines=(
            "The learner prepares, keeps the date and closes what was promised. The adviser "
            "brings one thing to try by hand and says where a fact comes from."
        ),
        comes_back=(
            "Once a month the half hour runs the other way: how a client decides, what the numbers "
            "mean, how a promotion comes about."
        ),
        learning="Half an hour of training for each role before the first meeting.",
        support="A circle of advisers meets every month. Tamsin and Kit answer within a day.",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=26),
        meeting_minutes=30,
        cadence="weekly",
        engagement="long",
        rhythm="cohort",
        target_level="basic",
        advisers_per_learner=1,
        min_rank_gap=MIN_RANK_GAP,
        shared_hours=SHARED_HOURS,
        coverage_target=1.0,
        coordinators=_coordinators(crew),
        sponsor=_id(crew, setting.SPONSOR),
        sponsor_letter=DIGITAL_LETTER,
        enrolments=tuple(parts),
        keep_apart=keep_apart(learners, advisers, crew, max(3, len(learners) // 8), rng),
        partnerships=(),
    )


def _fresh_eyes(crew: Crew, rng: Random) -> SampleProgramme:
    learner, adviser = crew.named[setting.LEARNER], crew.named[setting.ADVISER]
    helpers = [crew.named[name] for name in HELPERS]
    seniors = crew.at_levels(DIGITAL_LEARNERS, ())
    learners = choose(
        crew.at_levels(FRESH_LEARNERS, helpers), round(len(seniors) * 18 / 24), learner, rng
    )
    newest = _newcomers(crew, helpers)
    advisers = choose(newest, round(len(seniors) * 26 / 24), adviser, rng)
    parts = [_fresh_learner(crew, number, rng) for number in learners]
    parts += [_fresh_adviser(crew, number, rng) for number in advisers]
    starts_on = crew.today - timedelta(days=42)
    return SampleProgramme(
        slug="fresh-eyes",
        name="Fresh eyes",
        template="fresh_eyes",
        state="running",
        purpose=(
            "People who joined in the last eighteen months tell somebody senior what they saw: "
            "when they were hired, in their first weeks, and since."
        ),
        learner_objectives=(
            "See hiring, the first weeks and the working day through new eyes.",
            "Change one thing because of it.",
        ),
        adviser_objectives=(
            "Say what you saw, fairly and with examples.",
            "Learn how the firm works and how to get on in it.",
        ),
        learner_levels=FRESH_LEARNERS,
        adviser_levels=FRESH_ADVISERS,
        adviser_newest_months=NEWEST_MONTHS,
        guidelines=(
            "Listen, say back what you heard, then answer. Inform, never embarrass. What is "
            "said stays between the two."
        ),
        comes_back=(
            "The informal map: who is asked before a decision, and what is expected of newcomers "
            "and written down nowhere."
        ),
        learning="A short module on balanced feedback for advisers, on listening for learners.",
        support="Themes without names go to the sponsor each quarter.",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=20),
        meeting_minutes=30,
        cadence="fortnightly",
        engagement="short",
        rhythm="rolling",
        target_level="basic",
        advisers_per_learner=3,
        min_rank_gap=MIN_RANK_GAP,
        shared_hours=SHARED_HOURS,
        coverage_target=0.8,
        coordinators=_coordinators(crew),
        sponsor=_id(crew, setting.SPONSOR),
        sponsor_letter=FRESH_EYES_LETTER,
        enrolments=tuple(parts),
        keep_apart=(),
        partnerships=partnerships(
            crew,
            learners,
            advisers,
            (learner, adviser),
            round(len(seniors) * 14 / 24),
            rng,
            (MIN_RANK_GAP, SHARED_HOURS),
        ),
    )


def _coordinators(crew: Crew) -> tuple[str, ...]:
    return _id(crew, setting.COORDINATOR), _id(crew, setting.CO_COORDINATOR)


def _id(crew: Crew, name: str) -> str:
    return crew.staff[crew.named[name]].external_id


def _next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _newcomers(crew: Crew, helpers: list[int]) -> list[int]:
    earliest = crew.today - timedelta(days=round(NEWEST_MONTHS * 30.44))
    everyone = crew.at_levels(FRESH_ADVISERS, helpers)
    return [number for number in everyone if crew.staff[number].hired_on >= earliest]


def _digital_learner(crew: Crew, number: int, rng: Random) -> SampleEnrolment:
    person = crew.staff[number]
    offers = tuple(held for held in person.offers if held.slug not in _digital_slugs())
    return learner_part(person, person.wants[:3], offers, crew.hour(rng.randint(2, 20)), rng)


def _digital_adviser(crew: Crew, number: int, rng: Random) -> SampleEnrolment:
    person = crew.staff[number]
    offers = tuple(held for held in person.offers if held.slug in _digital_slugs())
    wants = tuple(wish for wish in person.wants if wish.slug not in _digital_slugs())
    return adviser_part(person, wants, offers, crew.hour(rng.randint(2, 20)), rng)


@cache
def _digital_slugs() -> frozenset[str]:
    return frozenset(digital().slugs)


def _fresh_learner(crew: Crew, number: int, rng: Random) -> SampleEnrolment:
    person = crew.staff[number]
    wants = _newcomer_wishes(rng)
    offers = tuple(held for held in person.offers if held.slug not in NEWCOMER_SKILLS)
    return learner_part(person, wants, offers, crew.hour(rng.randint(50, 80)), rng)


def _newcomer_wishes(rng: Random) -> tuple[SkillWish, ...]:
    others = rng.sample(NEWCOMER_SKILLS[1:], rng.randint(1, 2))
    return ranked_wishes([NEWCOMER_SKILLS[0], *others], rng)


def _fresh_adviser(crew: Crew, number: int, rng: Random) -> SampleEnrolment:
    person = crew.staff[number]
    seen = [NEWCOMER_SKILLS[0], *rng.sample(NEWCOMER_SKILLS[1:], 3)]
    offers = tuple(offer(slug, pick(("working", "strong"), rng)) for slug in seen)
    wants = tuple(wish for wish in person.wants if wish.slug not in seen)
    return adviser_part(person, wants, offers, crew.hour(rng.randint(50, 80)), rng)
