"""Beginning a programme, its five steps, using it again, and who runs it."""

from datetime import date, datetime

import pytest

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
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.programmes.actions import (
    add_standing,
    create_programme,
    duplicate_programme,
    remove_standing,
    renew_open_link,
    save_step,
)
from viceversa.programmes.models import Programme, Standing
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def coordinator_of(programme: Programme) -> Actor:
    return actor_for_person(make_coordinator(programme))


def test_an_operator_begins_a_programme_and_coordinates_it(now: datetime) -> None:
    operator = make_person()
    by = actor_for_person(operator, roles=("operator",))

    programme = create_programme(
        template_key="digital_half_hour", name="Digital half hour", by=by, now=now
    )

    assert (programme.slug, programme.state) == ("digital-half-hour", "draft")
    assert (programme.meeting_minutes, programme.meeting_every_days) == (30, 7)
    assert "half hours" in programme.purpose
    assert [s.person for s in Standing.objects.filter(role="coordinator")] == [operator]
    assert Entry.objects.filter(verb="programmes.programme.created").count() == 1
    assert Notification.objects.count() == 0


def test_a_template_suggests_the_top_and_the_bottom_of_the_own_ladder(now: datetime) -> None:
    for rank in range(1, 6):
        make_level(rank)
    make_skill("Short video")

    programme = create_programme(
        template_key="digital_half_hour",
        name="Half hour",
        by=system("sample", via="command"),
        now=now,
        coordinators=[make_person()],
    )

    assert programme.learner_level_min == make_level(4)
    assert programme.adviser_level_max == make_level(2)
    assert [skill.name for skill in programme.skills.all()] == ["Short video"]


def test_given_values_overrule_the_template_and_named_people_are_told(now: datetime) -> None:
    people = [make_person(), make_person()]
    sponsor = make_person()

    programme = create_programme(
        template_key="taster",
        name="Taster",
        by=system("sample", via="command"),
        now=now,
        fields={"starts_on": date(2026, 5, 1), "ends_on": date(2026, 6, 1), "slug": "first"},
        coordinators=people,
        sponsors=[sponsor],
    )

    assert (programme.slug, programme.starts_on, programme.is_pilot) == (
        "first",
        date(2026, 5, 1),
        True,
    )
    assert {row.person for row in Notification.objects.all()} == {*people, sponsor}


def test_a_second_programme_of_a_name_gets_an_address_of_its_own(now: datetime) -> None:
    by = actor_for_person(make_person(), roles=("directory_administrator",))

    slugs = [
        create_programme(template_key="taster", name="New", by=by, now=now).slug
        for _number in range(2)
    ]

    assert slugs == ["new-2", "new-3"]


def test_a_programme_cannot_be_begun_by_just_anyone(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        create_programme(
            template_key="taster", name="Mine", by=actor_for_person(make_person()), now=now
        )
    assert Programme.objects.count() == 0


def test_a_programme_cannot_be_begun_with_values_against_the_rules(now: datetime) -> None:
    by = actor_for_person(make_person(), roles=("operator",))

    with pytest.raises(Refused, match="from 1 to 100"):
        create_programme(
            template_key="taster", name="T", by=by, now=now, fields={"coverage_target": 120}
        )


def test_a_step_is_saved_remembered_and_recorded(now: datetime) -> None:
    programme = make_programme()

    saved = save_step(
        programme=programme,
        step="support",
        values={"training": "One evening."},
        by=coordinator_of(programme),
        now=now,
    )

    assert (saved.training, saved.steps_saved) == ("One evening.", ["support"])
    entry = Entry.objects.get(verb="programmes.step.saved")
    assert entry.detail == {"step": "support", "changed": ["training"]}


def test_a_step_refuses_what_does_not_belong_to_it(now: datetime) -> None:
    programme = make_programme()

    with pytest.raises(Refused, match="does not belong"):
        save_step(
            programme=programme,
            step="support",
            values={"state": "running"},
            by=coordinator_of(programme),
            now=now,
        )


def test_a_step_is_checked_together_with_what_was_saved_before(now: datetime) -> None:
    programme = make_programme(starts_on=date(2026, 5, 1))

    with pytest.raises(Refused, match="after the start"):
        save_step(
            programme=programme,
            step="objectives",
            values={"ends_on": date(2026, 4, 1)},
            by=coordinator_of(programme),
            now=now,
        )


def test_a_step_cannot_be_saved_by_somebody_who_does_not_coordinate(now: datetime) -> None:
    programme = make_programme()
    by = actor_for_person(make_person(), roles=("operator",))

    with pytest.raises(NotAllowed):
        save_step(programme=programme, step="support", values={}, by=by, now=now)


def test_an_archived_programme_cannot_be_changed(now: datetime) -> None:
    programme = make_programme(state="archived")

    with pytest.raises(Refused, match="archived"):
        save_step(
            programme=programme, step="support", values={}, by=coordinator_of(programme), now=now
        )


def test_a_duplicate_has_the_settings_and_none_of_the_people(now: datetime) -> None:
    programme = make_programme(
        state="running", purpose="To see.", open_link_enabled=True, starts_on=date(2026, 1, 1)
    )
    programme.skills.add(make_skill("Short video"))
    by = coordinator_of(programme)
    make_enrolment(programme, learner=True)

    copy = duplicate_programme(programme=programme, name="Again", by=by, now=now)

    assert (copy.state, copy.purpose, copy.starts_on) == ("draft", "To see.", None)
    assert (copy.enrolments.count(), copy.skills.count(), copy.open_link_enabled) == (0, 1, False)
    assert copy.open_link_key != programme.open_link_key
    assert Standing.objects.filter(programme=copy, person_id=by.person_id).exists()
    assert Entry.objects.filter(verb="programmes.programme.duplicated").exists()


def test_a_programme_cannot_be_duplicated_by_somebody_who_takes_part(now: datetime) -> None:
    programme = make_programme()
    learner = make_enrolment(programme, learner=True).person

    with pytest.raises(NotAllowed):
        duplicate_programme(
            programme=programme, name="Again", by=actor_for_person(learner), now=now
        )


def test_a_new_link_makes_the_old_one_useless(now: datetime) -> None:
    programme = make_programme()
    before = programme.open_link_key

    after = renew_open_link(programme=programme, by=coordinator_of(programme), now=now)

    assert after.open_link_key != before
    assert Entry.objects.get().verb == "programmes.link.renewed"
    with pytest.raises(NotAllowed):
        renew_open_link(programme=programme, by=actor_for_person(make_person()), now=now)


def test_a_second_coordinator_is_named_recorded_and_told(now: datetime) -> None:
    programme = make_programme()
    person = make_person()

    add_standing(
        programme=programme,
        person=person,
        role="coordinator",
        by=coordinator_of(programme),
        now=now,
    )

    assert Standing.objects.filter(programme=programme, role="coordinator").count() == 2
    told = Notification.objects.get()
    assert (told.person, told.kind) == (person, "programmes.standing")
    assert Entry.objects.get().verb == "programmes.standing.added"


def test_nobody_is_named_twice_or_after_leaving(now: datetime) -> None:
    programme = make_programme()
    by = coordinator_of(programme)
    gone = make_person(left_on=date(2026, 1, 1))

    with pytest.raises(Refused, match="has left"):
        add_standing(programme=programme, person=gone, role="sponsor", by=by, now=now)
    person = make_person()
    add_standing(programme=programme, person=person, role="sponsor", by=by, now=now)
    with pytest.raises(Refused, match="already"):
        add_standing(programme=programme, person=person, role="sponsor", by=by, now=now)


def test_a_safeguarding_contact_cannot_coordinate(now: datetime) -> None:
    programme = make_programme()
    contact = make_person("Ida Contact")
    make_user(contact, roles=("safeguarding_contact",))
    by = coordinator_of(programme)

    with pytest.raises(Refused, match="Ida Contact is a safeguarding contact"):
        add_standing(programme=programme, person=contact, role="coordinator", by=by, now=now)
    both = actor_for_person(contact, roles=("operator",))
    with pytest.raises(Refused, match="safeguarding contact"):
        create_programme(template_key="taster", name="T", by=both, now=now)


def test_a_stranger_names_nobody(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        add_standing(
            programme=make_programme(),
            person=make_person(),
            role="coordinator",
            by=actor_for_person(make_person()),
            now=now,
        )


def test_the_last_coordinator_cannot_be_removed(now: datetime) -> None:
    programme = make_programme()
    first = make_coordinator(programme)
    by = actor_for_person(first)

    with pytest.raises(Refused, match="Name another coordinator first"):
        remove_standing(programme=programme, person=first, role="coordinator", by=by, now=now)
    make_coordinator(programme)
    remove_standing(programme=programme, person=first, role="coordinator", by=by, now=now)

    assert Standing.objects.filter(programme=programme).count() == 1
    assert Entry.objects.get().verb == "programmes.standing.removed"
