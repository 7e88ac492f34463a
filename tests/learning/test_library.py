"""The library: five kinds and articles, what they rest on, who may change them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import actor_for_person, make_person, make_skill, make_user
from tests.factories.learning import make_keeper, make_librarian, make_pack, make_resource
from viceversa.history.models import Entry
from viceversa.learning.actions.resource import (
    ResourceText,
    add_resource,
    change_resource,
    restore_resource,
    retire_resource,
    review_resource,
)
from viceversa.learning.models import Resource
from viceversa.learning.queries.library import suggested
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
TEXT = ResourceText(kind="coaching", title="Coaching", words="Six talks.", ask="The coaches")
ARTICLE = ResourceText(kind="article", title="Who does it", words="Three firms.", sources="A text")


def day(now: datetime, days: int = 90) -> date:
    return (now + timedelta(days=days)).date()


def add(text: ResourceText, now: datetime, **more: Any) -> Resource:
    fields: dict[str, Any] = {"topics": [], "owner": None, "review_by": day(now)}
    by = more.pop("by", None) or make_keeper()
    return add_resource(text=text, by=by, now=now, **(fields | more))


def form(**fields: str) -> dict[str, str]:
    soon = (clock.now() + timedelta(days=60)).date().isoformat()
    given = {"kind": "coaching", "title": "Coaching", "words": "Six talks.", "ask": "The desk"}
    return {**given, "language": "English", "review_by": soon, **fields}


def test_a_keeper_adds_each_of_the_five_kinds_and_it_is_recorded(now: datetime) -> None:
    kinds = ["coaching", "on_the_job", "learning", "group", "mentoring"]

    for kind in kinds:
        add(replace(TEXT, kind=kind), now, topics=[make_skill("Short video")])

    assert list(Resource.objects.order_by("id").values_list("kind", flat=True)) == kinds
    assert Resource.objects.filter(topics__name="Short video", reviewed_on=now.date()).count() == 5
    entries = Entry.objects.filter(verb="learning.resource.added").order_by("id")
    assert [entry.detail["kind"] for entry in entries] == kinds


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (replace(TEXT, ask="  "), "Give an address, or say whom to ask"),
        (replace(ARTICLE, sources=" "), "name the sources"),
        (replace(TEXT, has_interests=True), "Say who gains"),
    ],
)
def test_what_leads_nowhere_cites_nothing_or_hides_an_interest_is_refused(
    text: ResourceText, sentence: str, now: datetime
) -> None:
    with pytest.raises(Refused, match=sentence):
        add(text, now)
    assert not Resource.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 800])
def test_the_day_of_the_next_review_lies_ahead_and_within_two_years(
    days: int, now: datetime
) -> None:
    with pytest.raises(Refused):
        add(TEXT, now, review_by=day(now, days))


def test_a_change_says_which_parts_changed_and_not_how(now: datetime) -> None:
    resource, owner = make_resource(), make_person()
    text = replace(TEXT, title="Seven talks", words="Now there are seven.")

    change_resource(
        resource=resource,
        text=text,
        topics=[],
        owner=owner,
        review_by=resource.review_by,
        by=make_keeper(),
        now=now,
    )

    resource.refresh_from_db()
    assert (resource.title, resource.owner) == ("Seven talks", owner)
    assert "seven" in resource.search
    entry = Entry.objects.get(verb="learning.resource.changed")
    assert set(entry.detail["changed"]) == {"title", "words", "ask", "owner"}


def test_reading_it_again_moves_the_day_and_a_retired_one_is_not_read_again(now: datetime) -> None:
    resource, keeper = make_resource(review_by=day(now, 3)), make_keeper()

    review_resource(resource=resource, review_by=day(now, 100), by=keeper, now=now)
    retire_resource(resource=resource, by=keeper, now=now)
    with pytest.raises(Refused, match="Bring it back first"):
        review_resource(resource=resource, review_by=day(now, 200), by=keeper, now=now)
    with pytest.raises(Refused, match="Bring it back first"):
        retire_resource(resource=resource, by=keeper, now=now)
    restore_resource(resource=resource, by=keeper, now=now)
    with pytest.raises(Refused, match="in use already"):
        restore_resource(resource=resource, by=keeper, now=now)

    resource.refresh_from_db()
    assert (resource.review_by, resource.retired_at) == (day(now, 100), None)
    assert list(
        Entry.objects.filter(verb__startswith="learning.").order_by("id").values_list("verb")
    ) == [(f"learning.resource.{what}",) for what in ("reviewed", "retired", "restored")]


def test_nobody_else_adds_changes_reviews_retires_or_brings_back(now: datetime) -> None:
    resource, reader = make_resource(), actor_for_person(make_person())
    given: dict[str, Any] = {"by": reader, "now": now}
    rest = {"topics": [], "owner": None, "review_by": day(now)}

    for act in (
        lambda: add_resource(text=TEXT, **rest, **given),
        lambda: change_resource(resource=resource, text=TEXT, **rest, **given),
        lambda: review_resource(resource=resource, review_by=day(now), **given),
        lambda: retire_resource(resource=resource, **given),
        lambda: restore_resource(resource=resource, **given),
    ):
        with pytest.raises(NotAllowed, match="change the library"):
            act()
    assert not Entry.objects.filter(verb__startswith="learning.").exists()


def test_everybody_finds_help_by_kind_word_and_topic(signed_in: SignIn) -> None:
    video, talk = make_skill("Short video"), make_skill("Negotiation")
    later = day(clock.now())
    make_resource("Six talks", topics=[talk], review_by=later)
    make_resource("The film desk", kind="on_the_job", topics=[video], review_by=later)
    make_resource("Laid aside", retired_at=clock.now(), review_by=later)
    reader = signed_in(make_user(make_person()))

    def found(query: str) -> list[str]:
        page = reader.get(f"/learning/library/?{query}")
        return [row.title for row, _freshness in page.context["rows"]]

    assert found("") == ["Six talks", "The film desk"]
    assert found("kind=on_the_job") == ["The film desk"]
    assert found("q=FILM") == ["The film desk"]
    assert found(f"topic={talk.pk}") == ["Six talks"]
    assert found("retired=yes") == ["Six talks", "The film desk"]
    assert found("kind=nonsense&topic=x&q=%00") == ["Six talks", "The film desk"]
    nothing = reader.get("/learning/library/?kind=mentoring").content.decode()
    assert "No mentoring programme is listed here" in nothing


def test_sources_and_interests_are_disclosed_on_the_page(signed_in: SignIn) -> None:
    resource = make_resource(
        "Who does it well",
        kind="article",
        sources="A magazine, 2011\nA client of ours",
        has_interests=True,
        interests="The publisher is a client of ours.",
        review_by=day(clock.now()),
    )

    page = signed_in(make_user(make_person())).get(f"/learning/library/{resource.key}/")

    shown = page.content.decode()
    assert "<dd>A magazine, 2011</dd><dd>A client of ours</dd>" in shown
    assert "The publisher is a client of ours." in shown
    assert "Change it" not in shown


def test_an_article_without_sources_comes_back_with_a_sentence(signed_in: SignIn) -> None:
    keeper = signed_in(make_user(make_librarian()))

    answer = keeper.post("/learning/library/add/", form(kind="article", has_interests="on"))

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Say whose words or findings these are." in shown
    assert not Resource.objects.exists()


def test_a_keeper_adds_and_changes_on_pages(signed_in: SignIn) -> None:
    make_skill("Short video")
    keeper = signed_in(make_user(make_librarian()))

    answer = keeper.post("/learning/library/add/", form(topics="short VIDEO"))
    resource = Resource.objects.get()
    assert answer["Location"] == f"/learning/library/{resource.key}/"
    wrong = keeper.post("/learning/library/add/", form(topics="Nonsense", language="Elvish"))
    assert wrong.status_code == 422
    assert "No skill is called “Nonsense”" in wrong.content.decode()
    assert "is not a language that is known here" in wrong.content.decode()
    keeper.post(f"/learning/library/{resource.key}/change/", form(title="Seven talks"))
    keeper.post(f"/learning/library/{resource.key}/retire/")

    resource.refresh_from_db()
    assert (resource.title, resource.language) == ("Seven talks", "en")
    assert signed_in(make_user(make_person())).get(answer["Location"]).status_code == 404
    assert "Bring it back" in keeper.get(answer["Location"]).content.decode()


def test_an_expired_text_says_so_and_leads_on_to_packs(signed_in: SignIn) -> None:
    video, today = make_skill("Short video"), clock.now()
    old = make_resource("Old", topics=[video], review_by=day(today, -1), language="kn")
    pack = make_pack("Short video", topics=[video], review_by=day(today))

    shown = signed_in(make_user(make_person())).get(f"/learning/library/{old.key}/")

    assert "Nobody has read this again in time" in shown.content.decode()
    assert "Kannada" in shown.content.decode()
    assert shown.context["packs"] == [pack]


def test_what_is_expired_or_retired_is_suggested_to_nobody(now: datetime) -> None:
    video = make_skill("Short video")
    row = make_resource("Fresh", topics=[video], review_by=day(now, 90))
    make_resource("Laid aside", topics=[video], review_by=day(now, 90), retired_at=now)

    assert suggested([video.pk], today=day(now, 90)) == [row]
    assert suggested([video.pk], today=day(now, 91)) == []
    assert suggested([], today=day(now, 0)) == []


def test_the_list_asks_the_same_for_one_and_for_three(
    signed_in: SignIn, django_assert_num_queries: Any
) -> None:
    reader = signed_in(make_user(make_person()))
    make_resource("One", topics=[make_skill("A")], review_by=day(clock.now()))
    reader.get("/learning/library/")
    with django_assert_num_queries(9) as first:
        reader.get("/learning/library/")
    for title in ("Two", "Three"):
        make_resource(title, topics=[make_skill(title)], review_by=day(clock.now()))
    with django_assert_num_queries(len(first)):
        reader.get("/learning/library/")
