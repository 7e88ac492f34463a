"""The renewal check: everyone may say whether they gain, and only counts leave."""

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
    make_user,
)
from viceversa.history.models import Entry
from viceversa.programmes.actions import say_gained
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.programmes.queries import renewal_of
from viceversa.programmes.rules.renewal import Renewal, Side
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
ASKED = "Have you gained from it so far?"


def answers(programme: Programme, *, learners: str, advisers: str) -> None:
    """One letter for each person: y for yes, n for no, - for not yet."""
    words = {"y": "yes", "n": "no", "-": "not_yet"}
    for letter in learners:
        make_enrolment(programme, learner=True, gained=words[letter])
    for letter in advisers:
        make_enrolment(programme, adviser=True, gained=words[letter])


def page_of(signed_in: SignIn, programme: Programme, page: str = "") -> str:
    client = signed_in(make_user(make_coordinator(programme)))
    return client.get(f"/programmes/{programme.slug}/{page}").content.decode()


def test_a_participant_answers_and_changes_the_answer(now: datetime) -> None:
    enrolment = make_enrolment(make_programme(state="running"), adviser=True)
    by = actor_for_person(enrolment.person)

    first = say_gained(enrolment=enrolment, answer="not_yet", by=by, now=now).gained
    second = say_gained(enrolment=enrolment, answer="yes", by=by, now=now).gained

    enrolment.refresh_from_db()
    assert (first, second, enrolment.gained) == ("not_yet", "yes", "yes")


def test_history_keeps_that_it_was_answered_and_not_what(now: datetime) -> None:
    enrolment = make_enrolment(make_programme(state="closing"), learner=True)

    say_gained(
        enrolment=enrolment, answer="not_yet", by=actor_for_person(enrolment.person), now=now
    )

    entry = Entry.objects.get()
    assert (entry.verb, entry.detail) == ("programmes.gained.answered", {})
    assert "not_yet" not in str(vars(entry))


@pytest.mark.parametrize("state", ["draft", "enrolling", "matching", "archived"])
def test_it_is_asked_only_while_a_programme_runs_or_closes(now: datetime, state: str) -> None:
    enrolment = make_enrolment(make_programme(state=state), learner=True)

    with pytest.raises(Refused, match="runs or closes"):
        say_gained(
            enrolment=enrolment, answer="yes", by=actor_for_person(enrolment.person), now=now
        )


@pytest.mark.parametrize("state", ["invited", "waiting", "declined", "withdrawn"])
def test_it_is_asked_only_of_people_who_take_part(now: datetime, state: str) -> None:
    enrolment = make_enrolment(make_programme(state="running"), learner=True, state=state)

    with pytest.raises(Refused, match="take part"):
        say_gained(
            enrolment=enrolment, answer="yes", by=actor_for_person(enrolment.person), now=now
        )


def test_an_answer_is_one_of_three(now: datetime) -> None:
    enrolment = make_enrolment(make_programme(state="running"), learner=True)

    for answer in ("", "perhaps"):
        with pytest.raises(Refused, match="yes, not yet or no"):
            say_gained(
                enrolment=enrolment, answer=answer, by=actor_for_person(enrolment.person), now=now
            )


def test_nobody_answers_for_somebody_else(now: datetime) -> None:
    programme = make_programme(state="running")
    enrolment = make_enrolment(programme, learner=True)

    for person in (make_coordinator(programme), make_person()):
        with pytest.raises(NotAllowed):
            say_gained(enrolment=enrolment, answer="yes", by=actor_for_person(person), now=now)
    enrolment.refresh_from_db()
    assert enrolment.gained == ""


def test_the_question_is_answered_on_the_programme_page_and_says_who_reads_it(
    signed_in: SignIn,
) -> None:
    programme = make_programme(state="running")
    person = make_enrolment(programme, learner=True).person
    client = signed_in(make_user(person))
    address = f"/programmes/{programme.slug}/"

    before = client.get(address).content.decode()
    after = client.post(f"{address}gained/", {"answer": "not_yet"}, follow=True).content.decode()

    assert ASKED in before
    assert "coordinators and sponsors see counts of five or more" in before
    assert "You said not yet." in after
    assert Enrolment.objects.get().gained == "not_yet"


@pytest.mark.parametrize("role", ["coordinator", "sponsor"])
def test_who_runs_it_and_takes_part_is_asked_too(signed_in: SignIn, role: str) -> None:
    programme = make_programme(state="running")
    person = make_enrolment(programme, learner=True).person
    Standing.objects.create(programme=programme, person=person, role=role)

    page = signed_in(make_user(person)).get(f"/programmes/{programme.slug}/").content.decode()

    assert ASKED in page


def test_the_question_is_not_on_the_page_before_it_runs(signed_in: SignIn) -> None:
    programme = make_programme(state="matching")
    person = make_enrolment(programme, learner=True).person

    page = signed_in(make_user(person)).get(f"/programmes/{programme.slug}/").content.decode()

    assert ASKED not in page


@pytest.mark.parametrize(("page", "state"), [("duplicate/", "running"), ("", "closing")])
def test_renewal_is_advised_when_both_sides_say_they_gained(
    signed_in: SignIn, page: str, state: str
) -> None:
    programme = make_programme(state=state)
    answers(programme, learners="yyyy-", advisers="yyyn--")

    shown = page_of(signed_in, programme, page)

    assert "4 of 5 learners and 3 of 6 advisers say they gained." in shown
    assert "Both sides gain" in shown


def test_renewal_is_advised_against_when_one_side_gains_too_little(signed_in: SignIn) -> None:
    programme = make_programme(state="closing")
    answers(programme, learners="yyyyy", advisers="yy--n")

    shown = page_of(signed_in, programme, "duplicate/")

    assert "5 of 5 learners and 2 of 5 advisers say they gained." in shown
    assert "We advise against renewing it as it is" in shown
    assert "fewer than half of the advisers gained" in shown


@pytest.mark.parametrize(("learners", "advisers"), [("yyyyyy", "nnnn"), ("yyyy", "nnnnnn")])
def test_fewer_than_five_answers_on_either_side_show_no_number_and_no_verdict(
    signed_in: SignIn, learners: str, advisers: str
) -> None:
    programme = make_programme(state="closing")
    answers(programme, learners=learners, advisers=advisers)

    for page in ("", "duplicate/"):
        shown = page_of(signed_in, programme, page)
        assert "Too few answers to show." in shown
        assert "Renew only when both sides gain." in shown
        assert "say they gained" not in shown
        assert "advise against" not in shown


def test_a_sponsor_reads_the_check_when_it_closes(signed_in: SignIn) -> None:
    programme = make_programme(state="closing")
    sponsor = make_person()
    Standing.objects.create(programme=programme, person=sponsor, role="sponsor")
    answers(programme, learners="yyyyy", advisers="yyyyy")

    page = signed_in(make_user(sponsor)).get(f"/programmes/{programme.slug}/").content.decode()

    assert "5 of 5 learners and 5 of 5 advisers say they gained." in page


def test_a_participant_never_reads_the_counts(signed_in: SignIn) -> None:
    programme = make_programme(state="closing")
    answers(programme, learners="yyyyy", advisers="yyyyy")
    person = make_enrolment(programme, learner=True).person
    client = signed_in(make_user(person))

    assert "say they gained" not in client.get(f"/programmes/{programme.slug}/").content.decode()
    assert client.get(f"/programmes/{programme.slug}/duplicate/").status_code == 404


def test_an_answer_stays_counted_when_its_author_stops() -> None:
    programme = make_programme(state="running")
    make_enrolment(programme, learner=True, adviser=True, gained="no", state="withdrawn")
    make_enrolment(programme, learner=True, gained="yes")
    make_enrolment(programme, adviser=True)

    assert renewal_of(programme) == Renewal(Side(1, 2), Side(0, 1))


def test_both_sides_are_named_when_both_gain_too_little() -> None:
    advice = Renewal(Side(1, 5), Side(2, 5)).advice

    assert "fewer than half of the learners and of the advisers gained" in advice
    assert not Renewal(Side(3, 6), Side(5, 5)).is_advised_against
