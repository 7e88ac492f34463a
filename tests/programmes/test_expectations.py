"""How often, how long and what is expected: whoever takes part reads it before saying yes."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import make_enrolment, make_programme, make_user

pytestmark = pytest.mark.django_db


def test_people_invited_read_length_rhythm_guidelines_and_what_is_expected_of_them(
    signed_in: Callable[..., Client],
) -> None:
    programme = make_programme(
        state="enrolling",
        meeting_minutes=45,
        meeting_every_days=10,
        guidelines="By video, unless both are in one place.",
        learner_role="Bring one question.",
        adviser_role="Bring one fact.",
    )
    learner = make_enrolment(programme, learner=True, state="invited")

    client = signed_in(make_user(learner.person))
    page = client.get(f"/programmes/{programme.slug}/").content.decode()

    assert "45 minutes, every 10 days." in page
    assert "By video, unless both are in one place." in page
    assert "Bring one question." in page
    assert "Bring one fact." not in page
