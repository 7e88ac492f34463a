"""What comes with the product: packs, articles and words, and how they arrive."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import make_person, make_user
from tests.factories.learning import make_librarian
from viceversa.history.models import Entry
from viceversa.learning.actions.resource import retire_resource
from viceversa.learning.actions.starter import load_starter
from viceversa.learning.models import Pack, Resource
from viceversa.learning.rules.packs import wrong_with_steps
from viceversa.learning.rules.starter import starter_packs
from viceversa.people.actions import load_taxonomy
from viceversa.people.models import Skill
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import NotAllowed

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
BY = system("setup", via="command")


@pytest.mark.pure
def test_every_plan_that_comes_along_fills_the_half_hour() -> None:
    plans = [plan for pack in starter_packs() for plan in pack.plans]
    assert len(plans) > 12
    assert [plan for plan in plans if wrong_with_steps(plan.steps)] == []


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    """Somebody who reads, where everything that comes along has been loaded."""
    load_taxonomy(by=BY, now=clock.now())
    load_starter(by=BY, now=clock.now())
    return signed_in(make_user(make_person()))


def page_of(reader: Client, origin: str) -> str:
    pack = Pack.objects.filter(origin=origin).first()
    where = f"packs/{pack.key}" if pack else f"library/{Resource.objects.get(origin=origin).key}"
    return reader.get(f"/learning/{where}/").content.decode()


def test_everything_that_comes_along_names_its_sources_and_topics_that_exist(
    reader: Client,
) -> None:
    for text in (*Pack.objects.all(), *Resource.objects.all()):
        assert text.source_lines, text.title
        assert text.topics.exists(), text.title


def test_the_pack_about_devices_asks_for_one_setting_that_annoys(reader: Client) -> None:
    page = page_of(reader, "device-basics")
    assert "Change one setting that has annoyed you for a year." in page
    assert "Smartphone basics" in page


def test_the_company_is_seen_through_new_eyes_in_hiring_first_weeks_and_every_day(
    reader: Client,
) -> None:
    page = page_of(reader, "new-eyes")
    assert "The company through new eyes" in page
    for topic in ("Hiring", "Onboarding", "Company culture"):
        assert f">{topic}</a>" in page


def test_packs_on_artificial_intelligence_and_security_wait_for_an_expert_of_the_organisation(
    reader: Client,
) -> None:
    risky = Pack.objects.filter(is_risky=True).order_by("origin")
    assert [(pack.origin, pack.state) for pack in risky] == [
        ("ai-assistants", "draft"),
        ("data-security", "draft"),
    ]
    for pack in risky:
        assert reader.get(f"/learning/packs/{pack.key}/").status_code == 404
    assert "judge" in page_of(reader, "short-video")


def test_the_pack_about_top_roles_says_that_nothing_is_a_promise(reader: Client) -> None:
    page = page_of(reader, "top-roles")
    assert "Nothing said here is a promise." in page
    assert "honest evaluation" in page
    assert "formal way" in page


def test_the_library_tells_where_it_comes_from_and_spells_the_name_rightly(
    reader: Client,
) -> None:
    page = page_of(reader, "article-welch")
    assert "first introduced by Jack Welch at GE" in page
    assert "it spells the name “Welsh”" in page


def test_examples_are_found_in_the_library_with_their_interests(reader: Client) -> None:
    found = reader.get("/learning/library/?kind=article&q=cisco").content.decode()
    assert "Who does it: HP, Cisco, Ogilvy" in found
    assert "does not say how well they work" in page_of(reader, "article-who-does-it")
    booth = page_of(reader, "article-m-booth")
    assert "Erica Swallow for Mashable" in booth
    assert "was a client of M Booth" in booth


def test_the_words_are_explained(reader: Client) -> None:
    page = reader.get("/learning/words/").content.decode()
    assert "<dt>Adviser</dt>" in page
    assert "<dt>Return stream</dt>" in page


def test_what_was_changed_or_retired_is_neither_changed_nor_brought_back(now: datetime) -> None:
    load_starter(by=BY, now=now)
    article = Resource.objects.get(origin="article-welch")
    retire_resource(resource=article, by=BY, now=now)
    Pack.objects.filter(origin="short-video").update(title="Our own words")
    Pack.objects.filter(origin="new-eyes").delete()

    assert load_starter(by=BY, now=now) == 1

    article.refresh_from_db()
    assert article.retired_at == now
    assert Pack.objects.get(origin="short-video").title == "Our own words"
    assert Pack.objects.filter(origin="new-eyes").exists()
    counts = [
        entry.detail["texts"]
        for entry in Entry.objects.filter(verb="learning.starter_loaded").order_by("id")
    ]
    assert counts[1:] == [1]


def test_only_those_who_keep_the_library_load_it(signed_in: SignIn, now: datetime) -> None:
    person = make_person()
    with pytest.raises(NotAllowed):
        load_starter(by=Actor(person_id=person.pk, label=person.name), now=now)

    keeper = signed_in(make_user(make_librarian()))
    first = keeper.post("/learning/keeping/load/", follow=True).content.decode()
    again = keeper.post("/learning/keeping/load/", follow=True).content.decode()

    assert "texts were added." in first
    assert "0 texts were added." in again
    assert not Skill.objects.exists()
