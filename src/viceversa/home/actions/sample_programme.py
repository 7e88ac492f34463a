"""Stores one programme of the sample with its people and partnerships."""

from datetime import datetime

from viceversa.home.sample.shapes import SampleEnrolment, SamplePartnership, SampleProgramme
from viceversa.partnerships.models import Partnership
from viceversa.people.models import KeepApart, Level, Person, Skill
from viceversa.people.models.skill import Mastery
from viceversa.programmes.models import (
    Enrolment,
    EnrolmentOffer,
    EnrolmentWant,
    Programme,
    Standing,
)
from viceversa.programmes.rules.setup import DEFAULT_WEIGHTS, STEPS
from viceversa.vault.actions import make_rings

BATCH = 2000
MASTERY = {mastery.name.lower(): mastery.value for mastery in Mastery}
STYLES = {"show_me": "show", "try_it": "show", "talk_it_through": "talk", "read_first": "read"}
DEPTHS = {"gentle": "look", "steady": "try", "direct": "practise"}
MEETS = {"video": "video", "in_person": "person", "either": "either"}
CADENCES = {"weekly": 7, "fortnightly": 14}
MODES = {"cohort": Programme.Mode.COHORT, "rolling": Programme.Mode.ALWAYS_ON}
COMFORT = {
    "gentle": "Start gently; I am new to this.",
    "steady": "A steady pace suits me.",
    "direct": "Be direct; tell me when I am wrong.",
}


def store_programme(
    source: SampleProgramme, *, people: dict[str, Person], now: datetime
) -> Programme:
    programme = _store_setup(source, now=now)
    _store_standings(source, programme, people)
    enrolments = _store_enrolments(source, programme, people)
    _store_skills(source, programme, enrolments)
    _store_keep_apart(source, people)
    _store_partnerships(source, programme, enrolments, now=now)
    return programme


def _store_partnerships(
    source: SampleProgramme,
    programme: Programme,
    enrolments: dict[str, Enrolment],
    *,
    now: datetime,
) -> None:
    rows = [_partnership(row, programme, enrolments) for row in source.partnerships]
    agreed = [row for row in rows if row.state == Partnership.State.ACCEPTED]
    pairs = [[row.learner.person, row.adviser.person] for row in agreed]
    for row, ring in zip(agreed, make_rings(pairs, now=now), strict=True):
        row.ring = ring
    Partnership.objects.bulk_create(rows, batch_size=BATCH)


def _store_setup(source: SampleProgramme, *, now: datetime) -> Programme:
    levels = {level.rank: level for level in Level.objects.all()}
    return Programme.objects.create(
        slug=source.slug,
        name=source.name,
        template=source.template,
        state=source.state,
        created_at=now,
        purpose=source.purpose,
        learner_objective="\n".join(source.learner_objectives),
        adviser_objective="\n".join(source.adviser_objectives),
        engagement=source.engagement,
        mode=MODES[source.rhythm],
        starts_on=source.starts_on,
        ends_on=source.ends_on,
        learner_level_min=levels[min(source.learner_levels)],
        learner_level_max=levels[max(source.learner_levels)],
        adviser_level_min=levels[min(source.adviser_levels)],
        adviser_level_max=levels[max(source.adviser_levels)],
        adviser_newest_months=source.adviser_newest_months,
        target_mastery=MASTERY[source.target_level],
        coverage_target=round(source.coverage_target * 100),
        guidelines=source.guidelines,
        meeting_minutes=source.meeting_minutes,
        meeting_every_days=CADENCES[source.cadence],
        min_rank_gap=source.min_rank_gap,
        shared_hours=source.shared_hours,
        advisers_per_learner=source.advisers_per_learner,
        return_stream=source.comes_back,
        training=source.learning,
        support=source.support,
        sponsor_letter=source.sponsor_letter,
        weights=DEFAULT_WEIGHTS,
        steps_saved=[step.key for step in STEPS],
    )


def _store_standings(
    source: SampleProgramme, programme: Programme, people: dict[str, Person]
) -> None:
    roles = [(person, Standing.Role.COORDINATOR) for person in source.coordinators]
    roles.append((source.sponsor, Standing.Role.SPONSOR))
    Standing.objects.bulk_create(
        Standing(programme=programme, person=people[person], role=role) for person, role in roles
    )


def _store_enrolments(
    source: SampleProgramme, programme: Programme, people: dict[str, Person]
) -> dict[str, Enrolment]:
    parts: dict[str, Enrolment] = {}
    for row in source.enrolments:
        part = parts.setdefault(row.person, _enrolment(row, programme, people[row.person]))
        part.is_learner |= row.role == "learner"
        part.is_adviser |= row.role == "adviser"
    rows = Enrolment.objects.bulk_create(parts.values(), batch_size=BATCH)
    return dict(zip(parts, rows, strict=True))


def _enrolment(row: SampleEnrolment, programme: Programme, person: Person) -> Enrolment:
    return Enrolment(
        programme=programme,
        person=person,
        demand=max(row.demand, 1),
        capacity=row.capacity,
        goals=row.goals,
        career_direction=row.career,
        comfort=COMFORT[row.comfort.depth],
        comfort_depth=DEPTHS[row.comfort.depth],
        comfort_format=MEETS[row.comfort.meets],
        off_limits="\n".join(row.off_limits),
        learning_style=STYLES[row.comfort.style],
        hours_from=row.hours.start,
        hours_to=row.hours.end,
        languages=list(row.languages),
        part_confirmed_at=row.enrolled_at,
        created_at=row.enrolled_at,
    )


def _store_skills(
    source: SampleProgramme, programme: Programme, enrolments: dict[str, Enrolment]
) -> None:
    skills = dict(Skill.objects.values_list("slug", "pk"))
    wants = [
        EnrolmentWant(
            enrolment=enrolments[row.person],
            skill_id=skills[want.slug],
            target=MASTERY[want.target],
            priority=want.priority,
        )
        for row in source.enrolments
        for want in row.wants
    ]
    offers = [
        EnrolmentOffer(
            enrolment=enrolments[row.person],
            skill_id=skills[offer.slug],
            level=MASTERY[offer.level],
        )
        for row in source.enrolments
        for offer in row.offers
    ]
    topics = {want.slug for row in source.enrolments if row.role == "learner" for want in row.wants}
    programme.skills.set([skills[slug] for slug in topics])
    EnrolmentWant.objects.bulk_create(wants, batch_size=BATCH, ignore_conflicts=True)
    EnrolmentOffer.objects.bulk_create(offers, batch_size=BATCH, ignore_conflicts=True)


def _store_keep_apart(source: SampleProgramme, people: dict[str, Person]) -> None:
    rows = []
    for fact in source.keep_apart:
        stated_by, other = people[fact.stated_by], people[fact.other]
        one, two = sorted((stated_by, other), key=lambda person: person.pk)
        rows.append(KeepApart(one=one, other=two, asked_by_person_id=stated_by.pk))
    KeepApart.objects.bulk_create(rows, ignore_conflicts=True)


def _partnership(
    row: SamplePartnership, programme: Programme, enrolments: dict[str, Enrolment]
) -> Partnership:
    said_yes = "accepted"
    return Partnership(
        programme=programme,
        learner=enrolments[row.learner],
        adviser=enrolments[row.adviser],
        state=row.state,
        origin="sample",
        learner_accepted_at=row.learner_answered_at if row.learner_answer == said_yes else None,
        adviser_accepted_at=row.adviser_answered_at if row.adviser_answer == said_yes else None,
        ended_at=_ended_at(row),
        created_at=row.proposed_at,
    )


def _ended_at(row: SamplePartnership) -> datetime | None:
    if row.state != "declined":
        return None
    return row.learner_answered_at or row.adviser_answered_at
