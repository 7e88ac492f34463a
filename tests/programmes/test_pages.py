"""Every page answers, for whom it is meant and for nobody else."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_coordinator,
    make_enrolment,
    make_level,
    make_partnership,
    make_person,
    make_programme,
    make_skill,
    make_user,
)
from tests.factories.programmes import MADE_AT
from viceversa.programmes.models import Programme, Standing
from viceversa.programmes.rules.setup import STEP_KEYS, WEIGHT_NAMES
from viceversa.programmes.rules.templates import TEMPLATES

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]

COORDINATORS = (
    "",
    "set-up/",
    *(f"set-up/{step}/" for step in STEP_KEYS),
    "readiness/",
    "who-runs-it/",
    "who-runs-it/?q=person",
    "participants/",
    "participants/?q=x&role=learner&state=enrolled&confirmed=no&order=-newest",
    "participants/?state=waiting&order=waiting",
    "participants/invite/",
    "participants/eligible/",
    "participants/list/",
    "duplicate/",
)
PARTICIPANTS = ("", "my-part/", "lessons/", "my-part/apart/", "my-part/apart/?q=person")


@pytest.mark.parametrize("page", COORDINATORS)
@pytest.mark.parametrize("state", ["draft", "enrolling", "running", "archived"])
def test_a_coordinator_opens_every_page(signed_in: SignIn, page: str, state: str) -> None:
    programme = make_programme(state=state)
    coordinator = make_coordinator(programme)
    make_enrolment(programme, learner=True, wants={make_skill("Short video"): 1})
    make_enrolment(programme, adviser=True, state="waiting")

    response = signed_in(make_user(coordinator)).get(f"/programmes/{programme.slug}/{page}")

    assert response.status_code == 200


@pytest.mark.parametrize("page", COORDINATORS[1:])
def test_a_participant_finds_nothing_on_a_coordinators_page(signed_in: SignIn, page: str) -> None:
    programme = make_programme()
    person = make_enrolment(programme, learner=True).person

    response = signed_in(make_user(person)).get(f"/programmes/{programme.slug}/{page}")

    assert response.status_code == 404


@pytest.mark.parametrize("page", PARTICIPANTS)
@pytest.mark.parametrize("state", ["invited", "enrolled", "waiting", "declined", "withdrawn"])
def test_a_participant_opens_the_own_pages_in_every_state(
    signed_in: SignIn, page: str, state: str
) -> None:
    programme = make_programme(state="enrolling", advisers_per_learner=2)
    person = make_enrolment(programme, learner=True, adviser=True, state=state).person

    response = signed_in(make_user(person)).get(f"/programmes/{programme.slug}/{page}")

    assert response.status_code == 200


def test_a_stranger_cannot_tell_a_programme_from_none(signed_in: SignIn) -> None:
    client = signed_in(make_user())
    there = client.get(f"/programmes/{make_programme(slug='half-hour').slug}/")
    missing = client.get("/programmes/half-year/")

    assert (there.status_code, missing.status_code) == (404, 404)


@pytest.mark.parametrize("state", ["invited", "enrolled"])
def test_both_roles_read_the_sponsors_letter_which_says_that_frankness_is_wished(
    state: str, signed_in: SignIn
) -> None:
    programme = make_programme(state="running", sponsor_letter="Tell us when we are wrong.")
    for role in ("learner", "adviser"):
        part = make_enrolment(programme, make_person(), state=state, **{role: True})
        page = signed_in(make_user(part.person)).get(f"/programmes/{programme.slug}/")
        assert "Tell us when we are wrong." in page.content.decode()


def test_the_sponsor_reads_the_own_letter_and_the_numbers_with_their_base(
    signed_in: SignIn,
) -> None:
    programme = make_programme(sponsor_letter="I ask each of us to begin.")
    sponsor = make_person()
    Standing.objects.create(programme=programme, person=sponsor, role="sponsor")
    make_enrolment(programme, learner=True)

    page = signed_in(make_user(sponsor)).get(f"/programmes/{programme.slug}/").content.decode()

    assert "I ask each of us to begin." in page
    assert "of 1 it is meant for" in page


def test_only_operators_and_directory_administrators_see_the_templates(signed_in: SignIn) -> None:
    for role, status in (("operator", 200), ("directory_administrator", 200), (None, 403)):
        user = make_user(make_person(), roles=(role,) if role else ())
        client = signed_in(user)
        assert client.get("/programmes/new/").status_code == status
        for source in TEMPLATES:
            assert client.get(f"/programmes/new/{source.key}/").status_code == status


def test_a_programme_is_begun_and_set_up_through_the_pages(signed_in: SignIn) -> None:
    user = make_user(make_person(), roles=("operator",))
    client = signed_in(user)

    made = client.post("/programmes/new/digital_half_hour/", {"name": "Half hour"})

    programme = Programme.objects.get()
    assert made.headers["Location"] == f"/programmes/{programme.slug}/set-up/objectives/"
    saved = client.post(
        f"/programmes/{programme.slug}/set-up/objectives/",
        {
            "name": "Half hour",
            "purpose": "Each vice president learns one channel.",
            "engagement": "long",
            "mode": "cohort",
            "choosing": "together",
            "starts_on": "2026-04-01",
            "ends_on": "2026-03-01",
        },
    )
    assert saved.status_code == 422
    assert "The end must lie after the start." in saved.content.decode()


def test_the_count_of_who_fits_follows_what_is_chosen(signed_in: SignIn) -> None:
    programme = make_programme()
    coordinator = make_coordinator(programme)
    top = make_level(7, "Vice president")
    for _number in range(3):
        make_person(rank=7)
    make_person(rank=1)

    client = signed_in(make_user(coordinator))
    page = client.get(f"/programmes/{programme.slug}/set-up/levels/?learner_level_min={top.pk}")

    assert "3 people fit as learners," in page.content.decode()


def test_the_participants_list_costs_the_same_for_one_and_for_three(
    signed_in: SignIn,
) -> None:
    programme = make_programme(state="enrolling")
    client = signed_in(make_user(make_coordinator(programme)))
    address = f"/programmes/{programme.slug}/participants/"
    make_enrolment(programme, learner=True)
    one = _queries(client, address)
    make_enrolment(programme, learner=True)
    make_enrolment(programme, adviser=True)

    assert _queries(client, address) == one


def test_the_list_of_programmes_costs_the_same_for_one_and_for_three(signed_in: SignIn) -> None:
    person = make_person()
    client = signed_in(make_user(person))
    make_coordinator(make_programme(), person)
    one = _queries(client, "/programmes/?q=programme")
    for _number in range(2):
        make_enrolment(make_programme(), person, learner=True)

    assert _queries(client, "/programmes/?q=programme") == one


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


STEP_VALUES = {
    "objectives": {
        "name": "Half hour",
        "purpose": "Each vice president learns one channel.",
        "learner_objective": "Use it once.",
        "adviser_objective": "Be heard.",
        "engagement": "short",
        "mode": "always_on",
        "choosing": "learner",
        "starts_on": "2026-04-01",
    },
    "levels": {"target_mastery": "1", "most_wants": "2", "coverage_target": "80"},
    "guidelines": {
        "guidelines": "Rank stays outside.",
        "meeting_minutes": "45",
        "meeting_every_days": "14",
        "min_rank_gap": "1",
        "shared_hours": "1",
        "ask_expires_days": "5",
    },
    "growth": {
        "return_stream": "How a budget is made.",
        "advisers_per_learner": "2",
        "learners_per_adviser": "1",
        "different_stages": "on",
        **{f"weight_{name}": "4" for name in WEIGHT_NAMES},
    },
    "support": {"training": "One evening.", "support": "Call us.", "open_link_enabled": "on"},
}


def test_the_five_steps_are_saved_one_by_one_and_can_be_left_and_resumed(
    signed_in: SignIn,
) -> None:
    programme = make_programme()
    client = signed_in(make_user(make_coordinator(programme)))
    base = f"/programmes/{programme.slug}/set-up/"

    for number, step in enumerate(STEP_KEYS, start=1):
        saved = client.post(f"{base}{step}/", STEP_VALUES[step])
        after = f"{base}{STEP_KEYS[number]}/" if number < len(STEP_KEYS) else base
        assert saved.headers["Location"] == after
        programme.refresh_from_db()
        assert programme.steps_saved == list(STEP_KEYS[:number])

    assert (programme.engagement, programme.mode, programme.meeting_minutes) == (
        "short",
        "always_on",
        45,
    )
    assert (programme.advisers_per_learner, programme.different_stages) == (2, True)
    assert programme.weights == dict.fromkeys(WEIGHT_NAMES, 4)
    assert programme.return_stream == "How a budget is made."
    summary = client.get(base).content.decode()
    assert "All five steps are saved" in summary
    assert f"/programmes/join/{programme.open_link_key}/" in summary


def test_the_gauge_shows_how_many_of_the_level_have_an_adviser(signed_in: SignIn) -> None:
    level = make_level(6, "Vice president")
    programme = make_programme(state="matching", learner_level_min=level, coverage_target=100)
    learner = make_enrolment(programme, make_person(rank=6), learner=True)
    make_person(rank=6)
    make_partnership(
        programme,
        learner=learner,
        state="accepted",
        learner_accepted_at=MADE_AT,
        adviser_accepted_at=MADE_AT,
    )

    client = signed_in(make_user(make_coordinator(programme)))
    page = client.get(f"/programmes/{programme.slug}/").content.decode()

    assert "1 of 2" in page
    assert "1 learner is missing." in page


def test_the_pages_call_people_adviser_and_learner(signed_in: SignIn) -> None:
    programme = make_programme(state="enrolling")
    enrolment = make_enrolment(programme, learner=True, adviser=True)

    client = signed_in(make_user(enrolment.person))
    page = client.get(f"/programmes/{programme.slug}/").content.decode()

    assert "Learner</span>" in page
    assert "Adviser</span>" in page
    assert "mentee" not in page.lower()


def test_the_invitation_speaks_to_those_who_doubt_it(signed_in: Callable[..., Client]) -> None:
    programme = make_programme(state="enrolling", open_link_enabled=True)
    client = signed_in(make_user(make_person()))

    page = client.get(f"/programmes/join/{programme.open_link_key}/").content.decode()

    assert "it may still surprise you" in page


def test_the_way_on_is_not_urged_where_the_check_advises_to_wait(signed_in: SignIn) -> None:
    programme = make_programme(state="matching")
    client = signed_in(make_user(make_coordinator(programme)))
    make_partnership(programme, state="accepted")
    address = f"/programmes/{programme.slug}/readiness/"

    page = client.get(address)

    assert page.context["advice"].verdict == "wait"
    assert page.context["moves"][0]["missing"] == ()
    assert 'class="button primary" name="to"' not in page.content.decode()
    Programme.objects.filter(pk=programme.pk).update(state="running")
    assert 'class="button primary" name="to"' in client.get(address).content.decode()
