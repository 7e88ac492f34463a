import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.engine.people import adviser, crowd, learner
from viceversa.matching.engine import BadInput, Participant, Settings, Want
from viceversa.matching.engine.people.columns import Columns, People
from viceversa.matching.engine.people.gathering import columns_of
from viceversa.matching.engine.people.lines import ReportingLines
from viceversa.matching.engine.people.roster import Roster, call_the_roll, same_skill

pytestmark = pytest.mark.pure

IDS = ("a", "b", "c", "d", "B", "é")
STRANGERS = ("gone", "x9")
TEXTS = ("", "Sales", " sales", "SALES ", "HR")
SKILLS = ("AI", "ai", "Short video", "short  Video", "Cloud")


class Chance(random.Random):
    def some(self, values: Sequence[str]) -> list[str]:
        return self.choices(values, k=self.choice((0, 0, 1, 2, 3)))


def someone(id: str, chance: Chance) -> Participant:
    """Anybody at all: every field drawn, people named who are not among us."""
    known = (*IDS, *STRANGERS)
    return Participant(
        id=id,
        name=chance.choice(TEXTS),
        rank=chance.choice((None, -3, 0, 7)),
        unit=chance.choice(TEXTS),
        field=chance.choice(TEXTS),
        place=chance.choice(TEXTS),
        timezone=chance.choice(("UTC", "Asia/Tokyo")),
        working_hours=chance.choice(((9.0, 17.0), (22.5, 6.0))),
        languages=frozenset(chance.some(("en", "EN", "de"))),
        manager_id=chance.choice(("", *known)),
        roles=frozenset(chance.some(("learner", "adviser"))),
        demand=chance.randrange(4),
        capacity=chance.randrange(4),
        minimum=chance.randrange(4),
        priority=chance.randrange(4),
        offers={skill: chance.randint(1, 4) for skill in chance.some(SKILLS)},
        wants=tuple(
            Want(skill, chance.randint(1, 4), chance.randrange(4)) for skill in chance.some(SKILLS)
        ),
        goals=chance.choice(TEXTS),
        asks=tuple(chance.some(known)),
        adviser_wishes=tuple(chance.some(known)),
        keep_apart=frozenset(chance.some(known)),
        decides_pay_of=frozenset(chance.some(known)),
        past_partners=frozenset(chance.some(known)),
        stage=chance.choice(TEXTS),
        attributes={name: chance.choice(TEXTS) for name in chance.some(("shoe", "hat"))},
    )


def anybody(seed: int) -> list[Participant]:
    chance = Chance(seed)
    return [someone(id, chance) for id in chance.sample(IDS, chance.randint(0, len(IDS)))]


CHANCE = st.integers(0, 2**32).map(Chance)
CROWD = st.integers(0, 2**32).map(anybody)


def from_columns_alone(people: Sequence[Participant]) -> Columns:
    return replace(columns_of(people), originals={})


def by_id(people: Sequence[Participant]) -> list[Participant]:
    return sorted(people, key=lambda person: person.id)


@given(CROWD)
def test_people_come_back_from_columns_as_they_were(people: list[Participant]) -> None:
    columns = from_columns_alone(people)
    assert list(People(columns)) == by_id(people)
    assert columns_of(list(People(columns))) == columns


@given(CROWD, CHANCE)
def test_columns_are_equal_exactly_when_the_people_are(
    people: list[Participant], chance: Chance
) -> None:
    mixed = chance.sample(people, len(people))
    columns = from_columns_alone(people)
    assert from_columns_alone(mixed) == columns
    assert People(columns) == by_id(people)
    assert tuple(by_id(people)) == People(columns)
    for at, person in enumerate(people):
        changed = [*people[:at], replace(person, goals="something else"), *people[at + 1 :]]
        assert from_columns_alone(changed) != columns
        assert People(columns) != by_id(changed)


@given(CROWD.filter(bool), CHANCE)
def test_one_person_changed_is_as_if_read_anew(people: list[Participant], chance: Chance) -> None:
    roster, other = call_the_roll(people, Settings()), someone(people[0].id, chance)
    changed = roster.with_person(other)
    assert replace(changed.columns, originals={}) == from_columns_alone([other, *people[1:]])
    assert changed.people[changed.index[other.id]] == other


def entries(start: Any, *parts: Any) -> list[list[tuple[int, ...]]]:
    """The flat arrays as a list per row."""
    whole = list(zip(*(part.tolist() for part in parts), strict=True))
    return [whole[a:b] for a, b in zip(start[:-1].tolist(), start[1:].tolist(), strict=True)]


def skills_of(roster: Roster) -> list[str]:
    rows = range(len(roster.learners))
    return sorted({same_skill(want.skill) for row in rows for want in roster.learner(row).wants})


@given(CROWD)
def test_arrays_of_wants_and_offers_say_what_the_people_say(people: list[Participant]) -> None:
    roster = call_the_roll(people, Settings())
    number = {skill: at for at, skill in enumerate(skills_of(roster))}
    wants = entries(roster.want_start, roster.want_skill, roster.want_target, roster.want_priority)
    offers = entries(roster.offer_start, roster.offer_skill, roster.offer_level)
    assert wants == [
        [(number[same_skill(w.skill)], w.target, w.priority) for w in roster.learner(row).wants]
        for row in range(len(roster.learners))
    ]
    for column, found in enumerate(offers):
        best: dict[int, int] = {}
        for skill, level in roster.adviser(column).offers.items():
            if same_skill(skill) in number:
                at = number[same_skill(skill)]
                best[at] = max(best.get(at, 0), level)
        assert found == sorted(best.items())


@given(CROWD)
def test_arrays_of_wishes_say_what_the_people_say(people: list[Participant]) -> None:
    roster = call_the_roll(people, Settings())
    wishes = entries(roster.wish_start, roster.wish_column, roster.wish_rank)
    back = entries(roster.adviser_wish_start, roster.adviser_wish_column, roster.adviser_wish_rank)
    for row in range(len(roster.learners)):
        own = roster.learner(row)
        asked = {roster.column(wish): rank for rank, wish in enumerate(own.asks)}
        asked.pop(None, None)
        assert dict(wishes[row]) == asked
        wished = {
            column: rank
            for column in range(len(roster.advisers))
            for rank, wish in enumerate(roster.adviser(column).adviser_wishes)
            if wish == own.id
        }
        assert dict(back[row]) == wished


def test_skills_are_shown_in_one_spelling_and_people_in_their_own() -> None:
    people = [
        adviser("A1", offers={"short  VIDEO": 1}),
        learner("L1", wants=(Want("Short Video"),)),
        learner("L2", wants=(Want("short video"),)),
    ]
    roster = call_the_roll(people, Settings())
    assert roster.interests.skill_names == ("Short Video",)
    assert roster.learner(1).wants == (Want("short video"),)


@given(CROWD)
def test_places_stages_and_attributes_stand_by_row_and_column(people: list[Participant]) -> None:
    roster = call_the_roll(people, Settings())
    learners = [roster.learner(row) for row in range(len(roster.learners))]
    advisers = [roster.adviser(column) for column in range(len(roster.advisers))]
    assert roster.demand.tolist() == [person.demand for person in learners]
    assert roster.priority.tolist() == [person.priority for person in learners]
    assert roster.capacity.tolist() == [person.capacity for person in advisers]
    assert roster.minimum.tolist() == [person.minimum for person in advisers]
    same_texts(roster.stage.tolist(), [person.stage for person in advisers])
    shoes = [person.attributes.get("shoe", "") for person in roster.people]
    same_texts(roster.attribute("shoe").tolist(), shoes)
    assert not roster.attribute("unheard of").any()


def same_texts(codes: list[int], texts: list[str]) -> None:
    """Codes are equal where texts are but for case and spaces, and 0 for none."""
    plain = [same_skill(text) for text in texts]
    assert [code == 0 for code in codes] == [text == "" for text in plain]
    assert len(set(codes)) == len(set(plain)) == len(set(zip(codes, plain, strict=True)))


def test_the_roll_is_the_same_from_columns_and_from_people() -> None:
    people = crowd(60, seed=4)
    one = call_the_roll(people, Settings())
    other = call_the_roll(from_columns_alone(people), Settings())
    assert one.people == other.people
    assert [other.row(p.id) for p in people] == [one.row(p.id) for p in people]
    for name in ("rank", "unit", "place", "language_kind", "demand", "capacity", "want_skill"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
    assert np.array_equal(one.hours.group, other.hours.group)
    assert np.array_equal(one.lines.enter, other.lines.enter)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ([learner("B", capacity=-1), learner("A", wants=(Want("AI", 5),))], "A: a skill level"),
        ([learner("A", minimum=-1, offers={"AI": 0})], "A: places and priority"),
        ([learner("A", offers={"AI": 0}), learner("B", priority=-1)], "A: a skill level"),
        ([learner("A"), adviser("A")], 'Two people have the id "A"'),
        ([learner("B", timezone="Moon/Sea"), learner("A", timezone="No/Where")], "A: There is no"),
    ],
)
def test_the_first_person_who_cannot_be_is_named(wrong: list[Participant], sentence: str) -> None:
    people = [replace(person, name="") for person in wrong]
    with pytest.raises(BadInput, match=sentence):
        call_the_roll(people, Settings())


@given(st.lists(st.integers(0, 11), min_size=1, max_size=12))
def test_numbers_of_a_tour_follow_the_order_of_reports(bosses: list[int]) -> None:
    manager = [boss % at if at else -1 for at, boss in enumerate(bosses)]
    below: dict[int, list[int]] = {}
    for person, boss in enumerate(manager):
        below.setdefault(boss, []).append(person)
    visited: list[int] = []

    def visit(person: int) -> None:
        visited.append(person)
        for report in below.get(person, ()):
            visit(report)

    visit(0)
    lines = ReportingLines(np.array(manager, np.int64))
    assert np.argsort(lines.enter).tolist() == visited


def test_a_chain_of_a_hundred_thousand_managers_is_one_line() -> None:
    lines = ReportingLines(np.arange(100_000) - 1)
    assert lines.enter.tolist() == list(range(100_000))
    assert set(lines.leave.tolist()) == {100_000}
