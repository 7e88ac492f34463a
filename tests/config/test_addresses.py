from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import actor_for_person, make_user
from tests.meetings.half_hours import make_pair
from viceversa.accounts.actions import create_token
from viceversa.accounts.models import User
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/partnerships/%00/", "/programmes/%00/", "/people/a%00b/", "/inbox/%00/"]
)
def test_an_address_with_a_nul_in_it_is_missing_and_not_an_error(
    path: str, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(make_user()).get(path)

    assert answer.status_code == 404
    assert "Traceback" not in answer.content.decode()


def test_a_nul_among_what_is_sent_is_refused_and_not_an_error(
    signed_in: Callable[[User], Client],
) -> None:
    """PostgreSQL takes none, wherever it stands."""
    partnership = make_pair()
    learner, now = partnership.learner.person, clock.now()
    browser = signed_in(make_user(learner))
    assert browser.post("/assistants/name/", {"person": "\0"}).status_code == 404
    _row, token = create_token(
        user=make_user(learner),
        name="a program",
        scopes=["read", "write"],
        expires_at=now + timedelta(days=1),
        by=actor_for_person(learner),
        now=now,
    )
    path, headers = f"/api/v1/partnerships/{partnership.key}/meetings", f"Bearer {token}"
    sent = {"starts_at": (now + timedelta(days=3)).isoformat(), "place": "Room \0"}
    answers = [
        Client().get(f"{path}?state=%00", headers={"Authorization": headers}),
        Client().post(path, sent, "application/json", headers={"Authorization": headers}),
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert {answer["Content-Type"] for answer in answers} == {"application/problem+json"}


def test_programs_hear_the_same(client: Client) -> None:
    assert client.get("/api/v1/partnerships/%00/meetings").status_code == 404
