"""Lessons learned: one's own until shared, and never without consent."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_programme,
    make_user,
)
from viceversa.history.models import Entry
from viceversa.programmes.actions import save_lesson
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
LESSON = "Ask for the worst example first."


def test_a_lesson_is_read_by_the_others_only_when_it_is_shared(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    programme = make_programme(state="running")
    author = make_enrolment(programme, learner=True)
    reader = signed_in(make_user(make_enrolment(programme, adviser=True).person))
    by = actor_for_person(author.person)
    address = f"/programmes/{programme.slug}/lessons/"

    save_lesson(enrolment=author, text=LESSON, is_shared=False, by=by, now=now)
    before = reader.get(address).content.decode()
    save_lesson(enrolment=author, text=LESSON, is_shared=True, by=by, now=now)
    after = reader.get(address).content.decode()
    save_lesson(enrolment=author, text=LESSON, is_shared=False, by=by, now=now)
    taken_back = reader.get(address).content.decode()

    assert (LESSON in before, LESSON in after, LESSON in taken_back) == (False, True, False)


def test_a_lesson_is_recorded_without_its_words(now: datetime) -> None:
    enrolment = make_enrolment(make_programme(), learner=True)

    save_lesson(
        enrolment=enrolment,
        text=LESSON,
        is_shared=True,
        by=actor_for_person(enrolment.person),
        now=now,
    )

    entry = Entry.objects.get()
    assert (entry.verb, entry.detail) == ("programmes.lesson.saved", {"shared": True})


def test_an_empty_or_endless_lesson_cannot_be_shared(now: datetime) -> None:
    enrolment = make_enrolment(make_programme(), learner=True)
    by = actor_for_person(enrolment.person)

    for text in (" ", "x" * 601):
        with pytest.raises(Refused):
            save_lesson(enrolment=enrolment, text=text, is_shared=True, by=by, now=now)


def test_nobody_writes_a_lesson_in_another_name(now: datetime) -> None:
    programme = make_programme()
    enrolment = make_enrolment(programme, learner=True)

    with pytest.raises(NotAllowed):
        save_lesson(
            enrolment=enrolment,
            text=LESSON,
            is_shared=True,
            by=actor_for_person(make_coordinator(programme)),
            now=now,
        )
