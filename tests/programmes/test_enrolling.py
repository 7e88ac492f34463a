"""How people come in: invited, listed, by level, by link; the waiting list; how they stop."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_level,
    make_person,
    make_programme,
    make_skill,
    make_user,
)
from viceversa.accounts.models import Invitation
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.people.models import Offer, Person, Profile, Want
from viceversa.programmes.actions import (
    EnrolmentRow,
    LineProblem,
    accept_invitation,
    decline_invitation,
    enrol_eligible,
    enrol_listed,
    enrol_many,
    join_programme,
    move_enrolments,
    promote_waiting,
    withdraw_enrolment,
    withdraw_people,
)
from viceversa.programmes.jobs import enrol_everyone_eligible
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def coordinator_of(programme: Programme) -> Actor:
    return actor_for_person(make_coordinator(programme))


def rows_for(*people: Person, state: str = "invited") -> list[EnrolmentRow]:
    return [EnrolmentRow(person_id=p.pk, is_learner=True, state=state) for p in people]


def test_people_are_invited_recorded_and_told(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    people = [make_user(make_person()).person for _number in range(3)]

    added = enrol_many(
        programme=programme, rows=rows_for(*people), by=coordinator_of(programme), now=now
    )

    assert (added.invited, added.total) == (3, 3)
    assert Notification.objects.filter(kind="programmes.invited").count() == 3
    assert Entry.objects.filter(verb="programmes.people.added").count() == 1


def test_whoever_has_no_account_is_sent_the_link_that_makes_one(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    known = make_user(make_person()).person
    stranger = make_person()

    enrol_many(
        programme=programme, rows=rows_for(known, stranger), by=coordinator_of(programme), now=now
    )

    assert [invitation.person for invitation in Invitation.objects.all()] == [stranger]


def test_adding_takes_wants_offers_hours_and_style_from_the_profile(now: datetime) -> None:
    programme = make_programme(state="enrolling", most_wants=1)
    person = make_person(languages=["nl"])
    Profile.objects.create(person=person, hours_from="08:00", learning_style="show")
    Want.objects.create(person=person, skill=make_skill("Podcasts"), priority=2)
    Want.objects.create(person=person, skill=make_skill("Short video"), priority=1)
    Offer.objects.create(person=person, skill=make_skill("Budgeting"), level=3)

    enrol_many(programme=programme, rows=rows_for(person), by=coordinator_of(programme), now=now)

    enrolment = Enrolment.objects.get()
    assert [want.skill.name for want in enrolment.wants.all()] == ["Short video"]
    assert [(o.skill.name, o.level) for o in enrolment.offers.all()] == [("Budgeting", 3)]
    assert (enrolment.hours_from.hour, enrolment.learning_style) == (8, "show")
    assert (enrolment.languages, enrolment.part_confirmed_at) == (["nl"], None)


def test_thousands_are_added_with_wants_in_few_queries(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    skill = make_skill("Short video")
    people = Person.objects.bulk_create(
        Person(external_id=f"T{n}", name=f"Person {n}") for n in range(2000)
    )
    rows = [
        EnrolmentRow(
            person_id=person.pk,
            is_learner=True,
            wants=[(skill.pk, 1, 1)],
            offers=[],
            is_confirmed=True,
        )
        for person in people
    ]
    by = system("sample", via="command")

    with CaptureQueriesContext(connection) as captured:
        added = enrol_many(programme=programme, rows=rows, by=by, now=now, quietly=True)

    assert (added.enrolled, Enrolment.objects.filter(wants__skill=skill).count()) == (2000, 2000)
    assert len(captured) <= len(rows) / 20


def test_whoever_said_no_is_asked_again_and_not_enrolled(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    said_no = make_enrolment(programme, learner=True, state="declined")

    added = enrol_many(
        programme=programme,
        rows=rows_for(said_no.person, state="enrolled"),
        by=coordinator_of(programme),
        now=now,
    )

    said_no.refresh_from_db()
    assert (said_no.state, added.invited, added.enrolled) == ("invited", 1, 0)


def test_somebody_in_already_can_get_the_other_role_too(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    enrolment = make_enrolment(programme, adviser=True)
    by = coordinator_of(programme)

    first = enrol_many(programme=programme, rows=rows_for(enrolment.person), by=by, now=now)
    second = enrol_many(programme=programme, rows=rows_for(enrolment.person), by=by, now=now)

    enrolment.refresh_from_db()
    assert (enrolment.is_learner, enrolment.is_adviser, enrolment.state) == (
        True,
        True,
        "enrolled",
    )
    assert (first.total, second.already) == (1, 1)


def test_people_who_have_left_are_not_added(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    gone = make_person(left_on=TODAY)

    added = enrol_many(
        programme=programme, rows=rows_for(gone), by=coordinator_of(programme), now=now
    )

    assert (added.gone, Enrolment.objects.count()) == (1, 0)


def test_nobody_can_be_added_to_a_draft_or_by_a_stranger(now: datetime) -> None:
    programme = make_programme(state="draft")
    person = make_person()

    with pytest.raises(Refused, match="enrolling, matching or running"):
        enrol_many(
            programme=programme, rows=rows_for(person), by=coordinator_of(programme), now=now
        )
    with pytest.raises(NotAllowed):
        enrol_many(programme=programme, rows=rows_for(person), by=actor_for_person(person), now=now)


def test_beyond_the_limit_people_wait_and_are_told(now: datetime) -> None:
    programme = make_programme(state="enrolling", places_limit=2)
    people = [make_person() for _number in range(3)]

    added = enrol_many(
        programme=programme,
        rows=rows_for(*people, state="enrolled"),
        by=coordinator_of(programme),
        now=now,
    )

    assert (added.enrolled, added.waiting) == (2, 1)
    told = Notification.objects.get(kind="programmes.waiting")
    assert told.person == people[2]


def test_everyone_on_a_level_is_enrolled_at_once(now: datetime) -> None:
    programme = make_programme(state="enrolling", learner_level_min=make_level(5, "Vice president"))
    top = [make_person(rank=5) for _number in range(3)]
    make_person(rank=1)
    make_person(rank=5, left_on=TODAY)

    added = enrol_eligible(
        programme=programme,
        role="learner",
        state="enrolled",
        by=coordinator_of(programme),
        now=now,
        today=TODAY,
    )

    assert added is not None
    assert added.enrolled == 3
    assert {row.person for row in Enrolment.objects.filter(is_learner=True)} == set(top)


def test_everyone_on_a_level_cannot_be_enrolled_by_a_participant(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    with pytest.raises(NotAllowed):
        enrol_eligible(
            programme=programme,
            role="learner",
            state="enrolled",
            by=actor_for_person(make_person()),
            now=now,
            today=TODAY,
        )


def test_a_pasted_list_adds_who_fits_and_answers_every_other_line(now: datetime) -> None:
    programme = make_programme(state="enrolling", learner_level_min=make_level(5))
    fits = make_person(rank=5, email="ana@firm.example")
    by_number = make_person(rank=6, external_id="K77")
    junior = make_person(rank=1, email="bo@firm.example")
    make_person(rank=6, email="cy@firm.example", left_on=TODAY)
    text = "e-mail\nANA@firm.example\nK77\nbo@firm.example\ncy@firm.example\nzoe@else.example\nK77"

    report = enrol_listed(
        programme=programme,
        text=text,
        is_learner=True,
        is_adviser=False,
        state="invited",
        exceptions_allowed=False,
        by=coordinator_of(programme),
        now=now,
        today=TODAY,
    )

    assert {row.person for row in Enrolment.objects.all()} == {fits, by_number}
    assert report.problems == [
        LineProblem(4, "bo@firm.example", "is below the levels of this programme"),
        LineProblem(5, "cy@firm.example", "has left the organisation"),
        LineProblem(6, "zoe@else.example", "is nobody in the directory"),
        LineProblem(7, "K77", "stands on line 3 already"),
    ]
    assert not Enrolment.objects.filter(person=junior).exists()


def test_an_exception_can_be_made_for_people_on_a_list(now: datetime) -> None:
    programme = make_programme(state="enrolling", learner_level_min=make_level(5))
    make_person(rank=1, email="bo@firm.example")

    report = enrol_listed(
        programme=programme,
        text="bo@firm.example",
        is_learner=True,
        is_adviser=False,
        state="invited",
        exceptions_allowed=True,
        by=coordinator_of(programme),
        now=now,
        today=TODAY,
    )

    assert (report.added.invited, report.problems) == (1, [])


@pytest.mark.parametrize(("text", "words"), [("\n \n", "empty"), ("x\n" * 5_001, "Split")])
def test_an_empty_or_endless_list_is_refused(now: datetime, text: str, words: str) -> None:
    programme = make_programme(state="enrolling")

    with pytest.raises(Refused, match=words):
        enrol_listed(
            programme=programme,
            text=text,
            is_learner=True,
            is_adviser=False,
            state="invited",
            exceptions_allowed=False,
            by=coordinator_of(programme),
            now=now,
            today=TODAY,
        )


def join(programme: Programme, person: Person, now: datetime, **roles: bool) -> Enrolment:
    roles = roles or {"is_learner": True, "is_adviser": False}
    return join_programme(
        programme=programme, by=actor_for_person(person), now=now, today=TODAY, **roles
    )


def test_somebody_joins_by_the_open_link_in_both_roles(now: datetime) -> None:
    programme = make_programme(state="enrolling", open_link_enabled=True)
    person = make_person()

    enrolment = join(programme, person, now, is_learner=True, is_adviser=True)

    assert (enrolment.state, enrolment.is_learner, enrolment.is_adviser) == (
        "enrolled",
        True,
        True,
    )
    assert Entry.objects.get().verb == "programmes.enrolment.joined"
    with pytest.raises(Refused, match="in already"):
        join(programme, person, now)


def test_an_intern_who_joined_last_month_can_advise_and_a_veteran_cannot(now: datetime) -> None:
    programme = make_programme(state="enrolling", open_link_enabled=True, adviser_newest_months=12)
    intern = make_person("Ida", rank=1, hired_on=date(2026, 2, 2))
    hire = make_person("Hal", rank=4, hired_on=date(2025, 12, 1))
    veteran = make_person("Vera", rank=1, hired_on=date(2009, 1, 1))

    for person in (intern, hire):
        assert join(programme, person, now, is_learner=False, is_adviser=True).is_adviser
    with pytest.raises(Refused, match="Vera joined more than 12 months ago"):
        join(programme, veteran, now, is_learner=False, is_adviser=True)


def test_the_link_does_not_work_when_switched_off_or_closed(now: datetime) -> None:
    person = make_person()
    with pytest.raises(Refused, match="switched off"):
        join(make_programme(state="enrolling"), person, now)
    with pytest.raises(Refused, match="Nobody can join now"):
        join(make_programme(state="running", open_link_enabled=True), person, now)


def test_an_account_without_a_person_cannot_join(now: datetime) -> None:
    programme = make_programme(state="enrolling", open_link_enabled=True)
    with pytest.raises(NotAllowed):
        join_programme(
            programme=programme,
            is_learner=True,
            is_adviser=False,
            by=Actor(person_id=None, label="operator"),
            now=now,
            today=TODAY,
        )


def test_a_full_programme_puts_whoever_joins_on_the_waiting_list(now: datetime) -> None:
    programme = make_programme(state="enrolling", open_link_enabled=True, places_limit=2)
    for _number in range(2):
        make_enrolment(programme, learner=True)
    person = make_person()

    enrolment = join(programme, person, now)

    assert (enrolment.state, enrolment.waiting_since) == ("waiting", now)
    assert Notification.objects.get().person == person


def test_an_invitation_is_accepted_by_the_person_and_nobody_else(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    invited = make_enrolment(programme, learner=True, state="invited")

    with pytest.raises(NotAllowed):
        accept_invitation(enrolment=invited, by=coordinator_of(programme), now=now)
    accepted = accept_invitation(enrolment=invited, by=actor_for_person(invited.person), now=now)

    assert accepted.state == "enrolled"
    assert Entry.objects.get().verb == "programmes.invitation.accepted"
    with pytest.raises(Refused, match="no open invitation"):
        accept_invitation(enrolment=invited, by=actor_for_person(invited.person), now=now)


def test_a_no_gives_the_place_to_those_left_out_most_often(now: datetime) -> None:
    programme = make_programme(state="enrolling", places_limit=2)
    invited = make_enrolment(programme, learner=True, state="invited")
    make_enrolment(programme, learner=True)
    long_wait = make_enrolment(
        programme, learner=True, state="waiting", waiting_since=now - timedelta(days=9)
    )
    left_out = make_enrolment(
        programme, learner=True, state="waiting", waiting_since=now, times_left_out=1
    )

    decline_invitation(enrolment=invited, by=actor_for_person(invited.person), now=now)

    long_wait.refresh_from_db()
    left_out.refresh_from_db()
    assert (left_out.state, long_wait.state) == ("enrolled", "waiting")
    told = Notification.objects.get(kind="programmes.place_free")
    assert told.person == left_out.person
    verbs = list(Entry.objects.values_list("verb", flat=True).order_by("id"))
    assert verbs == ["programmes.invitation.declined", "programmes.places.given"]


def test_an_invitation_is_declined_by_the_person_only(now: datetime) -> None:
    invited = make_enrolment(make_programme(state="enrolling"), learner=True, state="invited")
    with pytest.raises(NotAllowed):
        decline_invitation(enrolment=invited, by=actor_for_person(make_person()), now=now)


def test_somebody_stops_without_a_reason_and_the_coordinators_are_told(now: datetime) -> None:
    programme = make_programme(state="running")
    coordinator = make_coordinator(programme)
    enrolment = make_enrolment(programme, learner=True)

    stopped = withdraw_enrolment(
        enrolment=enrolment, by=actor_for_person(enrolment.person), now=now
    )

    assert stopped.state == "withdrawn"
    told = Notification.objects.get()
    assert (told.person, told.kind) == (coordinator, "programmes.people_stopped")
    assert Entry.objects.filter(verb="programmes.enrolment.withdrawn").count() == 1
    with pytest.raises(Refused, match="do not take part"):
        withdraw_enrolment(enrolment=stopped, by=actor_for_person(enrolment.person), now=now)


def test_nobody_stops_for_somebody_else(now: datetime) -> None:
    programme = make_programme(state="running")
    enrolment = make_enrolment(programme, learner=True)
    with pytest.raises(NotAllowed):
        withdraw_enrolment(enrolment=enrolment, by=coordinator_of(programme), now=now)


def test_a_coordinator_takes_people_out_and_they_are_told(now: datetime) -> None:
    programme = make_programme(state="running")
    enrolments = [make_enrolment(programme, learner=True) for _number in range(2)]

    moved = move_enrolments(
        programme=programme,
        keys=[enrolment.key for enrolment in enrolments],
        to="withdrawn",
        by=coordinator_of(programme),
        now=now,
    )

    assert moved == 2
    assert Notification.objects.filter(kind="programmes.taken_out").count() == 2
    assert Entry.objects.filter(verb="programmes.enrolments.moved").count() == 1


def test_one_person_who_cannot_be_moved_leaves_all_as_they_were(now: datetime) -> None:
    programme = make_programme(state="enrolling")
    waiting = make_enrolment(programme, learner=True, state="waiting")
    declined = make_enrolment(programme, learner=True, state="declined")

    with pytest.raises(Refused, match="Nothing was changed"):
        move_enrolments(
            programme=programme,
            keys=[waiting.key, declined.key],
            to="enrolled",
            by=coordinator_of(programme),
            now=now,
        )

    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_moving_needs_a_coordinator_a_choice_and_a_place(now: datetime) -> None:
    programme = make_programme(state="enrolling", places_limit=2)
    by = coordinator_of(programme)
    for _number in range(2):
        make_enrolment(programme, learner=True)
    waiting = make_enrolment(programme, learner=True, state="waiting")

    with pytest.raises(NotAllowed):
        move_enrolments(
            programme=programme,
            keys=[waiting.key],
            to="enrolled",
            by=actor_for_person(waiting.person),
            now=now,
        )
    with pytest.raises(Refused, match="Choose somebody first"):
        move_enrolments(programme=programme, keys=[], to="enrolled", by=by, now=now)
    with pytest.raises(Refused, match="There are 0 places left"):
        move_enrolments(programme=programme, keys=[waiting.key], to="enrolled", by=by, now=now)


def test_free_places_are_given_by_hand_after_the_limit_is_raised(now: datetime) -> None:
    programme = make_programme(state="enrolling", places_limit=2)
    by = coordinator_of(programme)
    rows = [
        make_enrolment(programme, make_person(name), learner=True, state="waiting")
        for name in ("Ada Finch", "Bo Wren", "Cy Heron")
    ]

    people = promote_waiting(programme=programme, by=by, now=now)

    assert people == [row.person for row in rows[:2]]
    with pytest.raises(Refused, match="no free place"):
        promote_waiting(programme=programme, by=by, now=now)
    with pytest.raises(NotAllowed):
        promote_waiting(programme=programme, by=actor_for_person(make_person()), now=now)


def test_people_who_leave_the_organisation_are_withdrawn_everywhere(now: datetime) -> None:
    one, two = make_programme(state="running"), make_programme(state="enrolling")
    archived = make_programme(state="archived")
    coordinator = make_coordinator(one)
    gone, stays = make_person(), make_person()
    for programme in (one, two, archived):
        make_enrolment(programme, gone, learner=True)
    make_enrolment(one, stays, adviser=True)

    ended = withdraw_people(person_ids=[gone.pk], by=system("leavers", via="job"), now=now)

    assert ended == 2
    states = Enrolment.objects.filter(person=gone).order_by("id").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "withdrawn", "enrolled"]
    assert Enrolment.objects.get(person=stays).state == "enrolled"
    told = Notification.objects.get()
    assert (told.person, told.title.startswith("1 person of")) == (coordinator, True)
    assert Entry.objects.filter(verb="programmes.people.left").count() == 2


def test_very_many_people_are_added_by_a_job(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viceversa.programmes.actions.bulk.AT_ONCE", 2)
    programme = make_programme(state="enrolling", learner_level_min=make_level(5))
    coordinator = make_coordinator(programme)
    for _number in range(3):
        make_person(rank=5)

    asked = enrol_eligible(
        programme=programme,
        role="learner",
        state="invited",
        by=actor_for_person(coordinator),
        now=now,
        today=TODAY,
    )
    before = Enrolment.objects.count()
    enrol_everyone_eligible(
        programme=programme.pk,
        role="learner",
        state="invited",
        person=coordinator.pk,
        label=coordinator.name,
    )

    assert (asked, before, Enrolment.objects.count()) == (None, 0, 3)
