"""The page for people who never met us: complete, escaped, small for large matches."""

import re
from html import escape

import pytest

from tests.matching.engine.people import adviser, crowd, learner
from viceversa.matching.engine import (
    Match,
    Participant,
    Rules,
    Settings,
    fairness,
    match_people,
    problem_from_pairs,
    solve_problem,
    why_all_unmatched,
)
from viceversa.matching.engine.files.report import report_html

pytestmark = pytest.mark.pure


def page(match: Match) -> str:
    return report_html(match, why_all_unmatched(match), fairness(match), "f" * 64)


def section(text: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">(.*?)</section>', text, re.S)
    assert found is not None
    return found.group(1)


def couples(count: int, spare: int = 0) -> Match:
    """So many learners each with an adviser of their own, and learners with nobody."""
    people = [Participant(f"L{at:05d}", roles=frozenset({"learner"})) for at in range(count)]
    people += [Participant(f"A{at:05d}", roles=frozenset({"adviser"})) for at in range(count)]
    people += [Participant(f"S{at:05d}", roles=frozenset({"learner"})) for at in range(spare)]
    pairs = [(f"L{at:05d}", f"A{at:05d}", 5_000) for at in range(count)]
    return solve_problem(problem_from_pairs(people, Settings(), pairs))


def test_every_partnership_and_everybody_left_out_is_named() -> None:
    match = match_people(crowd(60, 2), Settings(rules=Rules(shared_hours=3)))
    text = page(match)
    called = {person.id: person.called for person in match.roster.people}
    assert section(text, "matched").count("<tr>") == len(match.pairs) + 1
    for pair in match.pairs:
        assert called[pair.learner_id] in section(text, "matched")
        assert escape(pair.reason) in section(text, "matched")
    for person, _ in match.unmatched:
        assert called[person] in section(text, "left-out")


def test_large_match_shows_the_first_rows_and_says_where_the_rest_is() -> None:
    text = page(couples(2_001))
    assert section(text, "matched").count("<tr>") == 501
    assert "These are the first 500 of 2,001; partnerships.csv, beside this page, has all." in text
    assert len(text) < 200_000


def test_up_to_two_thousand_partnerships_are_all_shown() -> None:
    text = section(page(couples(2_000)), "matched")
    assert text.count("<tr>") == 2_001
    assert "partnerships.csv" not in text


def test_many_left_out_are_cut_too_and_alike_answers_share_a_row() -> None:
    text = section(page(couples(3, spare=2_100)), "left-out")
    assert "These are the first 500 of 2,100; unmatched.csv" in text
    assert text.count("<tr>") == 2
    assert "S00499" in text
    assert "S00500" not in text


def test_histogram_and_its_table_hold_the_same_counts() -> None:
    match = match_people(crowd(60, 2), Settings())
    text, report = section(page(match), "scores"), fairness(match)
    drawn = [int(n) for n in re.findall(r'y="\d+">(\d+)</text>', text)]
    listed = [int(n) for n in re.findall(r'class="number">(\d+)</td>', text)]
    assert drawn == listed == [count for count in report.histogram if count]
    heights = [int(n) for n in re.findall(r'height="(\d+)" rx', text)]
    assert [height > 0 for height in heights] == [count > 0 for count in report.histogram]


def test_shares_are_shown_with_their_range() -> None:
    people = [learner(f"L{at}", asks=("A1",)) for at in range(10)]
    text = section(page(match_people([*people, adviser("A1", capacity=7)], Settings())), "fairness")
    assert "7 of 10" in text
    assert "40–89\u00a0%" in text


def test_names_values_and_attributes_are_escaped() -> None:
    evil = "<img src=x onerror=alert(1)>"
    people = [
        learner(f"L{at}", name=evil, attributes={evil: f"{evil}{at % 2}"}) for at in range(12)
    ]
    text = page(match_people([*people, adviser("A1", name=evil, capacity=7)], Settings()))
    assert "<img" not in text
    assert section(text, "fairness").count("&lt;img") > 2


def test_nobody_matched_is_said_in_words() -> None:
    text = page(match_people([learner(), adviser(rank=9)], Settings()))
    assert "the rules below leave no pair that could be proposed" in text
    assert "There are no partnerships." in text
