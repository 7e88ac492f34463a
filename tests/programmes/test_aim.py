"""How far a programme wants its learners to get, and who in the directory is there already."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
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
from viceversa.people.models import Offer, Person, Skill, Want
from viceversa.programmes.actions import EnrolmentRow, enrol_eligible, enrol_many, join_programme
from viceversa.programmes.models import EnrolmentWant, Programme, Standing
from viceversa.programmes.queries import literacy_by_level
from viceversa.programmes.rules.aim import aim_in_words

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def aiming_at(mastery: int, **fields: object) -> Programme:
    return make_programme(state="enrolling", target_mastery=mastery, **fields)


def wanting(skill: Skill, target: int) -> Person:
    person = make_person()
    Want.objects.create(person=person, skill=skill, target=target)
    return person


def people_at(rank: int, number: int, *, offering: int = 0, skill: Skill | None = None) -> None:
    for place in range(number):
        person = make_person(rank=rank)
        if skill and place < offering:
            Offer.objects.create(person=person, skill=skill, level=2)


def test_whoever_joins_by_the_link_gets_the_aim_and_keeps_a_higher_one(now: datetime) -> None:
    programme = aiming_at(2, open_link_enabled=True)
    video = make_skill("Short video")

    for profile, expected in ((1, 2), (2, 2), (3, 3)):
        enrolment = join_programme(
            programme=programme,
            is_learner=True,
            is_adviser=False,
            by=actor_for_person(wanting(video, profile)),
            now=now,
            today=now.date(),
        )
        assert enrolment.wants.get().target == expected


def test_people_who_are_added_get_the_aim_too(now: datetime) -> None:
    programme = aiming_at(3)
    video = make_skill("Short video")
    by = actor_for_person(make_coordinator(programme))
    listed = wanting(video, 1)
    wanting(video, 2)

    rows = [EnrolmentRow(person_id=listed.pk, is_learner=True)]
    enrol_many(programme=programme, rows=rows, by=by, now=now)
    enrol_eligible(
        programme=programme, role="learner", state="enrolled", by=by, now=now, today=now.date()
    )

    assert list(EnrolmentWant.objects.values_list("target", flat=True)) == [3, 3]


def test_a_target_that_was_named_when_adding_is_kept(now: datetime) -> None:
    programme = aiming_at(3)
    by = actor_for_person(make_coordinator(programme))
    video = make_skill("Short video")
    row = EnrolmentRow(person_id=make_person().pk, is_learner=True, wants=[(video.pk, 1, 1)])

    enrol_many(programme=programme, rows=[row], by=by, now=now)

    assert EnrolmentWant.objects.get().target == 1


def test_my_part_starts_with_the_aim_and_takes_it_where_none_is_named(signed_in: SignIn) -> None:
    enrolment = make_enrolment(aiming_at(3), learner=True)
    make_skill("Short video")
    client = signed_in(make_user(enrolment.person))
    address = f"/programmes/{enrolment.programme.slug}/my-part/"
    typed = {"is_learner": "on", "demand": "1", "capacity": "1", "want_1": "Short video"}
    hours = {"hours_from": "09:00", "hours_to": "17:00"}

    page = client.get(address).content.decode()
    client.post(address, {**typed, **hours})
    unnamed = enrolment.wants.get().target
    client.post(address, {**typed, **hours, "want_1_level": "1"})

    assert page.count('<option value="3" selected>') == enrolment.programme.most_wants
    assert (unnamed, enrolment.wants.get().target) == (3, 1)


def test_a_participant_reads_the_aim_as_a_sentence(signed_in: SignIn) -> None:
    for mastery, words in ((1, "enough to follow and to ask well"), (3, "The aim is strong")):
        enrolment = make_enrolment(aiming_at(mastery), learner=True)
        client = signed_in(make_user(enrolment.person))
        page = client.get(f"/programmes/{enrolment.programme.slug}/").content.decode()
        assert words in page
        assert words in aim_in_words(mastery)


def test_literacy_counts_each_person_once_by_level_and_only_from_the_aim_up() -> None:
    programme = aiming_at(2)
    video, podcasts = make_skill("Short video"), make_skill("Podcasts")
    programme.skills.set([video, podcasts])
    make_level(1, "Analyst")
    make_level(6, "Partner")
    people_at(1, 6, offering=4, skill=video)
    people_at(6, 5)
    both, below, elsewhere = Person.objects.filter(level__rank=6)[:3]
    Offer.objects.create(person=both, skill=video, level=2)
    Offer.objects.create(person=both, skill=podcasts, level=4)
    Offer.objects.create(person=below, skill=video, level=1)
    Offer.objects.create(person=elsewhere, skill=make_skill("Crisis communications"), level=4)

    rows = [(row.level, row.people, row.base) for row in literacy_by_level(programme)]

    assert rows == [("Partner", 1, 5), ("Analyst", 4, 6)]


def test_a_level_with_fewer_than_five_people_is_not_counted_out() -> None:
    programme = aiming_at(1)
    video = make_skill("Short video")
    programme.skills.add(video)
    people_at(7, 4, offering=4, skill=video)
    make_person(left_on="2026-01-01", rank=7)

    assert [row.people for row in literacy_by_level(programme)] == [None]


@pytest.mark.parametrize("role", ["coordinator", "sponsor"])
def test_those_who_run_it_see_literacy_by_level_with_its_base_and_no_name(
    signed_in: SignIn, role: str
) -> None:
    programme = aiming_at(1)
    video = make_skill("Short video")
    programme.skills.add(video)
    reader = make_person("Robin Reader", rank=2)
    Standing.objects.create(programme=programme, person=reader, role=role)
    people_at(4, 6, offering=3, skill=video)
    offering = make_person("Kit Tallow", rank=4)
    Offer.objects.create(person=offering, skill=video, level=1)

    address = f"/programmes/{programme.slug}/understanding/"
    page = signed_in(make_user(reader)).get(address).content.decode()

    assert "4 of 7" in page
    assert "fewer than 5 people: not shown" in page
    assert "Kit Tallow" not in page


def test_literacy_is_not_shown_to_participants(signed_in: SignIn) -> None:
    programme = aiming_at(1)
    programme.skills.add(make_skill("Short video"))
    person = make_enrolment(programme, learner=True).person

    client = signed_in(make_user(person))

    assert client.get(f"/programmes/{programme.slug}/understanding/").status_code == 404
    assert "understanding" not in client.get(f"/programmes/{programme.slug}/").content.decode()


def test_literacy_is_one_query_however_many_levels_and_topics() -> None:
    programme = aiming_at(1)
    for rank in range(1, 6):
        skill = make_skill(f"Topic {rank}")
        programme.skills.add(skill)
        people_at(rank, 5, offering=rank, skill=skill)

    with CaptureQueriesContext(connection) as captured:
        rows = literacy_by_level(programme)

    assert (len(captured), [row.people for row in rows]) == (1, [5, 4, 3, 2, 1])


def test_a_long_list_of_topics_is_folded_away(signed_in: SignIn) -> None:
    programme = aiming_at(1)
    programme.skills.set([make_skill(f"Topic {number}") for number in range(9)])
    reader = make_person("Robin Reader", rank=2)
    Standing.objects.create(programme=programme, person=reader, role="sponsor")

    page = signed_in(make_user(reader)).get(f"/programmes/{programme.slug}/understanding/")

    assert "Any of 9 topics counts." in page.content.decode()
    assert "Topic 0, Topic 1" in page.content.decode()
