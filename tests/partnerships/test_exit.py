"""Leaving without fault: nobody learns who left, or why."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.lifecycle import end_without_fault
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries import partnerships_in
from viceversa.partnerships.queries.lifecycle import need_a_new_partner
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("side", ["learner", "adviser"])
def test_nothing_that_is_kept_or_sent_tells_who_left(side: str, now: datetime) -> None:
    partnership = make_partnership(state="active")
    by = actor_for_person(partnership.person_on(side))

    ended = end_without_fault(partnership=partnership, by=by, now=now)

    assert ended.state == Partnership.State.ENDED
    assert ended.needs_new_partner
    told = Notification.objects.filter(kind="partnerships.over")
    assert {row.person_id for row in told} == {
        partnership.learner.person_id,
        partnership.adviser.person_id,
    }
    assert len(set(told.values_list("title", "body", "path"))) == 1
    assert not Entry.objects.filter(actor_id=by.person_id).exists()
    assert set(Entry.objects.values_list("actor_label", flat=True)) == {"a private exit"}
    assert side not in str(list(Entry.objects.values_list("detail", "target_label")))


def test_the_rows_are_the_same_whoever_left(now: datetime) -> None:
    kept = []
    for side in ("learner", "adviser"):
        partnership = make_partnership(state="active")
        by = actor_for_person(partnership.person_on(side))
        end_without_fault(partnership=partnership, by=by, now=now)
        row = Partnership.objects.filter(pk=partnership.pk).values().get()
        kept.append({k: v for k, v in row.items() if not k.endswith("_id") and k != "key"})
    for row in kept:
        del row["id"]

    assert kept[0] == kept[1]


def test_leaving_turns_the_key(now: datetime) -> None:
    partnership = make_partnership(state="active")
    assert partnership.ring is not None
    version = partnership.ring.version

    ended = end_without_fault(
        partnership=partnership, by=actor_for_person(partnership.learner.person), now=now
    )

    assert ended.ring is not None
    assert ended.ring.version == version + 1


@pytest.mark.parametrize("state", ["proposed", "completed", "declined", "ended", "withdrawn"])
def test_what_is_not_lived_is_not_left(state: str, now: datetime) -> None:
    partnership = make_partnership(state=state)

    with pytest.raises(Refused, match="nothing left to end"):
        end_without_fault(
            partnership=partnership, by=actor_for_person(partnership.learner.person), now=now
        )


def test_nobody_else_ends_it(now: datetime) -> None:
    partnership = make_partnership(state="active")
    coordinator = actor_for_person(make_coordinator(partnership.programme))

    with pytest.raises(NotAllowed):
        end_without_fault(partnership=partnership, by=coordinator, now=now)


def test_a_coordinator_finds_those_who_need_a_new_partner_and_no_reason(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    programme = make_programme()
    learner = make_enrolment(programme, make_person("Tamsin Marlow", rank=5), learner=True)
    partnership = make_partnership(programme, learner=learner, state="active")
    make_partnership(programme, state="active")
    end_without_fault(
        partnership=partnership, by=actor_for_person(partnership.adviser.person), now=now
    )
    client = signed_in(make_user(make_coordinator(programme)))
    address = reverse("programme_partnerships:list", args=[programme.slug])

    answer = client.get(address + "?state=alone")

    assert answer.context["page"].total == 1
    assert answer.context["alone"] == 1
    page = answer.content.decode()
    assert "Tamsin Marlow" in page
    assert "needs a new partner" in page
    detail = client.get(f"/partnerships/{partnership.key}/").content.decode()
    assert "without fault on either side" in detail


def test_whoever_has_somebody_again_is_no_longer_listed(now: datetime) -> None:
    programme = make_programme()
    partnership = make_partnership(programme, state="active")
    end_without_fault(
        partnership=partnership, by=actor_for_person(partnership.adviser.person), now=now
    )
    found = need_a_new_partner(partnerships_in(programme))
    assert found.count() == 1

    make_partnership(programme, learner=partnership.learner, state="accepted")
    make_partnership(programme, adviser=partnership.adviser, state="proposed")

    assert found.all().count() == 0
