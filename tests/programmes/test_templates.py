"""The six templates: complete, within the rules, and each what it says it is."""

import json
from pathlib import Path

import pytest

import viceversa.people
from viceversa.programmes.models import Programme
from viceversa.programmes.rules import setup
from viceversa.programmes.rules.templates import TEMPLATES, Template, ranks_of, template

pytestmark = pytest.mark.pure
TEXTS = (
    "purpose",
    "learner_objective",
    "adviser_objective",
    "guidelines",
    "learner_role",
    "adviser_role",
    "return_stream",
    "training",
    "support",
    "sponsor_letter",
)
each = pytest.mark.parametrize("source", TEMPLATES, ids=lambda source: source.key)


def test_there_are_six() -> None:
    assert [source.key for source in TEMPLATES] == [
        "digital_half_hour",
        "fresh_eyes",
        "ai_literacy",
        "two_way_street",
        "taster",
        "association",
    ]


@each
def test_every_text_is_written_and_fits_its_column(source: Template) -> None:
    for name in TEXTS:
        text = str(source.fields[name])
        assert len(text) >= 30, name
        longest = Programme._meta.get_field(name).max_length
        assert longest is not None
        assert len(text) <= longest, name


@each
def test_every_value_belongs_to_a_programme_and_obeys_the_rules(source: Template) -> None:
    columns = {field.name for field in Programme._meta.get_fields()}

    assert set(source.fields) <= columns
    assert setup.problems({**source.fields, "weights": source.weights}) == {}
    assert set(source.weights) == set(setup.WEIGHT_NAMES)


@each
def test_every_topic_is_in_the_starter_taxonomy(source: Template) -> None:
    data = Path(viceversa.people.__file__).parent / "data" / "skills.json"
    known = {skill["slug"] for skill in json.loads(data.read_text())["skills"]}

    assert set(source.skills) <= known


def test_the_digital_half_hour_is_weekly_basic_and_for_everyone_on_the_level() -> None:
    source = template("digital_half_hour")

    assert source is not None
    assert source.learners == "top"
    chosen = ("meeting_minutes", "meeting_every_days", "target_mastery", "coverage_target")
    assert [source.fields[name] for name in chosen] == [30, 7, 1, 100]


def test_fresh_eyes_takes_advisers_by_newness_from_other_units() -> None:
    source = template("fresh_eyes")

    assert source is not None
    assert source.fields["adviser_newest_months"] == 12
    assert source.fields["same_unit_allowed"] is False


def test_an_association_gives_two_or_three_advisers_at_different_stages_and_takes_guests() -> None:
    source = template("association")

    assert source is not None
    assert source.fields["advisers_per_learner"] in (2, 3)
    assert source.fields["different_stages"] is True
    assert source.fields["one_from_other_field"] is True
    assert source.fields["outside_guests"] is True


def test_the_ladder_is_cut_in_a_top_and_a_bottom_that_do_not_meet() -> None:
    ranks = [1, 2, 3, 4, 5, 6]

    assert ranks_of("top", ranks) == (5, None)
    assert ranks_of("bottom", ranks) == (None, 2)
    assert ranks_of("any", ranks) == (None, None)
    assert ranks_of("top", []) == (None, None)
