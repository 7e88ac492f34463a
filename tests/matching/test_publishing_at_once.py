import threading
from datetime import datetime

import pytest
from django.db import connection

from tests.factories import (
    actor_for_person,
    make_adviser,
    make_coordinator,
    make_learner,
    make_person,
    make_programme,
)
from viceversa.matching.actions.publishing import publish_round
from viceversa.matching.actions.round import gather_round
from viceversa.matching.jobs import solve_round
from viceversa.matching.models import Round
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_publish_at_once_one_wins_and_the_other_is_told(
    now: datetime,
) -> None:
    programme = make_programme(state="matching")
    make_learner(programme)
    make_adviser(programme)
    coordinators = [
        actor_for_person(make_coordinator(programme, make_person(name)))
        for name in ("Cleo Ordway", "Wren Aldous")
    ]
    gathered = gather_round(programme=programme, by=coordinators[0], now=now)
    solve_round(round=gathered.pk, attempt=gathered.attempt)
    start, said = threading.Barrier(2), []

    def publish(actor: Actor) -> None:
        round_ = Round.objects.select_related("programme").get(pk=gathered.pk)
        start.wait()
        try:
            publish_round(round_=round_, by=actor, now=now)
            said.append("published")
        except Refused as refused:
            said.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[actor]) for actor in coordinators]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["already_published", "published"]
    assert Partnership.objects.count() == 1
