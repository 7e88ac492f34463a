"""My part: what it holds, who reads it, and whom one does not want to meet."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_person,
    make_programme,
    make_skill,
    make_user,
)
from viceversa.history.models import Entry
from viceversa.people.models import KeepApart, SkillAlias, Want
from viceversa.people.rules.skills import normalise
from viceversa.programmes.actions import Part, keep_apart, save_part, take_back_apart
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
SECRET = "I want to leave marketing"


def enrolled(**fields: object) -> Enrolment:
    return make_enrolment(make_programme(state="enrolling", **fields), learner=True)


def test_a_part_is_saved_with_wants_in_order_and_a_statement(now: datetime) -> None:
    enrolment = enrolled(advisers_per_learner=3)
    video, podcasts = make_skill("Short video"), make_skill("Podcasts")
    part = Part(
        is_learner=True,
        is_adviser=True,
        wants=[(podcasts.pk, 1), (video.pk, 2)],
        offers=[(video.pk, 3)],
        demand=2,
        goals=SECRET,
        value_parts=["cut a film", "I do it daily", "publish one"],
        comfort_depth="try",
        learning_style="show",
        languages=["en", "nl"],
    )

    saved = save_part(
        enrolment=enrolment, part=part, by=actor_for_person(enrolment.person), now=now
    )

    assert [want.skill for want in saved.wants.all()] == [podcasts, video]
    assert (saved.demand, saved.is_adviser, saved.part_confirmed_at) == (2, True, now)
    assert saved.value_statement.startswith("I can show you cut a film. I know it because")
    entry = Entry.objects.get()
    assert (entry.verb, entry.detail) == ("programmes.part.saved", {"wants": 2, "offers": 1})
    assert SECRET not in str(vars(entry))


def test_a_part_belongs_to_its_person_alone(now: datetime) -> None:
    enrolment = enrolled()
    coordinator = make_coordinator(enrolment.programme)

    with pytest.raises(NotAllowed):
        save_part(
            enrolment=enrolment,
            part=Part(is_learner=True, is_adviser=False),
            by=actor_for_person(coordinator),
            now=now,
        )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"is_learner": False}, "learn, advise or both"),
        ({"demand": 2}, "at most 1 advisers"),
        ({"capacity": 9}, "at most 5 learners"),
    ],
)
def test_a_part_against_the_rules_is_refused(now: datetime, values: dict, words: str) -> None:
    enrolment = enrolled()
    part = Part(**{"is_learner": True, "is_adviser": False, **values})

    with pytest.raises(Refused, match=words):
        save_part(enrolment=enrolment, part=part, by=actor_for_person(enrolment.person), now=now)


def test_a_learner_names_few_topics_and_those_of_the_programme(now: datetime) -> None:
    enrolment = enrolled(most_wants=1)
    video, podcasts = make_skill("Short video"), make_skill("Podcasts")
    enrolment.programme.skills.add(video)
    by = actor_for_person(enrolment.person)

    for wants, words in (
        ([(video.pk, 1), (podcasts.pk, 1)], "most 1"),
        ([(podcasts.pk, 1)], "is about"),
    ):
        part = Part(is_learner=True, is_adviser=False, wants=wants)
        with pytest.raises(Refused, match=words):
            save_part(enrolment=enrolment, part=part, by=by, now=now)


def test_whoever_stopped_cannot_change_the_part(now: datetime) -> None:
    enrolment = make_enrolment(make_programme(), learner=True, state="withdrawn")
    with pytest.raises(Refused, match="do not take part"):
        save_part(
            enrolment=enrolment,
            part=Part(is_learner=True, is_adviser=False),
            by=actor_for_person(enrolment.person),
            now=now,
        )


def form_of(**values: object) -> dict[str, object]:
    return {
        "is_learner": "on",
        "demand": "1",
        "capacity": "1",
        "hours_from": "09:00",
        "hours_to": "17:00",
        **values,
    }


def test_the_page_starts_with_what_the_profile_says(signed_in: SignIn) -> None:
    enrolment = enrolled()
    Want.objects.create(person=enrolment.person, skill=make_skill("Crisis communications"))

    client = signed_in(make_user(enrolment.person))
    page = client.get(f"/programmes/{enrolment.programme.slug}/my-part/").content.decode()

    assert 'value="Crisis communications"' in page


def test_a_topic_is_found_by_another_word_and_an_unknown_one_gets_suggestions(
    signed_in: SignIn,
) -> None:
    enrolment = enrolled()
    video = make_skill("Short video")
    SkillAlias.objects.create(skill=video, text="TikTok", normalised=normalise("TikTok"))
    client = signed_in(make_user(enrolment.person))
    address = f"/programmes/{enrolment.programme.slug}/my-part/"

    wrong = client.post(address, form_of(want_1="short vidoes"))
    right = client.post(address, form_of(want_1="tiktok"))

    assert wrong.status_code == 422
    assert "Did you mean Short video?" in wrong.content.decode()
    assert right.status_code == 302
    assert [want.skill for want in enrolment.wants.all()] == [video]


def test_every_group_of_fields_says_who_can_read_it(signed_in: SignIn) -> None:
    enrolment = enrolled()
    client = signed_in(make_user(enrolment.person))
    page = client.get(f"/programmes/{enrolment.programme.slug}/my-part/").content.decode()

    for sentence in (
        "only the person you ask can read this",
        "Your partner can read this once you have both agreed",
        "Learners of this programme can read this",
        "Used for matching, never shown to anyone",
    ):
        assert sentence in page


def test_coordinators_never_read_what_people_write(signed_in: SignIn) -> None:
    programme = make_programme(state="enrolling")
    make_enrolment(
        programme,
        learner=True,
        goals=SECRET,
        career_direction=SECRET,
        comfort=SECRET,
        off_limits=SECRET,
        value_statement=SECRET,
    )
    client = signed_in(make_user(make_coordinator(programme)))

    for page in ("", "participants/", "readiness/", "set-up/"):
        assert SECRET not in client.get(f"/programmes/{programme.slug}/{page}").content.decode()


def test_two_people_are_kept_apart_without_a_trace_of_who_asked(now: datetime) -> None:
    enrolment = enrolled()
    other = make_person("Kit Tallow")
    by = actor_for_person(enrolment.person)

    for _time in range(2):
        keep_apart(enrolment=enrolment, other=other, by=by, now=now)

    apart = KeepApart.objects.get()
    assert {apart.one, apart.other} == {enrolment.person, other}
    for entry in Entry.objects.all():
        assert entry.actor_id is None
        assert entry.target_label == str(enrolment.programme)
        assert "Kit" not in str(vars(entry))


def test_a_wish_is_taken_back_and_looks_like_any_other(now: datetime) -> None:
    enrolment = enrolled()
    other = make_person()
    by = actor_for_person(enrolment.person)
    keep_apart(enrolment=enrolment, other=other, by=by, now=now)
    KeepApart.objects.create(
        one=min(enrolment.person, other, key=lambda p: p.pk),
        other=max(enrolment.person, other, key=lambda p: p.pk),
        reason="wish",
        asked_by_person_id=other.pk,
    )

    take_back_apart(enrolment=enrolment, other=other, by=by, now=now)

    assert [row.asked_by_person_id for row in KeepApart.objects.all()] == [other.pk]
    assert len(set(Entry.objects.values_list("verb", "actor_label", "target_label"))) == 1


def test_nobody_keeps_others_apart_or_oneself(now: datetime) -> None:
    enrolment = enrolled()
    with pytest.raises(NotAllowed):
        keep_apart(
            enrolment=enrolment, other=make_person(), by=actor_for_person(make_person()), now=now
        )
    with pytest.raises(Refused, match="other than yourself"):
        keep_apart(
            enrolment=enrolment,
            other=enrolment.person,
            by=actor_for_person(enrolment.person),
            now=now,
        )


def test_the_page_shows_nobody_who_is_kept_apart(signed_in: SignIn) -> None:
    enrolment = enrolled()
    other = make_person("Kit Tallow")
    client = signed_in(make_user(enrolment.person))
    base = f"/programmes/{enrolment.programme.slug}/my-part/"

    told = client.post(f"{base}apart/note/", {"person": other.key}, follow=True)

    assert KeepApart.objects.count() == 1
    assert "Noted. Nobody is told, and no page shows it." in told.content.decode()
    for page in ("", "apart/"):
        assert "Kit Tallow" not in client.get(base + page).content.decode()
