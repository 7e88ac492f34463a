"""People are found by the beginnings of their words, alike on both databases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_learner, make_person, make_programme
from viceversa.people.models import Person
from viceversa.people.queries import searching
from viceversa.people.queries.searching import named
from viceversa.people.rules.searching import terms_of, words_of
from viceversa.programmes.models import Enrolment

db = pytest.mark.django_db


@pytest.mark.pure
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tamsin MARLOW", ["tamsin", "marlow"]),
        ("O'Brien-Smith, Zoë", ["o", "brien", "smith", "zoe"]),
        ("juno.okapi@firm.example", ["juno", "okapi", "firm", "example"]),
        ("Łukasz Ærø", ["lukasz", "aero"]),
        ("Straße 7b", ["strasse", "7b"]),
        ("Ángel", ["angel"]),
        ("Ángel".encode().decode(), ["angel"]),
        ("田中太郎", ["田", "中", "太", "郎"]),
        ("अनीता राव", words_of("अनीता राव")),
        ("‘quoted’ — dash", ["quoted", "dash"]),
        ("!!! \0 ---", []),
        ("", []),
    ],
)
def test_words_are_small_and_without_accents(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.pure
def test_scripts_with_signs_between_letters_keep_their_words_whole() -> None:
    assert len(words_of("अनीता राव")) == 2


@pytest.mark.pure
def test_a_search_takes_six_words_and_no_endless_one() -> None:
    assert len(terms_of("a b c d e f g h")) == 6
    assert terms_of("x" * 5000) == ["x" * 60]


def found(typed: str) -> list[str]:
    people = Person.objects.filter(named(typed)).order_by("name", "id")
    return list(people.values_list("name", flat=True))


@db
@pytest.mark.parametrize("rare", [1000, -1])
def test_every_word_has_to_begin_one_of_theirs(rare: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked up in the index, and by walking through the names."""
    monkeypatch.setattr(searching, "RARE", rare)
    make_person("Zoë Marlow", title="Data analyst", email="zoe@firm.example")
    make_person("Mar O'Brien", title="Film director", external_id="E-0042")
    make_person("Otto Tamarlow", title="“Data” manager")

    assert found("mar") == ["Mar O'Brien", "Zoë Marlow"]
    assert found("zoe MAR") == found("marlow zoë") == ["Zoë Marlow"]
    assert found("arlow") == []
    assert found("data") == ["Otto Tamarlow", "Zoë Marlow"]
    assert found("E-0042") == found("0042") == found("o'brien") == ["Mar O'Brien"]
    assert found("zoe@firm.example") == ["Zoë Marlow"]
    assert len(found("")) == len(found("   ")) == 3


@db
@pytest.mark.parametrize(
    "nasty",
    ["'; DROP TABLE people_person; --", '"*" OR', "%", "_", "\0", "a:*|b", "NEAR(a b)", "^z"],
)
def test_signs_that_databases_understand_mean_nothing(nasty: str) -> None:
    make_person("Ada Low")

    assert found(nasty) == []


@db
def test_the_index_follows_whoever_is_added_renamed_and_removed() -> None:
    ada = make_person("Ada Low")
    assert found("ada") == ["Ada Low"]

    ada.name = "Grace Low"
    ada.save()
    assert found("ada") == []
    assert found("grace") == ["Grace Low"]

    Person.objects.filter(pk=ada.pk).update(title="Admiral")
    assert found("grace") == ["Grace Low"]

    ada.delete()
    assert found("grace") == []


@db
def test_people_behind_a_relation_are_found_on_either_path() -> None:
    programme = make_programme()
    ada = make_learner(programme, person=make_person("Ada Low"))
    make_learner(programme, person=make_person("Bo Hill"))

    rows = Enrolment.objects.filter(named("ada", "person__"))
    either = Enrolment.objects.filter(named("low", "person__manager__", "person__"))

    assert list(rows) == list(either) == [ada]


@db
def test_a_search_asks_once_for_each_word_however_many_people_there_are() -> None:
    for number in range(30):
        make_person(f"Ada {number} Low")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found("ada low")

    assert len(captured) == 3
