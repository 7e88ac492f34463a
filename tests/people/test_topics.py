"""Topics that practice asks for by name can be offered, wanted and so matched."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import make_person, make_user
from viceversa.people.actions import load_taxonomy
from viceversa.people.models import Offer
from viceversa.toolkit.actor import system


@pytest.mark.django_db
@pytest.mark.parametrize(
    "topic",
    [
        "The user's view",
        "The newcomer's perspective",
        "Company culture",
        "Informal organisation",
        "Long-term goals",
        "Strategy",
    ],
)
def test_a_topic_of_practice_is_there_from_the_start_and_can_be_offered(
    signed_in: Callable[..., Client], now: datetime, topic: str
) -> None:
    load_taxonomy(by=system("setup", via="command"), now=now)
    person = make_person()

    answer = signed_in(make_user(person)).post(
        "/people/me/offers/", {"offer-skill": topic, "offer-level": "2"}
    )

    assert answer.status_code == 302
    assert Offer.objects.get(person=person).skill.name == topic
