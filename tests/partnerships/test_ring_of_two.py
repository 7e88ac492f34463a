"""From the moment both said yes, the two share a key; nobody else ever does."""

from datetime import datetime

import pytest

from tests.factories import actor_for_person, make_partnership, make_person
from viceversa.partnerships.actions import accept_partnership
from viceversa.vault.queries import keyring

pytestmark = pytest.mark.django_db


def test_both_hold_the_key_once_both_said_yes(now: datetime) -> None:
    partnership = make_partnership()
    learner = actor_for_person(partnership.learner.person)
    adviser = actor_for_person(partnership.adviser.person)

    partnership = accept_partnership(partnership=partnership, by=learner, now=now)
    assert partnership.ring is None
    partnership = accept_partnership(partnership=partnership, by=adviser, now=now)

    assert partnership.ring is not None
    for member in (learner, adviser):
        assert keyring(member, [partnership.ring]).can_open(partnership.ring)
    stranger = actor_for_person(make_person(), roles=("operator", "directory_administrator"))
    assert not keyring(stranger, [partnership.ring]).can_open(partnership.ring)
