import pytest
from django.http import QueryDict
from django.utils import translation

from tests.design.drawing import drawn
from viceversa.design import scores, visibility
from viceversa.design.navigation import Viewer
from viceversa.design.people import initials
from viceversa.design.scores import Part
from viceversa.design.tables import Column, headers

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Tamsin Marlow", "TM"),
        ("Juno", "J"),
        ("Ana María de la Cruz", "AC"),
        ("žofie łąka", "ŽŁ"),
        ("'Odile' (Wren)", "OW"),
        ("李 小龍", "李小"),
        ("???", "?"),
        ("", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_names_are_escaped_everywhere() -> None:
    nasty = "<b>\"'&"
    for source in (
        "{% avatar name %}",
        "{% person name sub=name url=name %}",
        '{% visibility "pair_named" name=name %}',
        "{% badge name tone=name %}",
        "{% bar 1 2 label=name %}",
        "<c-person :name='name' :sub='name' />",
    ):
        assert nasty not in drawn(source, name=nasty)
        assert '<b>"' not in drawn(source, name=nasty)


def test_visibility_gives_the_sentence_with_a_lock() -> None:
    shown = drawn('{% visibility "pair_named" name="Juno" %}')
    assert "Only you and Juno can read this" in shown
    assert "<svg" in shown


def test_visibility_refuses_what_it_does_not_know() -> None:
    with pytest.raises(KeyError):
        visibility.sentence("everybody_and_their_dog")
    with pytest.raises(ValueError, match="needs a name"):
        visibility.sentence("pair_named")


def test_score_parts_lie_one_after_the_other_and_never_over_the_end() -> None:
    found = scores.segments([Part("a", 0.5), Part("b", 0), Part("c", 0.3), Part("d", 0.9)])
    assert [(part.label, part.x, part.tone) for part in found] == [
        ("a", 0.0, "tide"),
        ("c", 50.0, "plum"),
        ("d", 80.0, "plain"),
    ]
    assert found[-1].x + found[-1].width <= 100


def test_score_bar_says_its_parts_in_words() -> None:
    shown = drawn("{% score_bar parts '.60' %}", parts=[Part("Wishes", 0.45), Part("Hours", 0.15)])
    assert 'aria-label="Wishes .45, Hours .15"' in shown
    assert "style" not in shown


def test_lengths_are_written_for_browsers_in_every_language() -> None:
    with translation.override("de"):
        shown = drawn(
            "{% bar 1.5 3 %}{% score_bar parts %}{% meter 1 3 2 %}", parts=[Part("a", 0.125)]
        )
    assert 'value="1.5"' in shown
    assert 'width="11.7"' in shown
    assert 'width="33.33"' in shown


def test_meter_without_a_whole_is_empty() -> None:
    assert 'class="fill" y="2" width="0.0"' in drawn("{% meter 3 0 %}")


def test_header_turns_the_order_and_keeps_the_rest_of_the_address() -> None:
    columns = [Column("name", "Name", sortable=True), Column("why", "Why")]
    query = QueryDict("q=ana&page=4&order=name")
    name, why = headers(columns, order="name", query=query)
    assert (name.direction, name.url) == ("ascending", "?q=ana&order=-name")
    assert (why.direction, why.url) == ("", "")
    assert query["page"] == "4"


def test_unsorted_header_offers_the_rising_order() -> None:
    (name,) = headers([Column("name", "Name", sortable=True)], order="-age", query=QueryDict(""))
    assert (name.direction, name.url) == ("", "?order=name")


@pytest.mark.parametrize(("unread", "shown"), [(3, "3"), (99, "99"), (100, "99+")])
def test_a_full_inbox_is_not_given_a_number_that_is_not_its_own(unread: int, shown: str) -> None:
    assert Viewer(name="Juno", url="/", inbox_count=unread).inbox_shown == shown


def test_large_numbers_of_a_gauge_are_grouped() -> None:
    assert "1,998 of 12,316" in drawn('<c-gauge :value="1998" :max="12316" label="Covered" />')
