import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from viceversa.insights.statistics.intervals import median, of_clusters, percent, told_apart, wilson

pytestmark = pytest.mark.pure


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(st.integers(0, 400))
    return draw(st.integers(0, base)), base


@given(shares())
def test_an_interval_holds_its_estimate_and_stays_a_share(given_: tuple[int, int]) -> None:
    found = wilson(*given_)
    assert 0 <= found.low <= found.high <= 1
    if found.base:
        assert found.low <= found.part <= found.high


@given(shares().filter(lambda one: one[0] < one[1]))
def test_one_more_of_the_same_base_moves_both_ends_up(given_: tuple[int, int]) -> None:
    count, base = given_
    fewer, more = wilson(count, base), wilson(count + 1, base)
    assert fewer.low <= more.low
    assert fewer.high <= more.high


@given(shares().filter(lambda one: one[1] > 0), st.integers(2, 9))
def test_the_same_share_of_more_cases_is_surer(given_: tuple[int, int], times: int) -> None:
    count, base = given_
    assert wilson(count * times, base * times).reach < wilson(count, base).reach


@given(shares(), st.floats(0.5, 0.9))
def test_more_confidence_never_makes_it_narrower(given_: tuple[int, int], less: float) -> None:
    sure, less_sure = wilson(*given_, confidence=0.95), wilson(*given_, confidence=less)
    assert sure.low <= less_sure.low
    assert sure.high >= less_sure.high


def test_wilson_is_that_of_the_handbooks() -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I."""
    for (count, base), (low, high) in {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }.items():
        found = wilson(count, base)
        assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("count", "base"), [(-1, 3), (4, 3), (1, -1)])
def test_what_is_no_share_is_refused(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(count, base)


def test_a_confidence_of_a_hundred_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, confidence=1.0)


clusters = st.lists(
    st.integers(0, 12).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))),
    max_size=25,
)


@given(clusters)
def test_a_share_of_clusters_holds_its_estimate_and_is_never_surer_than_single_cases(
    rows: list[tuple[int, int]],
) -> None:
    found = of_clusters([count for count, _base in rows], [base for _count, base in rows])
    alone = wilson(found.count, found.base)
    assert 0 <= found.low <= found.high <= 1
    assert found.reach >= alone.reach - 1e-9
    if found.base:
        assert found.low <= found.part <= found.high


def test_pairs_that_always_or_never_meet_say_as_much_as_their_number() -> None:
    all_or_nothing = of_clusters([10] * 6 + [0] * 6, [10] * 12)
    alone = wilson(60, 120)
    as_pairs = wilson(6, 12)
    assert all_or_nothing.reach > 2 * alone.reach
    assert all_or_nothing.reach == pytest.approx(as_pairs.reach, rel=0.06)


def test_clusters_where_all_is_alike_count_once_each() -> None:
    assert of_clusters([4, 4, 4], [4, 4, 4]).low == pytest.approx(wilson(3, 3).low)


def test_counts_and_bases_of_clusters_belong_together() -> None:
    with pytest.raises(ValueError, match="2 counts, but 1 bases"):
        of_clusters([1, 2], [3])


values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


@given(values)
def test_a_median_lies_within_its_interval(found: list[float]) -> None:
    middle = median(found)
    assert middle.base == len(found)
    if middle.low is not None and middle.high is not None:
        assert middle.low <= middle.value <= middle.high
        assert {middle.low, middle.high} <= set(found)


@given(st.integers(1, 80))
def test_the_interval_of_a_median_is_the_narrowest_that_holds_95_percent(number: int) -> None:
    middle = median([float(value) for value in range(number)])
    if middle.low is None:
        assert 2 * binom.cdf(0, number, 0.5) > 0.05
        return
    cut = int(middle.low)
    assert middle.high == number - 1 - cut
    assert 2 * binom.cdf(cut, number, 0.5) <= 0.05
    assert 2 * binom.cdf(cut + 1, number, 0.5) > 0.05


def test_of_five_values_no_end_of_the_median_can_be_told() -> None:
    assert median([1, 2, 3, 4, 5]).low is None
    assert (median(range(1, 7)).low, median(range(1, 7)).high) == (1, 6)


def test_there_is_no_median_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        median([])


def test_shares_are_told_apart_only_where_their_intervals_do_not_touch() -> None:
    assert told_apart(wilson(5, 40), wilson(30, 40))
    assert not told_apart(wilson(12, 40), wilson(18, 40))


def test_half_a_percent_is_rounded_up() -> None:
    assert [percent(part) for part in (0.0, 0.125, 0.994, 1.0)] == [0, 13, 99, 100]
