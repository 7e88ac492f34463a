"""After the first half hour each asks themselves whether it fits, and nobody else learns of it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import make_meeting, make_partnership, make_person, make_programme, make_user
from viceversa.history.models import Entry
from viceversa.meetings.models import Meeting
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Partnership
from viceversa.people.models import KeepApart
from viceversa.safeguarding.models import FitLooked

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
ASKED = "Does it fit?"


@pytest.fixture
def met(now: datetime) -> Partnership:
    partnership = make_partnership(make_programme(state="running"), state="active")
    make_meeting(partnership, state=Meeting.State.HELD, held_at=now)
    return partnership


def today(client: Client) -> str:
    return client.get("/").content.decode()


def test_it_is_asked_of_both_after_the_first_half_hour_and_once(
    met: Partnership, signed_in: SignIn
) -> None:
    learner = signed_in(make_user(met.learner.person))
    adviser = signed_in(make_user(met.adviser.person))
    assert ASKED in today(learner)
    assert ASKED in today(adviser)
    answer = learner.post(f"/partnerships/{met.key}/fit/", {"answer": "fits"})
    assert answer.status_code == 302
    assert ASKED not in today(learner)
    assert ASKED in today(adviser)


def test_before_they_met_nobody_is_asked(signed_in: SignIn, now: datetime) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    make_meeting(partnership)
    assert ASKED not in today(signed_in(make_user(partnership.learner.person)))


@pytest.mark.parametrize(
    ("answer", "shown"), [("unsure", "Look at the agreement again"), ("else", "End without fault")]
)
def test_the_answer_chooses_what_is_shown_and_is_kept_nowhere(
    answer: str, shown: str, met: Partnership, signed_in: SignIn
) -> None:
    told, entries = Notification.objects.count(), Entry.objects.count()
    client = signed_in(make_user(met.adviser.person))
    page = client.post(f"/partnerships/{met.key}/fit/", {"answer": answer})
    assert shown in page.content.decode()
    assert (Notification.objects.count(), Entry.objects.count()) == (told, entries)
    fields = {field.name for field in FitLooked._meta.get_fields()}
    assert fields == {"id", "partnership", "person"}
    assert FitLooked.objects.get().person == met.adviser.person


def test_without_an_answer_it_says_so_and_others_find_nothing(
    met: Partnership, signed_in: SignIn
) -> None:
    address = f"/partnerships/{met.key}/fit/"
    answer = signed_in(make_user(met.learner.person)).post(address)
    assert answer.status_code == 422
    assert "Choose one" in answer.content.decode()
    stranger = signed_in(make_user(make_person()))
    assert stranger.get(address).status_code == stranger.post(address).status_code == 404
    met.state = "ended"
    met.save()
    assert signed_in(make_user(met.learner.person)).get(address).status_code == 404


def test_one_says_with_whom_one_is_never_matched_and_nobody_is_told(
    met: Partnership, signed_in: SignIn
) -> None:
    mine, other = met.adviser.person, met.learner.person
    client = signed_in(make_user(mine))
    told, entries = Notification.objects.count(), Entry.objects.count()
    for _time in range(2):
        assert client.post("/keep-apart/", {"other": other.key}).status_code == 302
    row = KeepApart.objects.get()
    assert {row.one, row.other} == {mine, other}
    assert (row.reason, row.asked_by_person_id) == ("wish", mine.pk)
    assert other.name in client.get("/keep-apart/").content.decode()
    assert (
        mine.name
        not in signed_in(make_user(other)).get("/keep-apart/").content.decode().split("<main")[1]
    )
    assert (Notification.objects.count(), Entry.objects.count()) == (told, entries)


def test_only_ones_own_wish_is_taken_back(met: Partnership, signed_in: SignIn) -> None:
    mine, other = signed_in(make_user(met.adviser.person)), signed_in(make_user(met.learner.person))
    mine.post("/keep-apart/", {"other": met.learner.person.key})
    other.post(f"/keep-apart/{met.adviser.person.key}/remove/")
    assert KeepApart.objects.count() == 1
    mine.post(f"/keep-apart/{met.learner.person.key}/remove/")
    assert not KeepApart.objects.exists()


def test_oneself_and_nobody_are_refused_in_words(met: Partnership, signed_in: SignIn) -> None:
    mine = met.adviser.person
    client = signed_in(make_user(mine))
    for other in (mine.key, "", "nobody-of-this-key"):
        answer = client.post("/keep-apart/", {"other": other})
        assert answer.status_code == 422, other
    assert "this is you" in client.post("/keep-apart/", {"other": mine.key}).content.decode()
    assert not KeepApart.objects.exists()
