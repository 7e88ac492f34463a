"""The power watch: two of whom one comes to have power over the other do not meet as partners."""

from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.base import ModelState
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions import accept_partnership
from viceversa.partnerships.actions.lifecycle import (
    keep_going,
    pause_partnership,
    resume_due,
    resume_partnership,
)
from viceversa.partnerships.models import Partnership
from viceversa.people.actions.apart import end_keep_apart, keep_apart
from viceversa.people.actions.importing import (
    apply_run,
    check_run,
    start_apply,
    start_check,
    start_import,
)
from viceversa.people.actions.person import Facts, edit_person
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment
from viceversa.safeguarding.actions.power import watch_power
from viceversa.safeguarding.models import Hold
from viceversa.safeguarding.queries.power import power_in_partnerships
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.ids import new_key

pytestmark = pytest.mark.django_db
ADMINISTRATOR = system("a test", via="command")
HELD = "safeguarding.partnership_held"


def under(person: Person, manager: Person | None, now: datetime) -> None:
    """As a directory administrator would change it on the page."""
    facts = Facts(
        external_id=person.external_id,
        name=person.name,
        email=person.email or "",
        level=person.level,
        languages=person.languages,
        manager=manager,
    )
    edit_person(person=Person.objects.get(pk=person.pk), facts=facts, by=ADMINISTRATOR, now=now)
    run_deferred(now)


def run_deferred(now: datetime) -> None:
    """The watch runs because the change asked for it, and only then."""
    waiting = DBTaskResult.objects.filter(args_kwargs__kwargs__name="safeguarding.watch_power")
    if waiting.exists():
        waiting.delete()
        watch_power(now=now)


def the_two(partnership: Partnership) -> tuple[Person, Person]:
    return partnership.learner.person, partnership.adviser.person


def as_now(partnership: Partnership) -> Partnership:
    return Partnership.objects.select_related("learner__person", "adviser__person").get(
        pk=partnership.pk
    )


@pytest.mark.parametrize("state", ["accepted", "preparing", "active"])
def test_a_partnership_pauses_when_its_two_come_into_one_line(now: datetime, state: str) -> None:
    partnership = make_partnership(state=state)
    coordinator = make_coordinator(partnership.programme)
    learner, adviser = the_two(partnership)
    between = make_person(manager=learner)

    under(adviser, between, now)

    held = as_now(partnership)
    assert (held.state, held.paused_until) == ("paused", None)
    told = Notification.objects.filter(kind=HELD)
    assert set(told.values_list("person", flat=True)) == {learner.pk, adviser.pk}
    assert len(set(told.values_list("body", flat=True))) == 1
    assert "Nobody did anything wrong" in told[0].body
    seen = Notification.objects.get(kind="safeguarding.action_needed")
    assert seen.person == coordinator
    assert learner.name not in seen.title + seen.body
    entry = Entry.objects.get(verb="partnerships.held")
    assert (entry.actor_id, entry.actor_label) == (None, "the power watch")


def test_a_learner_who_comes_under_the_adviser_pauses_it_too(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    under(learner, adviser, now)
    assert as_now(partnership).state == "paused"


def test_out_of_line_it_goes_on(now: datetime) -> None:
    boss = make_person()
    partnership = make_partnership(state="active")
    for person in the_two(partnership):
        under(person, boss, now)
    assert as_now(partnership).state == "active"
    assert not Hold.objects.exists()
    assert not Notification.objects.filter(kind=HELD).exists()


def test_a_say_in_pay_holds_it_and_the_wish_of_one_does_not(now: datetime) -> None:
    wished, paid = make_partnership(state="active"), make_partnership(state="active")
    for partnership, reason in ((wished, "care"), (paid, "pay")):
        learner, adviser = the_two(partnership)
        keep_apart(one=adviser, other=learner, reason=reason, by=ADMINISTRATOR, now=now)
    run_deferred(now)
    assert (as_now(wished).state, as_now(paid).state) == ("active", "paused")

    learner, adviser = the_two(paid)
    end_keep_apart(one=learner, other=adviser, by=ADMINISTRATOR, now=now)
    run_deferred(now)
    assert not Hold.objects.filter(over_at=None).exists()


def test_nobody_is_told_twice(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    under(adviser, learner, now)
    before = Notification.objects.count(), Entry.objects.count()

    assert watch_power(now=now) == 0
    under(make_person(), learner, now)

    assert Notification.objects.count() == before[0]
    assert Hold.objects.count() == 1
    assert Entry.objects.filter(verb="partnerships.held").count() == 1


def test_a_pause_that_stands_already_loses_its_end(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    by, until = actor_for_person(learner), now.date() + timedelta(days=7)
    pause_partnership(partnership=partnership, until=until, by=by, now=now)

    under(adviser, learner, now)

    assert (as_now(partnership).state, as_now(partnership).paused_until) == ("paused", None)
    assert Notification.objects.filter(kind=HELD).count() == 2
    assert resume_due(now=now + timedelta(days=8)) == 0


def test_while_it_stands_nobody_goes_on_and_nobody_begins(now: datetime) -> None:
    partnership = make_partnership(state="active")
    closing = make_partnership(state="closing", closing_at=now)
    proposed = make_partnership()
    for one in (partnership, closing, proposed):
        learner, adviser = the_two(one)
        under(adviser, learner, now)
    for one, act in (
        (partnership, resume_partnership),
        (closing, keep_going),
        (proposed, accept_partnership),
    ):
        with pytest.raises(Refused, match="stands above the other"):
            act(partnership=as_now(one), by=actor_for_person(one.learner.person), now=now)  # type: ignore[operator]
    assert [as_now(one).state for one in (partnership, closing)] == ["paused", "closing"]


def test_a_pause_does_not_end_by_itself_before_the_watch_has_looked(now: datetime) -> None:
    partnership = make_partnership(state="paused", paused_at=now, paused_until=now.date())
    learner, adviser = the_two(partnership)
    Person.objects.filter(pk=adviser.pk).update(manager=learner)
    assert resume_due(now=now + timedelta(days=1)) == 0
    assert as_now(partnership).state == "paused"


def test_when_the_line_is_gone_both_are_told_and_may_go_on(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    under(adviser, learner, now)
    under(adviser, None, now)
    assert as_now(partnership).state == "paused"
    told = Notification.objects.filter(kind="safeguarding.hold_over")
    assert set(told.values_list("person", flat=True)) == {learner.pk, adviser.pk}
    resume_partnership(partnership=as_now(partnership), by=actor_for_person(learner), now=now)
    assert as_now(partnership).state != "paused"


def test_a_partnership_that_ended_is_forgotten_without_a_word(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    under(adviser, learner, now)
    Partnership.objects.update(state="ended")
    watch_power(now=now)
    assert not Hold.objects.filter(over_at=None).exists()
    assert not Notification.objects.filter(kind="safeguarding.hold_over").exists()


def test_an_import_is_looked_at_too(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    rows = "Id,Name,Email,Manager\n" + "".join(
        f"{one.external_id},{one.name},{one.email},{boss}\n"
        for one, boss in ((learner, ""), (adviser, learner.external_id))
    )
    run = start_import(content=rows.encode(), filename="staff.csv", by=ADMINISTRATOR, now=now)
    run = check_run(run=start_check(run=run, by=ADMINISTRATOR, now=now), now=now)
    run = start_apply(run=run, confirm_leavers=True, by=ADMINISTRATOR, now=now)
    apply_run(run=run, by=ADMINISTRATOR, now=now)
    run_deferred(now)
    assert as_now(partnership).state == "paused"


def test_looking_takes_three_queries_however_many_partnerships(now: datetime) -> None:
    programme = make_programme()
    for size in (2, 30):
        for _pair in range(size):
            make_partnership(programme, state="active")
        with CaptureQueriesContext(connection) as queries:
            found = power_in_partnerships()
        assert len(queries) == 3
    assert len(found) == 32
    assert not any(found.values())


def test_lines_that_go_round_and_people_who_left_are_followed(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    gone = make_person(manager=learner, left_on=now.date())
    Person.objects.filter(pk=learner.pk).update(manager=gone)
    Person.objects.filter(pk=adviser.pk).update(manager=gone)
    assert power_in_partnerships() == {partnership.pk: True}


def test_coordinators_see_that_action_is_needed_and_nobody_else_does(
    now: datetime, signed_in: Callable[..., Client]
) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    learner, adviser = the_two(partnership)
    address = f"/programmes/{partnership.programme.slug}/action-needed/"
    coordinator = signed_in(make_user(make_coordinator(partnership.programme)))
    assert "No partnership needs you" in text(coordinator.get(address))

    under(adviser, learner, now)

    page = text(coordinator.get(address))
    assert learner.name in page
    assert "pay" not in page
    assert "one partnership pauses" in text(coordinator.get("/"))
    for other in (learner, make_person()):
        assert signed_in(make_user(other)).get(address).status_code == 404


def test_the_two_are_offered_the_way_out_in_place_of_going_on(
    now: datetime, signed_in: Callable[..., Client]
) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    client = signed_in(make_user(learner))
    under(adviser, learner, now)
    page = text(client.get(f"/partnerships/{partnership.key}/"))
    assert "pauses while one of the two stands above" in page
    assert "Go on now" not in page
    assert "End it without fault" in page


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_there_and_back_before_the_watch_looks_tells_nobody(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    Person.objects.filter(pk=adviser.pk).update(manager=learner)
    Person.objects.filter(pk=adviser.pk).update(manager=None)
    assert watch_power(now=now) == 0
    assert as_now(partnership).state == "active"
    assert not Notification.objects.filter(kind=HELD).exists()


def test_each_above_the_other_and_there_and_back_many_times_is_one_hold_at_a_time(
    now: datetime,
) -> None:
    partnership = make_partnership(state="active")
    learner, adviser = the_two(partnership)
    Person.objects.filter(pk=learner.pk).update(manager=adviser)
    Person.objects.filter(pk=adviser.pk).update(manager=learner)
    assert [watch_power(now=now) for _time in range(3)] == [1, 0, 0]
    for _time in range(3):
        Person.objects.filter(pk__in=[learner.pk, adviser.pk]).update(manager=None)
        watch_power(now=now)
        assert not Hold.objects.filter(over_at=None).exists()
        Person.objects.filter(pk=adviser.pk).update(manager=learner)
        watch_power(now=now)
        assert Hold.objects.filter(over_at=None).count() == 1
    assert as_now(partnership).state == "paused"
    assert Notification.objects.filter(kind=HELD, person=learner).count() == 4


def test_when_both_leave_or_are_deleted_from_the_line_the_watch_goes_on(now: datetime) -> None:
    gone, stays = make_partnership(state="active"), make_partnership(state="active")
    for one in the_two(gone):
        Person.objects.filter(pk=one.pk).update(left_on=now.date(), manager=None)
    Person.objects.filter(pk=stays.adviser.person.pk).update(manager=stays.learner.person)
    assert watch_power(now=now) == 1
    assert as_now(stays).state == "paused"
    assert watch_power(now=now) == 0


def more_like(one: Partnership, number: int) -> None:
    """So many partnerships more, each of two people of its own, without the time of a factory."""
    people = [_another(one.learner.person) for _person in range(2 * number)]
    Person.objects.bulk_create(people)
    sides = [one.learner, one.adviser] * number
    enrolments = [_another(side, person=who) for side, who in zip(sides, people, strict=True)]
    Enrolment.objects.bulk_create(enrolments)
    pairs = zip(enrolments[::2], enrolments[1::2], strict=True)
    Partnership.objects.bulk_create(
        _another(one, learner=learner, adviser=adviser) for learner, adviser in pairs
    )


def _another(row: Any, **fields: Any) -> Any:
    found = copy(row)
    found.pk, found._state = None, ModelState()
    for name in ("key", "external_id", "email"):
        if hasattr(found, name):
            setattr(found, name, new_key())
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def test_with_nothing_new_the_watch_costs_the_same_for_a_thousand_partnerships(
    now: datetime,
) -> None:
    one, counts = make_partnership(state="active"), []
    for number in (0, 1000):
        more_like(one, number)
        with CaptureQueriesContext(connection) as queries:
            assert watch_power(now=now) == 0
        counts.append(len(queries))
    assert Partnership.objects.filter(state="active").count() == 1001
    assert counts[0] == counts[1]
