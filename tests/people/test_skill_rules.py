"""Finding skills by what people type, and the starter skills themselves."""

import re
from collections import Counter
from pathlib import Path

import pytest

from viceversa.people.rules import taxonomy
from viceversa.people.rules.skills import SkillIndex, normalise
from viceversa.people.rules.taxonomy import FACETS, StarterSkill, starter_taxonomy

pytestmark = pytest.mark.pure

ESCO_ADDRESS = re.compile(
    r"http://data\.europa\.eu/esco/skill/"
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


@pytest.fixture(scope="module")
def index() -> SkillIndex:
    return SkillIndex(starter_taxonomy().names_and_aliases())


@pytest.fixture(scope="module")
def skills() -> tuple[StarterSkill, ...]:
    return starter_taxonomy().skills


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  Short   VIDEO ", "short video"),
        ("E‑mail", "e mail"),
        ("Search & find", "search and find"),
        ("Café crème", "cafe creme"),
        ("Straße", "strasse"),
        ("User's view", "users view"),
        ("User’s view", "users view"),
        ("C++ / C#", "c++ c#"),
        ("数据素养", "数据素养"),
        ("ﬁle", "file"),
        ("", ""),
        ("\u202e!?…", ""),
    ],
)
def test_normalise_folds_case_accents_punctuation_and_spacing(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@pytest.mark.parametrize("typed", ["AI assistants", "ai-assistants", "chatgpt", "  CLAUDE "])
def test_name_and_alias_find_the_skill(index: SkillIndex, typed: str) -> None:
    assert index.find(typed) == "ai-assistants"


@pytest.mark.parametrize("typed", ["", "assistant", "underwater welding", "\x00"])
def test_find_answers_nothing_when_no_name_or_alias_is_equal(index: SkillIndex, typed: str) -> None:
    assert index.find(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("linkdin", "professional-networks"),
        ("prompt enginering", "prompt-writing"),
        ("exel", "spreadsheets"),
        ("tiktoks", "short-video"),
        ("podcats", "podcasts"),
        ("crisis comms", "crisis-communications"),
        ("data visualization", "charts-and-data-visualisation"),
        ("negociation", "negotiation"),
        ("speaking in public", "public-speaking"),
    ],
)
def test_suggest_leads_with_the_skill_that_was_meant(
    index: SkillIndex, typed: str, meant: str
) -> None:
    assert index.suggest(typed, limit=3)[0].key == meant


def test_suggest_puts_an_exact_match_first_with_score_one(index: SkillIndex) -> None:
    first = index.suggest("Podcasts", limit=3)[0]

    assert (first.key, first.label, first.score) == ("podcasts", "Podcasts", 1.0)


def test_suggest_names_each_skill_once_best_first_within_the_limit(index: SkillIndex) -> None:
    found = index.suggest("social media", limit=4)

    assert len({suggestion.key for suggestion in found}) == 4
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "zzqx wjvk"])
def test_suggest_answers_nothing_when_nothing_is_near(index: SkillIndex, typed: str) -> None:
    assert index.suggest(typed) == []


def test_suggest_gives_nothing_for_a_limit_of_zero(index: SkillIndex) -> None:
    assert index.suggest("podcasts", limit=0) == []


def test_an_empty_index_finds_and_suggests_nothing() -> None:
    empty = SkillIndex({})

    assert empty.find("podcasts") is None
    assert empty.suggest("podcasts") == []


def test_there_are_between_160_and_220_starter_skills(skills: tuple[StarterSkill, ...]) -> None:
    assert 160 <= len(skills) <= 220


def test_starter_slugs_are_unique_and_plain(skills: tuple[StarterSkill, ...]) -> None:
    slugs = [skill.slug for skill in skills]

    assert len(set(slugs)) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


def test_no_name_slug_or_alias_belongs_to_two_skills(skills: tuple[StarterSkill, ...]) -> None:
    words = Counter(
        word
        for skill in skills
        for word in {normalise(text) for text in (skill.slug, *skill.labels)}
    )

    assert [word for word, times in words.items() if times > 1] == []


def test_no_skill_lists_one_alias_twice(skills: tuple[StarterSkill, ...]) -> None:
    repeated = [
        skill.slug for skill in skills if len({*map(normalise, skill.labels)}) < len(skill.labels)
    ]

    assert repeated == []


def test_esco_addresses_are_well_formed_and_used_once(skills: tuple[StarterSkill, ...]) -> None:
    addresses = [skill.esco for skill in skills if skill.esco is not None]

    assert len(addresses) > 100
    assert [address for address in addresses if not ESCO_ADDRESS.fullmatch(address)] == []
    assert len(set(addresses)) == len(addresses)


def test_every_group_is_known_and_filled_and_every_facet_known(
    skills: tuple[StarterSkill, ...],
) -> None:
    groups = {group.slug for group in starter_taxonomy().groups}

    assert {skill.group for skill in skills} == groups
    assert {skill.facet for skill in skills} == set(FACETS)


def test_digital_and_communication_skills_come_first(skills: tuple[StarterSkill, ...]) -> None:
    groups = list(dict.fromkeys(skill.group for skill in skills))

    assert groups[0] == "social-networks"
    assert groups[-2:] == ["organisation", "growing"]


def test_credit_line_stands_in_the_data_and_beside_it() -> None:
    credit = "This service uses the ESCO classification of the European Commission."
    readme = Path(taxonomy.__file__).parents[1] / "data" / "README.md"

    assert starter_taxonomy().credit == credit
    assert credit in readme.read_text(encoding="utf-8")
