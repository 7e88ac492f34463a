from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from tests.factories import (
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
    make_skill,
    make_user,
)
from tests.factories.agreement import make_agreement
from viceversa.people.models import Offer, Person, Want

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> ClientOf:
    return lambda person: signed_in(make_user(person))


def test_a_proposal_shows_who_it_is_why_and_both_streams(client_of: ClientOf) -> None:
    programme = make_programme()
    video, board = make_skill("Short video"), make_skill("How boards decide")
    learner = make_enrolment(programme, learner=True, wants={video: 1})
    adviser = make_enrolment(programme, adviser=True, offers={video: 3})
    Offer.objects.create(person=learner.person, skill=board)
    Want.objects.create(person=adviser.person, skill=board)
    partnership = make_partnership(
        programme, learner=learner, adviser=adviser, reason="Teaches Short video."
    )

    answer = client_of(adviser.person).get(f"/partnerships/{partnership.key}/")

    assert answer.context["streams"].given == ["Short video"]
    assert answer.context["streams"].returned == ["How boards decide"]
    page = answer.content.decode()
    assert "Teaches Short video." in page
    assert "One thing to do: say yes or no" in page


def test_after_a_yes_the_page_says_that_it_waits(client_of: ClientOf) -> None:
    partnership = make_partnership()
    client = client_of(partnership.learner.person)

    client.post(reverse("partnerships:accept", args=[partnership.key]))

    page = client.get(f"/partnerships/{partnership.key}/").content.decode()
    assert "You said yes." in page
    assert "say yes or no" not in page


def test_comfort_and_limits_are_read_once_both_agreed(client_of: ClientOf) -> None:
    programme = make_programme()
    learner = make_enrolment(programme, learner=True, comfort="No live demos in my office.")
    partnership = make_partnership(programme, learner=learner)
    client = client_of(partnership.adviser.person)
    address = f"/partnerships/{partnership.key}/"
    before = client.get(address).content.decode()

    client.post(reverse("partnerships:accept", args=[partnership.key]))
    client_of(learner.person).post(reverse("partnerships:accept", args=[partnership.key]))

    assert "No live demos in my office." not in before
    assert "No live demos in my office." in client.get(address).content.decode()


def test_strangers_find_nothing_and_coordinators_no_streams(client_of: ClientOf) -> None:
    partnership = make_partnership()
    address = f"/partnerships/{partnership.key}/"
    coordinator = make_coordinator(partnership.programme)

    assert client_of(make_person()).get(address).status_code == 404
    seen = client_of(coordinator).get(address)
    assert seen.status_code == 200
    assert "streams" not in seen.context


def test_what_waits_for_my_answer_stands_first_in_my_list(client_of: ClientOf) -> None:
    programme = make_programme()
    learner = make_enrolment(programme, learner=True)
    make_partnership(programme, learner=learner, state="active")
    asked = make_partnership(programme, learner=learner, state="proposed")
    make_partnership(programme, learner=learner, state="paused")

    rows = client_of(learner.person).get(reverse("partnerships:list")).context["rows"]

    assert [row["partnership"] == asked for row in rows] == [True, False, False]


def test_the_list_of_a_programme_is_searched_and_filtered(client_of: ClientOf) -> None:
    programme = make_programme()
    learner = make_enrolment(programme, make_person("Tamsin Marlow", rank=5), learner=True)
    make_partnership(programme, learner=learner)
    make_partnership(programme, state="declined")
    client = client_of(make_coordinator(programme))
    address = reverse("programme_partnerships:list", args=[programme.slug])

    def found(query: str) -> int:
        return client.get(address + query).context["page"].total

    assert (found(""), found("?q=marlow"), found("?state=declined")) == (2, 1, 1)
    assert escape("Tamsin Marlow") in client.get(address).content.decode()


def test_the_list_of_a_programme_is_for_its_coordinators(client_of: ClientOf) -> None:
    partnership = make_partnership()
    address = reverse("programme_partnerships:list", args=[partnership.programme.slug])

    for person in (partnership.learner.person, make_person()):
        assert client_of(person).get(address).status_code == 404


@pytest.mark.parametrize("which", ["mine", "programme"])
def test_lists_ask_the_same_number_of_queries_for_one_and_for_three(
    client_of: ClientOf, which: str
) -> None:
    programme = make_programme()
    adviser = make_enrolment(programme, adviser=True)
    client = client_of(make_coordinator(programme, adviser.person))
    names = {"mine": reverse("partnerships:list")}
    names["programme"] = reverse("programme_partnerships:list", args=[programme.slug])
    make_partnership(programme, adviser=adviser)
    client.get(names[which])
    with CaptureQueriesContext(connection) as one:
        client.get(names[which])
    make_partnership(programme, adviser=adviser)
    make_partnership(programme, adviser=adviser)

    with CaptureQueriesContext(connection) as three:
        client.get(names[which])

    assert len(three) == len(one)


def test_a_completed_partnership_leads_to_its_certificate_and_what_was_written(
    client_of: ClientOf,
) -> None:
    partnership = make_partnership(state="completed")

    page = client_of(partnership.learner.person).get(f"/partnerships/{partnership.key}/")

    for name in ("certificate", "closing", "goals", "messages", "agreement"):
        assert reverse(f"partnerships:{name}", args=[partnership.key]) in page.content.decode()


def test_an_ended_partnership_says_what_stays_and_offers_no_way_to_end_it_again(
    client_of: ClientOf,
) -> None:
    ring = make_partnership(state="active").ring
    partnership = make_partnership(state="ended", ring=ring)
    client = client_of(partnership.adviser.person)
    address = f"/partnerships/{partnership.key}/"

    page = client.get(address).content.decode()

    assert "What you two wrote stays readable for both." in page
    assert f"{address}messages/" in page
    assert f"{address}leave/" not in page
    assert "nobody is asked to look back" in client.get(f"{address}closing/").content.decode()
    for way in ("leave", "pause"):
        assert client.get(f"{address}{way}/").status_code == 409


def test_a_partnership_that_never_began_has_nothing_to_read(client_of: ClientOf) -> None:
    partnership = make_partnership(state="declined")

    page = client_of(partnership.learner.person).get(f"/partnerships/{partnership.key}/")

    assert f"/partnerships/{partnership.key}/messages/" not in page.content.decode()


def test_who_may_no_longer_pause_is_not_sent_to_the_pause(client_of: ClientOf) -> None:
    found = {}
    for state in ("active", "closing"):
        partnership = make_partnership(state=state)
        leave = reverse("partnerships:leave", args=[partnership.key])
        found[state] = client_of(partnership.learner.person).get(leave).content.decode()

    assert "pause instead" in found["active"]
    assert "pause instead" not in found["closing"]


def test_a_pause_that_would_be_over_already_is_said_at_the_field(client_of: ClientOf) -> None:
    partnership = make_partnership(state="active")
    pause = reverse("partnerships:pause", args=[partnership.key])

    answer = client_of(partnership.learner.person).post(pause, {"until": "2020-01-01"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["until"] == [
        "Choose a day that is still to come, or none."
    ]


def test_an_agreement_of_a_completed_partnership_is_not_said_to_be_open_to_change(
    client_of: ClientOf,
) -> None:
    partnership = make_partnership(state="active")
    make_agreement(partnership)
    client = client_of(partnership.learner.person)
    address = reverse("partnerships:agreement", args=[partnership.key])

    before = client.get(address).content.decode()
    type(partnership).objects.filter(pk=partnership.pk).update(state="completed")
    after = client.get(address).content.decode()

    assert "may change it at any time" in before
    assert "may change it at any time" not in after
