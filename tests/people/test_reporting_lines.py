"""Reporting lines of any length, with circles and orphans, are walked without recursion."""

from hypothesis import given
from hypothesis import strategies as st

from viceversa.people.rules.reporting import (
    chain,
    cycles,
    depths,
    greatest_depth,
    orphans,
    roots,
    skip_levels,
)

SMALL = {"top": "", "a": "top", "b": "a", "c": "b", "stray": "gone", "under": "stray"}
CIRCLES = {"x": "y", "y": "z", "z": "x", "leaf": "x", "self": "self", "ok": ""}


def test_small_tree_is_described() -> None:
    assert depths(SMALL) == {"top": 0, "a": 1, "b": 2, "c": 3, "stray": 0, "under": 1}
    assert (roots(SMALL), orphans(SMALL)) == (["top"], ["stray"])
    assert skip_levels(SMALL) == {"b": "top", "c": "a"}
    assert chain(SMALL, "c") == ["b", "a", "top"]
    assert cycles(SMALL) == []


def test_every_circle_is_found_once_and_those_below_have_no_depth() -> None:
    assert cycles(CIRCLES) == [["x", "y", "z"], ["self"]]
    assert depths(CIRCLES) == {"ok": 0}
    assert chain(CIRCLES, "leaf") == ["x", "y", "z"]
    assert chain(CIRCLES, "x") == ["y", "z"]


def test_a_chain_of_100_000_people_is_followed_to_its_end() -> None:
    line = {f"p{number}": f"p{number + 1}" for number in range(100_000)} | {"p100000": ""}
    circle = line | {"p100000": "p0"}

    assert greatest_depth(line) == 100_000
    assert cycles(line) == []
    assert len(cycles(circle)[0]) == 100_001
    assert depths(circle) == {}


NAMES = st.sampled_from([*"abcdefg", ""])


@given(st.dictionaries(NAMES.filter(bool), NAMES))
def test_depth_is_one_more_than_the_managers(managers: dict[str, str]) -> None:
    found = depths(managers)
    circling = {person for circle in cycles(managers) for person in circle}

    for person, boss in managers.items():
        if person in found:
            assert found[person] == (found[boss] + 1 if boss in managers else 0)
        else:
            assert person in circling or set(chain(managers, person)) & circling
