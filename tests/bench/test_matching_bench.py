"""The generator and the race of `bench.matching`, on few people."""

import csv
import json
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bench.matching.chart import chart
from bench.matching.generate import CANDIDATES, KINDS, edge_instance, load_instance
from bench.matching.page import put
from bench.matching.peers import greedy, scipy_bipartite
from bench.matching.people_files import HEADERS, write_files
from bench.matching.population import populate
from bench.matching.race import Course, Disagreement, Result, _agree
from bench.matching.solve_one import check_edges, measured
from bench.matching.solvers import SOLVERS, viceversa
from bench.matching.tables import race_table
from viceversa.matching.engine import assign, verify
from viceversa.matching.engine.files import run_match

pytestmark = pytest.mark.pure
PEOPLE = 300


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("places", [1, 3])
def test_the_same_seed_gives_the_same_instance_and_another_seed_another(
    kind: str, places: int
) -> None:
    one, again, other = (
        edge_instance(kind, PEOPLE, places=places, seed=seed) for seed in (7, 7, 8)
    )
    for name, array in one.arrays().items():
        assert np.array_equal(array, again.arrays()[name])
    assert not np.array_equal(one.score, other.score)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_instances_hold_what_their_kind_promises(kind: str) -> None:
    given = edge_instance(kind, 1000)
    pairs = list(zip(given.learner.tolist(), given.adviser.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    assert max(Counter(given.learner.tolist()).values()) <= CANDIDATES
    assert given.score.min() >= 0
    assert given.score.max() <= 10_000
    assert set(given.demand.tolist()) == set(given.capacity.tolist()) == {1, 2, 3}
    assert len(given.demand) == 1000 * KINDS[kind].learners
    supply = given.capacity.sum() / given.demand.sum()
    assert {"abundant": supply > 5, "tight": 0.9 < supply < 1.2, "oversubscribed": supply < 0.6}[
        kind
    ]


def test_good_advisers_are_on_many_lists() -> None:
    given = edge_instance("tight", 2000, places=1)
    lists = np.bincount(given.adviser, minlength=len(given.capacity))
    assert lists.max() > 4 * lists.mean()


def test_nobody_is_a_candidate_in_their_own_line_or_without_a_lower_level() -> None:
    from bench.matching.generate import _Pool

    population = populate(500, np.random.default_rng(3))
    everyone = np.arange(500)
    pool = _Pool(population, everyone[:40], everyone)
    for row in range(40):
        above = set()
        at = population.manager[row]
        while at >= 0:
            above.add(int(at))
            at = population.manager[at]
        found = set(pool.admissible(row).tolist())
        assert not found & (above | {row})
        assert all(population.level[other] < population.level[row] for other in found)
        assert not any(_stands_above(population.manager, row, other) for other in found)


def _stands_above(manager: np.ndarray, boss: int, other: int) -> bool:
    while other >= 0:
        other = int(manager[other])
        if other == boss:
            return True
    return False


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_ours_reaches_the_optimum_of_scipy(kind: str) -> None:
    given = edge_instance(kind, PEOPLE, places=1)
    ours, theirs = viceversa(given), scipy_bipartite(given)
    for edges in (ours, theirs):
        check_edges(given, edges)
    assert len(ours) == len(theirs)
    assert given.score[ours].sum() == given.score[theirs].sum()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_ours_reaches_the_optimum_of_or_tools(kind: str) -> None:
    pytest.importorskip("ortools", reason="OR-Tools lives in the peers' environment")
    from bench.matching.peers import ortools_best, ortools_documented

    given = edge_instance(kind, PEOPLE)
    answers = [solve(given) for solve in (viceversa, ortools_best, ortools_documented)]
    assert len({(len(edges), int(given.score[edges].sum())) for edges in answers}) == 1


def test_a_generated_instance_is_solved_and_its_certificate_verified() -> None:
    given = edge_instance("oversubscribed", PEOPLE)
    verify(assign(**given.arrays()).certificate, **given.arrays())


def test_greedy_keeps_to_the_places_and_is_never_better() -> None:
    given = edge_instance("tight", PEOPLE)
    edges, best = greedy(given), viceversa(given)
    check_edges(given, edges)
    assert (len(edges), given.score[edges].sum()) <= (len(best), given.score[best].sum())


def test_a_stored_instance_is_read_as_it_was_and_measured(tmp_path: Path) -> None:
    path = Course("tight", PEOPLE, 3).stored(tmp_path)
    given = load_instance(path)
    assert np.array_equal(given.score, edge_instance("tight", PEOPLE).score)
    told = measured("greedy", given)
    assert told["places"] == len(greedy(given))
    assert told["seconds"] > 0


def test_an_answer_with_too_many_partners_is_refused() -> None:
    given = edge_instance("tight", PEOPLE, places=1)
    with pytest.raises(RuntimeError, match="more than they want"):
        check_edges(given, np.arange(len(given.score)))


def test_exact_solvers_that_differ_fail_the_run() -> None:
    course = Course("tight", PEOPLE, 3)
    same, worse = Result(5, 100, [1.0], [1.0]), Result(5, 99, [1.0], [1.0])
    _agree(course, {"viceversa": same, "ortools-best": same, "greedy": worse})
    with pytest.raises(Disagreement, match="the exact solvers differ"):
        _agree(course, {"viceversa": same, "ortools-best": worse})
    with pytest.raises(Disagreement, match="greedy is better"):
        _agree(course, {"viceversa": worse, "greedy": same})


def test_the_table_names_ratio_and_loss_of_each_solver() -> None:
    results = {
        "viceversa": Result(5, 100, [0.5], [0.5], 1),
        "greedy": Result(5, 90, [1.0], [1.0], 1),
        "highs": Result(failure="> 600 s"),
    }
    table = race_table(Course("tight", 1000, 3), results)
    assert "| greedy | 1.00 | 2.0 × | 1.00 | 2.0 × | 5 | 90 (-10.0 %) | 1 |" in table
    assert "| HiGHS | > 600 s |" in table


def test_the_chart_names_every_solver_that_was_measured() -> None:
    results = {name: Result(5, 100, [0.5], [0.5], 1) for name in ("viceversa", "highs")}
    drawn = chart({Course("tight", 1000, 3): results, Course("tight", 10_000, 3): results}, 3)
    assert all(SOLVERS[name].label in drawn for name in results)
    assert "prefers-color-scheme: dark" in drawn
    assert chart({}, 3) == ""


def test_a_part_is_replaced_on_the_page_and_the_rest_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n\nkept\n")
    put("solvers", "first", page)
    put("start", "other", page)
    put("solvers", "second", page)
    text = page.read_text()
    assert text.startswith("# Page\n\nkept\n")
    assert "second" in text
    assert "other" in text
    assert "first" not in text


@pytest.mark.parametrize("kind", ["abundant", "tight"])
def test_people_files_are_accepted_by_match(kind: str, tmp_path: Path) -> None:
    people, programme = write_files(tmp_path / "in", kind, PEOPLE)
    said: list[str] = []
    assert run_match(people, programme, tmp_path / "out", said.append) == 0, said
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["people"] == PEOPLE
    assert summary["learners"] == PEOPLE * KINDS[kind].learners
    assert summary["covered"] > 0.8 * summary["learners"]
    assert not summary["unknown_columns"]
    assert not summary["unknown_managers"]


def test_people_files_hold_wishes_goals_and_people_kept_apart(tmp_path: Path) -> None:
    many = 2000
    people, programme = write_files(tmp_path, "tight", many)
    again, _ = write_files(tmp_path / "again", "tight", many)
    assert people.read_bytes() == again.read_bytes()
    with people.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == HEADERS
    assert len(rows) == many
    for column in ("asks", "goals", "offers", "wants", "keep_apart", "manager_id"):
        assert any(row[column] for row in rows), column
    assert tomllib.loads(programme.read_text())["rules"]["min_rank_gap"] == 1
