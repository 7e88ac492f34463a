"""Training: cards with replies, what a programme asks for, and who is told when a text is due."""

from collections.abc import Callable
from datetime import datetime, timedelta

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
from tests.factories.learning import finish, make_demand, make_pack, make_resource
from viceversa.history.models import Entry
from viceversa.learning.actions.reminding import remind_of_reviews
from viceversa.learning.actions.training import complete_module, set_demands
from viceversa.learning.models import Completion, Demand
from viceversa.learning.queries.training import demanded_of
from viceversa.learning.rules.modules import module, modules
from viceversa.notifications.models import Notification
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
JOB = system("learning", via="job")


@pytest.mark.pure
def test_three_trainings_take_less_than_ten_minutes_and_every_question_has_one_fitting_answer() -> (
    None
):
    assert {one.slug: set(one.sides) for one in modules()} == {
        "listening": {"learner", "adviser"},
        "humility": {"adviser"},
        "being-advised": {"learner"},
    }
    for one in modules():
        assert one.minutes < 10
        assert one.sources
        for card in one.cards:
            assert [answer.fits for answer in card.answers].count(True) == 1, card.title
            assert all(answer.reply for answer in card.answers), card.title


@pytest.mark.pure
def test_the_module_for_advisers_is_about_humility_and_the_one_for_both_about_listening() -> None:
    humility, listening = module("humility"), module("listening")
    assert humility
    assert listening
    assert "Take direction about the company" in [card.title for card in humility.cards]
    assert "Talking down, in small coins" in [card.title for card in listening.cards]
    assert module("no-such") is None


def test_a_training_is_finished_once_all_its_cards_are_answered_and_once_only(
    now: datetime,
) -> None:
    person, training = make_person(), modules()[0]
    by = actor_for_person(person)
    with pytest.raises(Refused, match="cards are left"):
        complete_module(module=training, answered=[1, 2], by=by, now=now)

    finish(person, training.slug, now)
    finish(person, training.slug, now + timedelta(days=3))

    assert Completion.objects.get().completed_at == now
    entry = Entry.objects.get(verb="learning.module.completed")
    assert entry.detail == {}


def test_an_account_without_a_person_finishes_nothing(now: datetime) -> None:
    training = modules()[0]
    with pytest.raises(NotAllowed, match="nobody in the directory"):
        complete_module(module=training, answered=training.numbers, by=JOB, now=now)


def test_a_card_replies_to_each_answer_and_keeps_none(signed_in: SignIn) -> None:
    training = modules()[0]
    reader = signed_in(make_user(make_person()))
    first = training.cards[0]
    address = f"/learning/training/{training.slug}/"

    for place, answer in enumerate(first.answers):
        page = reader.post(f"{address}1/", {"answer": place}).content.decode()
        assert answer.reply in page.replace("&#x27;", "'")
        assert ("Think again" in page) is not answer.fits
    nothing = reader.post(f"{address}1/", {"answer": "99"})
    assert nothing.status_code == 422
    assert "whichever comes closest" in nothing.content.decode()
    early = reader.post(f"{address}finish/", follow=True)
    assert early.redirect_chain == [(f"{address}2/", 302)]
    for number in training.numbers:
        reader.post(f"{address}{number}/", {"answer": "0"})
    done = reader.post(f"{address}finish/", follow=True).content.decode()

    assert "what you answered is not" in done
    assert "Finished" in done
    assert Completion.objects.get().module == training.slug
    assert not any("learning" in key for key in list(reader.session.keys()))
    assert reader.get(f"{address}99/").status_code == 404
    assert reader.get("/learning/training/no-such/").status_code == 404


def test_a_programme_asks_for_training_only_once_its_coordinators_say_so(now: datetime) -> None:
    programme = make_programme()
    by = actor_for_person(make_coordinator(programme))
    adviser = make_enrolment(programme, adviser=True).person
    assert demanded_of(actor_for_person(adviser)) == set()

    set_demands(programme=programme, slugs=["humility", "being-advised"], by=by, now=now)
    assert demanded_of(actor_for_person(adviser)) == {"humility"}
    set_demands(programme=programme, slugs=["listening"], by=by, now=now)

    assert demanded_of(actor_for_person(adviser)) == {"listening"}
    assert demanded_of(actor_for_person(make_person())) == set()
    entries = Entry.objects.filter(verb="learning.training.demanded").order_by("id")
    assert [entry.detail["modules"] for entry in entries] == [
        ["being-advised", "humility"],
        ["listening"],
    ]


def test_asking_again_for_what_is_asked_for_keeps_its_first_day(now: datetime) -> None:
    programme = make_programme()
    by = actor_for_person(make_coordinator(programme))
    for days in (0, 5):
        at = now + timedelta(days=days)
        set_demands(programme=programme, slugs=["listening"], by=by, now=at)
    assert Demand.objects.get().created_at == now


def test_demands_are_refused_to_others_for_unknown_training_and_in_an_archive(
    now: datetime,
) -> None:
    programme, archived = make_programme(), make_programme(state="archived")
    other = actor_for_person(make_coordinator(make_programme()))
    with pytest.raises(NotAllowed):
        set_demands(programme=programme, slugs=["listening"], by=other, now=now)
    for where, slug, sentence in (
        (programme, "juggling", "no such training"),
        (archived, "listening", "archived"),
    ):
        by = actor_for_person(make_coordinator(where))
        with pytest.raises(Refused, match=sentence):
            set_demands(programme=where, slugs=[slug], by=by, now=now)
    assert not Demand.objects.exists()


def test_coordinators_tick_the_training_on_a_page_and_others_find_nothing(
    signed_in: SignIn,
) -> None:
    programme = make_programme()
    address = f"/programmes/{programme.slug}/training/"
    coordinator = signed_in(make_user(make_coordinator(programme)))

    page = coordinator.post(address, {"modules": ["listening"]}, follow=True).content.decode()
    assert "nobody books a first half hour before both have finished" in page
    assert "checked" in page
    wrong = coordinator.post(address, {"modules": ["juggling"]})
    assert wrong.status_code == 422
    nothing = coordinator.post(address, {}, follow=True).content.decode()
    assert "Nobody waits for a training now." in nothing

    learner = make_enrolment(programme, learner=True).person
    assert signed_in(make_user(learner)).get(address).status_code == 404


def test_whoever_is_asked_sees_it_first_where_learning_begins(
    signed_in: SignIn, now: datetime
) -> None:
    programme = make_programme()
    learner = make_enrolment(programme, learner=True).person
    make_demand(programme, "listening", now)
    make_demand(programme, "humility", now)
    reader = signed_in(make_user(learner))

    page = reader.get("/learning/").content.decode()
    assert "A programme of yours asks for one training." in page
    assert page.count("Asked for by your programme") == 1
    finish(learner, "listening", now)
    assert "Plans for a half hour" in reader.get("/learning/").content.decode()


def test_the_owner_of_a_text_is_told_once_two_weeks_before_its_review(now: datetime) -> None:
    owner = make_person("Kit Tallow")
    due, far = (now + timedelta(days=days) for days in (14, 15))
    resource = make_resource("Coaching", owner=owner, review_by=due.date())
    make_pack("Films", owner=owner, review_by=due.date())
    make_pack("On its way", owner=owner, review_by=due.date(), state="draft")
    make_resource("Not yet", owner=owner, review_by=far.date())
    make_resource("Nobody's", review_by=due.date())
    make_resource("Left", owner=make_person(left_on=now.date()), review_by=due.date())

    assert remind_of_reviews(by=JOB, now=now) == 2
    assert remind_of_reviews(by=JOB, now=now) == 0

    told = Notification.objects.filter(kind="learning.due").order_by("id")
    assert [(row.person, row.title) for row in told] == [
        (owner, "“Coaching” is due for a review"),
        (owner, "“Films” is due for a review"),
    ]
    assert Entry.objects.filter(verb="learning.review_due").count() == 2
    resource.refresh_from_db()
    resource.review_by = (due + timedelta(days=1)).date()
    resource.save()
    assert remind_of_reviews(by=JOB, now=now + timedelta(days=1)) == 2
