import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_coordinator,
    make_enrolment,
    make_programme,
    make_skill,
    make_user,
)
from tests.factories.insights import (
    make_checks,
    make_confidence,
    make_held,
    make_pairs,
    make_reached,
    make_use,
)
from tests.factories.partnerships import MADE_AT
from viceversa.accounts.models import User
from viceversa.insights.queries.compared import before_and_after, by_rank_gap, spreads
from viceversa.insights.queries.results import results_of
from viceversa.programmes.models import Programme, Standing

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
LATER = MADE_AT + timedelta(days=90)
PAGES = ("results/", "results/rank-gap/", "results/before-and-after/", "results/file/")


@pytest.fixture
def programme() -> Programme:
    return make_programme(state="running")


@pytest.fixture
def coordinator(programme: Programme) -> User:
    return make_user(make_coordinator(programme))


def sponsor_of(programme: Programme) -> User:
    user = make_user()
    Standing.objects.create(programme=programme, person=user.person, role="sponsor")
    return user


def address(programme: Programme, page: str) -> str:
    return f"/programmes/{programme.slug}/{page}"


def test_the_share_of_participants_in_reverse_has_its_base_and_interval(
    programme: Programme,
) -> None:
    pairs = make_pairs(programme, 8)
    for pair in pairs[:6]:
        make_held(pair, 7)
    for _one in range(4):
        make_enrolment(programme, learner=True)

    share = results_of(programme, now=LATER).named("in_reverse").share

    assert share is not None
    assert (share.count, share.base) == (12, 20)
    assert 0.35 < share.low < share.part < share.high < 0.8


def test_half_hours_are_held_against_those_planned_and_called_off_by_side(
    programme: Programme,
) -> None:
    for pair in make_pairs(programme, 6):
        make_held(pair, 7, 14, 21)
        make_held(pair, 28, called_off="learner")
    found = results_of(programme, now=LATER)

    held, learner = found.named("held").share, found.named("off_by_learner").share
    assert held is not None
    assert learner is not None
    assert (held.count, held.base) == (18, 24)
    assert (learner.count, learner.base) == (6, 6)
    assert found.named("off_by_adviser").share is not None


def test_half_hours_that_lie_ahead_are_not_counted(programme: Programme) -> None:
    for pair in make_pairs(programme, 6):
        make_held(pair, 7)
        make_held(pair, 200, called_off="adviser")
    held = results_of(programme, now=LATER).named("held").share
    assert held is not None
    assert (held.count, held.base) == (6, 6)


def test_time_to_the_first_half_hour_counts_those_who_still_wait(programme: Programme) -> None:
    pairs = make_pairs(programme, 8)
    for pair in pairs[:5]:
        make_held(pair, 10)
    curve = results_of(programme, now=MADE_AT + timedelta(days=30)).first_meeting
    assert curve is not None
    assert (curve.base, curve.events) == (8, 5)
    assert curve.at(9).part == 1
    assert curve.at(10).part == pytest.approx(3 / 8)
    assert curve.median == pytest.approx(10)


def test_both_streams_have_their_goals_and_proposed_ones_are_none(programme: Programme) -> None:
    pairs = make_pairs(programme, 6)
    for pair in pairs:
        make_reached(pair)
        make_reached(pair, "open", "return")
        make_reached(pair, "proposed", "return")
    found = results_of(programme, now=LATER)
    learning, back = found.named("goals_learning").share, found.named("goals_return").share
    assert learning is not None
    assert back is not None
    assert (learning.count, learning.base) == (6, 6)
    assert (back.count, back.base) == (0, 6)


def test_what_fewer_than_five_pairs_did_is_hidden(programme: Programme) -> None:
    for pair in make_pairs(programme, 4):
        make_held(pair, 7)
        make_reached(pair)
    found = results_of(programme, now=LATER)
    assert found.named("held").verdict == "few"
    assert found.named("goals_learning").share is None
    assert found.first_meeting is None


def test_a_small_state_cannot_be_worked_out_from_the_others(programme: Programme) -> None:
    make_pairs(programme, 12)
    make_pairs(programme, 7, state="completed")
    make_pairs(programme, 2, state="ended")
    counts = results_of(programme, now=LATER).states.counts
    assert counts["ended"] is None
    assert counts["finished"] is None, "12 + 7 of 21 would leave two"
    assert counts["active"] == 12


def test_the_number_of_queries_does_not_grow_with_the_programme(
    programme: Programme, coordinator: User, signed_in: SignIn
) -> None:
    client = signed_in(coordinator)
    make_pairs(programme, 1)
    few = [queries(client, address(programme, page)) for page in PAGES]
    skill = make_skill("Short video")
    for pair in make_pairs(programme, 12):
        make_held(pair, 7, 14)
        make_held(pair, 21, called_off="learner")
        make_reached(pair)
        make_checks(pair, "basic", "working", skill)
        make_use(pair, "hardly", "weekly")
        make_confidence(pair, "unsure", "sure")
    assert [queries(client, address(programme, page)) for page in PAGES] == few


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_rank_gap_is_compared_only_above_five_and_says_what_it_can_tell(
    programme: Programme,
) -> None:
    for gap, reach in ((2, 20), (6, 0)):
        pairs = make_pairs(programme, 20, gap=gap)
        for at, pair in enumerate(pairs):
            make_reached(pair, "reached" if at < reach else "open")
    for pair in make_pairs(programme, 3, gap=3):
        make_reached(pair)

    outcome = next(one for one in by_rank_gap(programme, now=LATER) if one.key == "reached")
    by_group = {figure.group: figure for figure in outcome.figures}

    assert by_group["middle"].share is None
    assert by_group["*"].share is None, "it would give the three away"
    assert by_group["near"].share is not None
    assert outcome.differs == ("near", "far")


def test_overlapping_groups_are_said_to_tell_nothing(
    programme: Programme, coordinator: User, signed_in: SignIn
) -> None:
    for gap in (2, 4):
        for at, pair in enumerate(make_pairs(programme, 12, gap=gap)):
            make_reached(pair, "reached" if at % 2 else "open")
    page = signed_in(coordinator).get(address(programme, "results/rank-gap/")).content.decode()
    assert "Cannot tell: the groups may be alike" in page
    assert "6 of 12" in page


def test_before_and_after_stand_side_by_side_by_topic(programme: Programme) -> None:
    skill = make_skill("Short video")
    for at, pair in enumerate(make_pairs(programme, 12)):
        make_checks(
            pair, "basic" if at < 6 else "working", "working" if at < 6 else "strong", skill
        )
    found = {one.key: one.figures for one in before_and_after(programme)["self_check"]["learning"]}
    shares = {key: figures[0].share for key, figures in found.items()}
    assert {key: (one.count, one.base) for key, one in shares.items() if one} == {
        "before": (6, 12),
        "after": (12, 12),
        "moved": (12, 12),
    }


def test_checks_kept_out_of_reports_are_nowhere(programme: Programme) -> None:
    for pair in make_pairs(programme, 6):
        make_checks(pair, "", "")
    found = before_and_after(programme)["self_check"]["learning"]
    assert all(figure.verdict == "nothing" for one in found for figure in one.figures)


def test_what_was_brought_into_use_and_how_sure_advisers_feel_are_spans_among_the_results(
    programme: Programme, coordinator: User, signed_in: SignIn
) -> None:
    for pair in make_pairs(programme, 6):
        make_use(pair, "hardly", "weekly")
        make_confidence(pair, "unsure", "sure")
    found = spreads(programme)
    page = signed_in(coordinator).get(address(programme, "results/before-and-after/"))

    assert set(found) == {"adoption", "confidence"}
    for spread in found.values():
        assert spread is not None
        assert (spread.people.low, spread.people.high) == (5, 9)
    words = page.content.decode()
    for said in ("Brought into use", "Weekly or daily", "How sure advisers feel", "5 to 9"):
        assert said in words
    assert "6 of 6" not in words, "exact numbers of these were never promised to leave"


def test_the_results_say_of_use_and_confidence_just_what_the_page_of_counts_says(
    programme: Programme, coordinator: User, signed_in: SignIn
) -> None:
    client = signed_in(coordinator)
    for pair in make_pairs(programme, 4):
        make_use(pair, "hardly", "weekly")
        make_confidence(pair, "unsure", "sure")
    for page in ("results/before-and-after/", "partnerships/counts/"):
        words = client.get(address(programme, page)).content.decode()
        assert words.count("Fewer than five people have said both") == 2
    assert set(spreads(programme).values()) == {None}


def test_the_page_of_results_has_every_figure_with_its_base_and_a_picture(
    programme: Programme, coordinator: User, signed_in: SignIn
) -> None:
    for pair in make_pairs(programme, 8):
        make_held(pair, 7, 14)
    page = signed_in(coordinator).get(address(programme, "results/")).content.decode()
    assert "16 of 16" in page
    assert 'class="interval' in page
    assert 'class="falling"' in page
    assert "Half of the pairs met within 7 days" in page
    assert "Whether people stay longer" in page


def test_an_empty_programme_guesses_nothing(
    programme: Programme, coordinator: User, signed_in: SignIn
) -> None:
    client = signed_in(coordinator)
    assert "nothing is guessed" in client.get(address(programme, "results/")).content.decode()
    for page in PAGES[1:3]:
        assert "Cannot tell" in client.get(address(programme, page)).content.decode()


def test_the_file_has_the_same_figures(
    programme: Programme, coordinator: User, signed_in: SignIn, now: datetime
) -> None:
    for pair in make_pairs(programme, 8):
        make_held(pair, 7, 14)
    answer = signed_in(coordinator).get(address(programme, "results/file/"))
    assert answer["Content-Disposition"].startswith('attachment; filename="results-')
    rows = {row[0]: row for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))}
    assert rows["Planned half hours that were held"][1:4] == ["16", "16", "100"]
    assert rows["Commitments closed as kept"][1:] == [""] * 5 + ["Nothing to count yet"]


@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_run_or_sponsor_it_read_results(
    programme: Programme, coordinator: User, signed_in: SignIn, page: str
) -> None:
    participant = make_user(make_enrolment(programme, learner=True).person)
    elsewhere = make_user(make_coordinator(make_programme()))
    path = address(programme, page)
    assert signed_in(coordinator).get(path).status_code == 200
    assert signed_in(sponsor_of(programme)).get(path).status_code == 200
    for user in (participant, elsewhere, make_user(roles=("operator",))):
        assert signed_in(user).get(path).status_code == 404
