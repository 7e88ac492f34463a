"""One adviser is never enough where careers are at stake: two or three at a time."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import make_adviser, make_learner, make_user
from viceversa.matching.models import Proposal, Round
from viceversa.programmes.models import Programme

pytestmark = pytest.mark.django_db


def test_a_learner_who_wants_two_advisers_gets_two_at_once(
    programme: Programme, solved: Callable[[], Round]
) -> None:
    learner = make_learner(programme, demand=2)
    advisers = {make_adviser(programme) for _number in range(3)}

    round_ = solved()

    given = [row.adviser for row in Proposal.objects.filter(round=round_, learner=learner)]
    assert len(given) == 2
    assert set(given) <= advisers


def test_the_part_page_recommends_two_or_three_where_the_programme_gives_them(
    programme: Programme, signed_in: Callable[..., Client]
) -> None:
    programme.advisers_per_learner = 3
    programme.save()
    learner = make_learner(programme)
    address = f"/programmes/{programme.slug}/my-part/"

    page = signed_in(make_user(learner.person)).get(address).content.decode()

    assert "How many advisers I would like" in page
    assert "two or three at different stages is our advice" in page
