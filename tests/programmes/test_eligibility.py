"""Who fits: the rule for one person and the query for all of them agree."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_person, make_skill
from viceversa.people.models import Offer, Person
from viceversa.programmes.queries import candidates_of, eligible_people
from viceversa.programmes.rules.eligibility import Candidate, Criteria, months_before, problem

TODAY = date(2026, 3, 31)
CRITERIA = st.builds(
    Criteria,
    lowest_rank=st.sampled_from([None, 1, 2, 3]),
    highest_rank=st.sampled_from([None, 1, 2, 3]),
    newest_months=st.sampled_from([None, 1, 12, 400]),
    must_offer_any_of=st.sampled_from([None, frozenset(), frozenset({1}), frozenset({1, 2})]),
    outside_guests=st.booleans(),
)
CANDIDATES = st.builds(
    Candidate,
    rank=st.sampled_from([None, 1, 2, 3, 4]),
    hired_on=st.sampled_from([None, date(2026, 3, 1), date(2025, 3, 31), date(2001, 1, 1)]),
    offers=st.sampled_from([frozenset(), frozenset({1}), frozenset({3})]),
    is_present=st.booleans(),
)


@pytest.mark.pure
@given(candidate=CANDIDATES, criteria=CRITERIA)
def test_every_refusal_is_a_part_of_a_sentence_and_leavers_never_fit(
    candidate: Candidate, criteria: Criteria
) -> None:
    reason = problem(candidate, criteria, today=TODAY)

    assert not reason.endswith(".")
    if not candidate.is_present:
        assert reason == "has left the organisation"


@pytest.mark.pure
@given(candidate=CANDIDATES, criteria=CRITERIA)
def test_without_criteria_everyone_present_fits(candidate: Candidate, criteria: Criteria) -> None:
    assert bool(problem(candidate, Criteria(), today=TODAY)) is not candidate.is_present


@pytest.mark.pure
@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)), months=st.integers(1, 600))
def test_months_before_is_earlier_and_in_the_right_month(day: date, months: int) -> None:
    earlier = months_before(day, months)

    assert earlier < day
    apart = (day.year - earlier.year) * 12 + day.month - earlier.month
    assert apart == months
    assert earlier.day <= day.day


def _everybody() -> None:
    skills = [make_skill(name) for name in ("One", "Two", "Three")]
    hired = (None, date(2026, 3, 1), date(2025, 3, 31), date(2001, 1, 1))
    for number in range(40):
        person = make_person(
            rank=(None, 1, 2, 3, 4)[number % 5],
            hired_on=hired[number % 4],
            left_on=TODAY if number % 11 == 0 else None,
        )
        if number % 3:
            Offer.objects.create(person=person, skill=skills[number % 3], level=2)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(criteria=CRITERIA)
def test_the_query_finds_exactly_those_whom_the_rule_lets_in(db: None, criteria: Criteria) -> None:
    if not Person.objects.exists():
        _everybody()
    if criteria.must_offer_any_of:
        names = list(Offer.objects.order_by("skill").values_list("skill", flat=True).distinct())
        chosen = frozenset(names[place - 1] for place in criteria.must_offer_any_of)
        criteria = Criteria(**{**vars(criteria), "must_offer_any_of": chosen})

    found = set(eligible_people(criteria, today=TODAY))

    ids = Person.objects.values_list("pk", flat=True)
    assert found == {
        person
        for person, candidate in candidates_of(ids)
        if not problem(candidate, criteria, today=TODAY)
    }
