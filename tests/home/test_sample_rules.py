"""The sample organisation: believable, matchable, and the same for the same seed."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

import pytest

from viceversa.home.sample import SIGN_INS, generate
from viceversa.home.sample.names import addresses, invented_names
from viceversa.home.sample.shapes import (
    SampleEnrolment,
    SampleOrganisation,
    SamplePerson,
    SampleProgramme,
)
from viceversa.home.sample.skills import DIGITAL_FAVOURITES, ORGANISATION_FAVOURITES, digital
from viceversa.people.rules.taxonomy import starter_taxonomy

pytestmark = pytest.mark.pure

TODAY = date(2026, 3, 2)
SKILL_LEVELS = ("basic", "working", "strong", "expert")
SIZES = (200, 240, 3_000)
SEEDS = (1, 7, 2026, 99_991)


@cache
def sample(people: int = 240, seed: int = 2026) -> SampleOrganisation:
    return generate(people, seed, today=TODAY)


def by_id(organisation: SampleOrganisation) -> dict[str, SamplePerson]:
    return {person.external_id: person for person in organisation.people}


def programme(organisation: SampleOrganisation, slug: str) -> SampleProgramme:
    return next(found for found in organisation.programmes if found.slug == slug)


def parts(of: SampleProgramme, role: str) -> list[SampleEnrolment]:
    return [enrolment for enrolment in of.enrolments if enrolment.role == role]


def line_above(person: SamplePerson, people: dict[str, SamplePerson]) -> set[str]:
    above: set[str] = set()
    while person.manager is not None:
        above.add(person.manager)
        person = people[person.manager]
    return above


@cache
def worked_half_hours(person: SamplePerson) -> frozenset[datetime]:
    """Half hours in UTC that someone works in the week of the sample's day."""
    monday = TODAY - timedelta(days=TODAY.weekday())
    found: set[datetime] = set()
    for weekday in person.hours.days:
        day = monday + timedelta(days=weekday - 1)
        zone = ZoneInfo(person.time_zone)
        moment = datetime.combine(day, person.hours.start, zone).astimezone(UTC)
        end = datetime.combine(day, person.hours.end, zone).astimezone(UTC)
        while moment < end:
            found.add(moment)
            moment += timedelta(minutes=30)
    return frozenset(found)


def offers_a_wish(learner: SampleEnrolment, adviser: SampleEnrolment) -> bool:
    level = {offer.slug: SKILL_LEVELS.index(offer.level) for offer in adviser.offers}
    return any(
        level.get(wish.slug, -1) >= SKILL_LEVELS.index(wish.target) for wish in learner.wants
    )


def admissible(
    learner: SampleEnrolment, adviser: SampleEnrolment, people: dict[str, SamplePerson]
) -> bool:
    senior, junior = people[learner.person], people[adviser.person]
    shared = worked_half_hours(senior) & worked_half_hours(junior)
    return (
        senior.level - junior.level >= 2
        and senior.external_id not in line_above(junior, people)
        and junior.external_id not in line_above(senior, people)
        and len(shared) >= 4
        and bool(set(learner.languages) & set(adviser.languages))
        and offers_a_wish(learner, adviser)
    )


def test_same_arguments_give_the_same_organisation() -> None:
    assert generate(240, 5, today=TODAY) == generate(240, 5, today=TODAY)


def test_another_seed_gives_another_organisation() -> None:
    assert generate(240, 5, today=TODAY).people != generate(240, 6, today=TODAY).people


def test_dates_follow_the_day_given() -> None:
    later = generate(240, 2026, today=TODAY + timedelta(days=100))

    moved = [
        (after.hired_on - before.hired_on).days
        for before, after in zip(sample().people, later.people, strict=True)
    ]

    assert set(moved) == {100}


@pytest.mark.parametrize("people", [0, 1, 199])
def test_too_few_people_are_refused_in_words(people: int) -> None:
    with pytest.raises(ValueError, match="at least 200 people"):
        generate(people)


@pytest.mark.parametrize("people", SIZES)
def test_there_are_exactly_as_many_people_as_asked_for(people: int) -> None:
    assert len(sample(people).people) == people


@pytest.mark.parametrize("seed", SEEDS)
def test_names_are_unique_at_240(seed: int) -> None:
    names = [person.name for person in sample(240, seed).people]

    assert len(set(names)) == 240


@pytest.mark.parametrize("people", SIZES)
def test_addresses_and_ids_are_unique_and_well_formed(people: int) -> None:
    organisation = sample(people)
    emails = [person.email for person in organisation.people]

    assert len(set(emails)) == len({person.external_id for person in organisation.people}) == people
    shape = re.compile(r"[a-z-]+\.[a-z-]+\d*@hollinreed\.example\.org")
    assert [email for email in emails if not shape.fullmatch(email)] == []


def test_a_name_that_comes_again_gets_a_numbered_address() -> None:
    assert addresses(["Zoë D'Arrow", "Zoe Darrow", "Søren Ó-Brae"], "x.example.org") == [
        "zoe.darrow@x.example.org",
        "zoe.darrow2@x.example.org",
        "soren.o-brae@x.example.org",
    ]


def test_names_repeat_only_when_the_lists_are_used_up() -> None:
    names = invented_names(60_000, Random(1), taken={"Tamsin Marlow"})

    assert len({*names[:20_000]}) == 20_000
    assert len({*names}) < 60_000
    assert "Tamsin Marlow" not in names


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("people", SIZES)
def test_one_root_managers_first_spans_four_to_nine(people: int, seed: int) -> None:
    seen: set[str] = set()
    spans: Counter[str] = Counter()
    roots = 0
    for person in sample(people, seed).people:
        assert person.manager is None or person.manager in seen
        seen.add(person.external_id)
        roots += person.manager is None
        spans.update([person.manager] if person.manager else [])

    assert roots == 1
    assert {*spans.values()} <= set(range(4, 10))


@pytest.mark.parametrize("people", SIZES)
def test_nobody_reports_to_somebody_of_lower_rank(people: int) -> None:
    found = by_id(sample(people))

    assert all(
        person.manager is None or found[person.manager].level >= person.level
        for person in found.values()
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_240_people_have_24_vice_presidents_and_every_level(seed: int) -> None:
    levels = Counter(person.level for person in sample(240, seed).people)

    assert levels[5] == 24
    assert set(levels) == {level.number for level in sample().levels} == {1, 2, 3, 4, 5, 6}
    assert levels[1] > levels[3] > levels[6]


@pytest.mark.parametrize("people", SIZES)
def test_units_and_places_of_people_exist_and_units_nest(people: int) -> None:
    organisation = sample(people)
    units = {unit.code for unit in organisation.units}

    assert len(units) == len(organisation.units)
    assert {person.unit for person in organisation.people} <= units
    assert {unit.parent for unit in organisation.units} - {None} <= units
    zones = {place.code: place.time_zone for place in organisation.places}
    assert all(zones[person.place] == person.time_zone for person in organisation.people)


def test_some_clocks_differ_by_half_an_hour() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    offsets = {
        noon.astimezone(ZoneInfo(person.time_zone)).utcoffset() for person in sample().people
    }

    assert any(offset and offset.total_seconds() % 3600 for offset in offsets)


def test_nearly_everyone_speaks_english_but_not_all() -> None:
    speaking = sum("en" in person.languages for person in sample(3_000).people)

    assert 2_850 <= speaking < 3_000


def test_nobody_is_hired_in_the_future() -> None:
    assert all(person.hired_on < TODAY for person in sample().people)


def test_titles_name_the_rank() -> None:
    titles = {person.level: person.title for person in sample().people}

    assert titles[1].endswith(" associate")
    assert titles[3].endswith(" manager")
    assert titles[5].startswith("Vice president, ")
    assert titles[6].startswith("Chief ")


def test_every_skill_named_is_in_the_taxonomy() -> None:
    known = {skill.slug for skill in starter_taxonomy().skills}
    organisation = sample()
    everyone: list[SamplePerson | SampleEnrolment] = [*organisation.people]
    everyone += [part for each in organisation.programmes for part in each.enrolments]
    used = {offer.slug for each in everyone for offer in each.offers}
    used |= {wish.slug for each in everyone for wish in each.wants}

    assert used | set(DIGITAL_FAVOURITES) | set(ORGANISATION_FAVOURITES) <= known


def test_wishes_and_offers_are_well_formed_and_never_overlap() -> None:
    for person in sample().people:
        wanted = [wish.slug for wish in person.wants]
        offered = [offer.slug for offer in person.offers]
        assert [wish.priority for wish in person.wants] == [*range(1, len(wanted) + 1)]
        assert len({*wanted, *offered}) == len(wanted) + len(offered)
        assert {w.target for w in person.wants} | {o.level for o in person.offers} <= set(
            SKILL_LEVELS
        )


def test_juniors_offer_what_seniors_want_and_the_other_way_round() -> None:
    fresh = set(digital().slugs)
    offered: Counter[tuple[bool, bool]] = Counter()
    wanted: Counter[tuple[bool, bool]] = Counter()
    for person in sample().people:
        senior = person.level >= 4
        offered.update((senior, offer.slug in fresh) for offer in person.offers)
        wanted.update((senior, wish.slug in fresh) for wish in person.wants)

    assert offered[False, True] > 2 * offered[False, False]
    assert offered[True, False] > 2 * offered[True, True]
    assert wanted[True, True] > 5 * wanted[True, False]
    assert wanted[False, False] > 5 * wanted[False, True]


def test_a_few_skills_are_wanted_far_more_than_most() -> None:
    wanted = Counter(
        wish.slug for person in sample(3_000).people if person.level >= 4 for wish in person.wants
    )
    counts = sorted(wanted.values(), reverse=True)

    assert sum(counts[:10]) > 0.3 * sum(counts)
    assert len(counts) > 80


def test_goals_are_sentences_without_gaps() -> None:
    texts = [text for person in sample().people for text in (person.goals, person.career)]

    assert [text for text in texts if "{" in text or not text.endswith(".")] == []


def test_sign_ins_are_people_with_the_right_parts() -> None:
    organisation = sample()
    people = {person.email: person for person in organisation.people}
    named = {sign_in.part: people[sign_in.email] for sign_in in SIGN_INS}
    held = {(grant.person, grant.role) for grant in organisation.roles}

    assert all(people[sign_in.email].name == sign_in.name for sign_in in SIGN_INS)
    assert (named["administrator"].external_id, "directory_administrator") in held
    assert (named["administrator"].external_id, "operator") in held
    assert (named["safeguarding_contact"].external_id, "safeguarding_contact") in held
    assert named["learner"].level == 5
    assert named["adviser"].level == 1
    for each in organisation.programmes:
        coordinators = (named["coordinator"].external_id, named["co_coordinator"].external_id)
        assert each.coordinators == coordinators
        assert each.sponsor == named["sponsor"].external_id
        assert each.sponsor_letter
        enrolled = {enrolment.person: enrolment.role for enrolment in each.enrolments}
        assert enrolled[named["learner"].external_id] == "learner"
        assert enrolled[named["adviser"].external_id] == "adviser"
        assert not {*coordinators, each.sponsor} & set(enrolled)


@pytest.mark.parametrize("seed", SEEDS)
def test_digital_half_hour_is_ready_with_24_learners_and_61_advisers(seed: int) -> None:
    digital_half_hour = programme(sample(240, seed), "digital-half-hour")
    learners, advisers = parts(digital_half_hour, "learner"), parts(digital_half_hour, "adviser")
    vice_presidents = {p.external_id for p in sample(240, seed).people if p.level == 5}

    assert (digital_half_hour.state, len(learners), len(advisers)) == ("enrolling", 24, 61)
    assert {learner.person for learner in learners} == vice_presidents
    assert digital_half_hour.partnerships == ()
    assert digital_half_hour.starts_on > TODAY
    assert all(e.wants and e.offers and e.goals and e.career for e in learners + advisers)
    assert all(learner.demand == 1 for learner in learners)
    assert {adviser.capacity for adviser in advisers} == {1, 2}


def test_keep_apart_facts_name_one_learner_and_one_adviser() -> None:
    digital_half_hour = programme(sample(), "digital-half-hour")
    role = {enrolment.person: enrolment.role for enrolment in digital_half_hour.enrolments}

    assert len(digital_half_hour.keep_apart) == 3
    for fact in digital_half_hour.keep_apart:
        assert {role[fact.stated_by], role[fact.other]} == {"learner", "adviser"}


@pytest.mark.parametrize("seed", SEEDS)
def test_nearly_every_learner_has_several_admissible_advisers(seed: int) -> None:
    people = by_id(sample(240, seed))
    digital_half_hour = programme(sample(240, seed), "digital-half-hour")
    advisers = parts(digital_half_hour, "adviser")

    choices = [
        sum(admissible(learner, adviser, people) for adviser in advisers)
        for learner in parts(digital_half_hour, "learner")
    ]

    assert sum(choice >= 3 for choice in choices) >= 20
    assert max(choices) < len(advisers)


@pytest.mark.parametrize("seed", SEEDS)
def test_fresh_eyes_runs_with_14_partnerships_that_keep_its_rules(seed: int) -> None:
    people = by_id(sample(240, seed))
    fresh_eyes = programme(sample(240, seed), "fresh-eyes")
    enrolment = {part.person: part for part in fresh_eyes.enrolments}
    pairs = fresh_eyes.partnerships

    assert fresh_eyes.state == "running"
    assert len(pairs) == 14
    assert {pair.state for pair in pairs} == {"proposed", "accepted", "declined"}
    assert len({pair.learner for pair in pairs}) == len({pair.adviser for pair in pairs}) == 14
    for pair in pairs:
        senior, junior = people[pair.learner], people[pair.adviser]
        assert (enrolment[pair.learner].role, enrolment[pair.adviser].role) == (
            "learner",
            "adviser",
        )
        assert senior.level - junior.level >= 2
        assert pair.learner not in line_above(junior, people)
        assert len(worked_half_hours(senior) & worked_half_hours(junior)) >= 4
        assert set(senior.languages) & set(junior.languages)


def test_fresh_eyes_advisers_joined_within_eighteen_months() -> None:
    people = by_id(sample())
    joined = [
        people[part.person].hired_on for part in parts(programme(sample(), "fresh-eyes"), "adviser")
    ]

    assert min(joined) > TODAY - timedelta(days=550)


@pytest.mark.parametrize("seed", SEEDS)
def test_answers_agree_with_the_state_of_a_partnership(seed: int) -> None:
    for pair in programme(sample(240, seed), "fresh-eyes").partnerships:
        answers = {pair.learner_answer, pair.adviser_answer}
        times = [pair.learner_answered_at, pair.adviser_answered_at]
        assert (pair.state == "declined") == ("declined" in answers)
        assert (pair.state == "accepted") == (answers == {"accepted"})
        assert [at is None for at in times] == [
            pair.learner_answer is None,
            pair.adviser_answer is None,
        ]
        assert all(pair.proposed_at < at for at in times if at)
        assert all(at.date() <= TODAY for at in times if at)


@pytest.mark.parametrize("seed", SEEDS)
def test_learner_and_adviser_who_sign_in_have_a_proposal_to_answer(seed: int) -> None:
    organisation = sample(240, seed)
    people = {person.email: person.external_id for person in organisation.people}
    email = {sign_in.part: sign_in.email for sign_in in SIGN_INS}
    pairs = programme(organisation, "fresh-eyes").partnerships

    of_learner = [pair for pair in pairs if pair.learner == people[email["learner"]]]
    of_adviser = [pair for pair in pairs if pair.adviser == people[email["adviser"]]]

    assert [(pair.state, pair.learner_answer) for pair in of_learner] == [("proposed", None)]
    assert [(pair.state, pair.adviser_answer) for pair in of_adviser] == [("proposed", None)]


def test_ten_thousand_people_keep_the_shape() -> None:
    large = generate(10_000, 2026, today=TODAY)

    roles = Counter(part.role for part in programme(large, "digital-half-hour").enrolments)
    assert 200 < roles["learner"] <= 2_000
    assert 2 * roles["learner"] < roles["adviser"] <= 6_000
    assert len({person.email for person in large.people}) == 10_000
    assert len(programme(large, "fresh-eyes").partnerships) == round(roles["learner"] * 14 / 24)
