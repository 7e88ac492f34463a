"""Decisions on plain values: set-up, readiness, waiting list, lists, statements, slugs."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.programmes.rules import lists, part, readiness, setup, waiting
from viceversa.programmes.rules.coverage import Coverage
from viceversa.programmes.rules.enrolment import coordinator_may_move, state_on_adding
from viceversa.programmes.rules.facts import Facts
from viceversa.programmes.rules.slugs import slug_for

pytestmark = pytest.mark.pure

GOOD = Facts(
    purpose="Every vice president has used one channel that our clients use.",
    learner_objective="Use it once.",
    adviser_objective="Be heard.",
    starts_on=date(2026, 4, 1),
    ends_on=date(2026, 7, 1),
    coordinators=2,
    sponsors=1,
    letter="Dear colleague",
    guidelines="What is said stays here.",
    training="One evening.",
    support="Call us.",
    learners=4,
    advisers=5,
    places_wanted=4,
    places_offered=5,
    skills_wanted=3,
    answers=dict.fromkeys(readiness.QUESTION_KEYS, "yes"),
)


def test_the_five_steps_hold_every_setting_once() -> None:
    assert len(setup.STEPS) == 5
    assert len(setup.FIELDS) == len(set(setup.FIELDS))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 1)}, "ends_on"),
        ({"coverage_target": 101}, "coverage_target"),
        ({"advisers_per_learner": 4}, "advisers_per_learner"),
        ({"advisers_per_learner": 0}, "advisers_per_learner"),
        ({"advisers_per_learner": 1, "different_stages": True}, "different_stages"),
        ({"advisers_per_learner": 1, "one_from_other_field": True}, "one_from_other_field"),
        ({"weights": {"skills": 11}}, "weights"),
        ({"weights": {"age": 1}}, "weights"),
        ({"weights": {"skills": 0}}, "weights"),
        ({"weights": {"skills": True}}, "weights"),
        (
            {
                "learner_level_min": SimpleNamespace(rank=5),
                "learner_level_max": SimpleNamespace(rank=2),
            },
            "learner_level_max",
        ),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence(values: dict, field: str) -> None:
    found = setup.problems(values)

    assert list(found) == [field]
    assert found[field].endswith(".")


def test_a_good_programme_is_ready_and_a_grave_no_advises_to_wait() -> None:
    assert readiness.advice(GOOD).verdict == "ready"
    answers = {**GOOD.answers, "no_reprisal": "no"}
    assert readiness.advice(replace(GOOD, answers=answers)).verdict == "wait"


def test_an_empty_programme_is_advised_not_to_start() -> None:
    advice = readiness.advice(Facts())

    assert advice.title == "We advise not to start yet"
    assert "purpose" in advice.sentence


def test_one_plain_no_advises_a_pilot() -> None:
    answers = {**GOOD.answers, "act_on_it": "no"}

    assert readiness.advice(replace(GOOD, answers=answers)).verdict == "pilot"


def test_too_few_advisers_are_named_with_both_numbers() -> None:
    checks = readiness.checks(replace(GOOD, places_wanted=9))
    people = next(check for check in checks if check.label == "Enough advisers for the learners")

    assert people == readiness.Check(
        "Enough advisers for the learners", "Learners want 9 places, advisers offer 5.", "bad"
    )


NOW = datetime(2026, 3, 2, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 100)), max_size=12))
def test_the_waiting_list_puts_those_left_out_most_often_first(rows: list) -> None:
    people = {
        pk: waiting.Waiting(id=pk, times_left_out=left, since=NOW + timedelta(hours=hours))
        for pk, (left, hours) in enumerate(rows)
    }

    order = [people[pk] for pk in waiting.in_order(reversed(people.values()))]

    assert len(order) == len(people)
    for before, after in itertools.pairwise(order):
        assert (-before.times_left_out, before.since) <= (-after.times_left_out, after.since)


def test_a_pasted_list_keeps_line_numbers_and_finds_the_address_in_a_row() -> None:
    text = '\ufeffe-mail;name\nana@firm.example\n\n"Bo";"<bo@firm.example>"\nE00012\tCy\n'

    assert lists.lines_of(text) == (
        lists.Line(2, "ana@firm.example"),
        lists.Line(4, "bo@firm.example"),
        lists.Line(5, "E00012"),
    )


@given(st.text(max_size=400))
def test_any_text_can_be_read_as_a_list(text: str) -> None:
    lines = lists.lines_of(text)

    assert all(line.text.strip() and len(line.text) <= lists.LONGEST for line in lines)
    assert [line.number for line in lines] == sorted({line.number for line in lines})


def test_three_short_answers_become_a_statement() -> None:
    parts = ["cut a film on a phone.", "", "publish one  yourself"]

    assert part.value_statement(parts) == (
        "I can show you cut a film on a phone. After four half hours you will publish one yourself."
    )
    assert part.value_statement(["", " ", ""]) == ""


def test_a_learner_stays_within_the_topics_and_the_number_of_them() -> None:
    topics = part.Topics(wants=[1, 2], offers=[], most_wants=2, of_programme={1: "Short video"})

    as_learner = part.topic_problems(topics, is_learner=True, is_adviser=False)
    as_adviser = part.topic_problems(topics, is_learner=False, is_adviser=True)

    assert as_learner == {"wants": "This programme is about: Short video. Choose among these."}
    assert as_adviser == {}
    many = part.Topics(wants=[1, 2, 3], offers=[], most_wants=2, of_programme={})
    assert "at most 2" in part.topic_problems(many, is_learner=True, is_adviser=False)["wants"]


def test_hours_end_after_they_begin() -> None:
    assert (
        part.hours_problem(time(17), time(9)) == "The end of your hours must lie after the start."
    )
    assert part.hours_problem(time(9), time(17)) == ""


def test_nobody_is_enrolled_over_their_head() -> None:
    assert not coordinator_may_move("declined", "enrolled")
    assert not coordinator_may_move("withdrawn", "enrolled")
    assert state_on_adding("declined", "enrolled") == "invited"
    assert state_on_adding("", "enrolled") == "enrolled"


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=5))
def test_a_slug_is_new_readable_and_never_a_reserved_word(name: str, taken: list[str]) -> None:
    slug = slug_for(name, [*taken, "programme"])

    assert slug not in {*taken, "new", "join", "programme"}
    assert slug.replace("-", "").isalnum()
    assert len(slug) <= 60


def test_coverage_counts_everyone_on_the_level_and_rounds_the_target_up() -> None:
    coverage = Coverage(fit=24, enrolled=20, proposed=2, covered=15, target_percent=70)

    assert (coverage.base, coverage.target, coverage.missing) == (24, 17, 2)
    assert not coverage.is_reached
    assert not Coverage(fit=0, enrolled=0, proposed=0, covered=0, target_percent=100).is_reached
