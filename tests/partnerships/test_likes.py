"""How the partner likes to work: read by the two, once both have said yes."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import (
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
LIKES = {
    "learning_style": "talk",
    "comfort_depth": "try",
    "comfort_format": "video",
    "comfort": "Mornings, and plain words.",
    "off_limits": "Clients by name.",
}
WORDS = (
    "Talk it through first",
    "Let me try — with you beside me",
    "By video",
    "Mornings, and plain words.",
    "Clients by name.",
)


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> ClientOf:
    return lambda person: signed_in(make_user(person))


def between(likes: dict[str, str], accepted_at: datetime | None) -> Partnership:
    """The learner Odile has these likes; accepted when a moment is given."""
    programme = make_programme()
    learner = make_enrolment(programme, make_person("Odile Brandt"), learner=True, **likes)
    both = {"learner_accepted_at": accepted_at, "adviser_accepted_at": accepted_at}
    state = {"state": "accepted", **both} if accepted_at else {}
    return make_partnership(programme, learner=learner, **state)


def page_of(client: Client, partnership: Partnership) -> str:
    return client.get(f"/partnerships/{partnership.key}/").content.decode()


def test_the_partner_reads_how_one_likes_to_work_once_both_said_yes(
    client_of: ClientOf, now: datetime
) -> None:
    partnership = between(LIKES, now)

    page = page_of(client_of(partnership.adviser.person), partnership)

    assert "How Odile Brandt likes to work" in page
    assert [words for words in WORDS if words not in page] == []
    assert "Only you and Odile Brandt can read this" in page


def test_before_both_said_yes_the_partner_reads_none_of_it(client_of: ClientOf) -> None:
    partnership = between(LIKES, None)

    page = page_of(client_of(partnership.adviser.person), partnership)

    assert "likes to work" not in page
    assert [words for words in WORDS if words in page] == []


def test_coordinators_never_read_how_somebody_likes_to_work(
    client_of: ClientOf, now: datetime
) -> None:
    partnership = between(LIKES, now)

    page = page_of(client_of(make_coordinator(partnership.programme)), partnership)

    assert "Odile Brandt" in page
    assert "likes to work" not in page
    assert [words for words in WORDS if words in page] == []


def test_the_style_of_learning_alone_is_shown_and_nothing_empty_beside_it(
    client_of: ClientOf, now: datetime
) -> None:
    partnership = between({"learning_style": "read"}, now)

    page = page_of(client_of(partnership.adviser.person), partnership)

    assert "Let me read beforehand" in page
    assert "How deep" not in page
    assert "Off limits" not in page


def test_without_any_likes_there_is_no_heading_for_them(client_of: ClientOf, now: datetime) -> None:
    partnership = between({}, now)

    page = page_of(client_of(partnership.adviser.person), partnership)

    assert "likes to work" not in page
