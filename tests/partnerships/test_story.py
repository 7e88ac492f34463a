"""A story: drafted by either, told when both say yes to the same words, taken back by either."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import actor_for_person, make_partnership, make_person, make_user
from tests.factories.goals import actor_of_side, sign_level
from tests.partnerships.test_closing import hand_in
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.closing import complete_partnership
from viceversa.partnerships.actions.story import propose_story, publish_story, take_story_back
from viceversa.partnerships.models import Partnership, Story
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.queries.story import draft_for, published_stories
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db

WORDS = "We filmed one minute a week, and the board asked for more."
OTHER = "We filmed together, and both of us learned to cut."


@pytest.fixture
def pair(now: datetime) -> Partnership:
    made = make_partnership(state="closing")
    sign_level(made, "story")
    for side in ("learner", "adviser"):
        hand_in(made, side, now, story_consent=True)
    return made


def propose(pair: Partnership, side: str, now: datetime, text: str = WORDS) -> Story:
    return propose_story(partnership=pair, text=text, by=actor_of_side(pair, side), now=now)


def publish(pair: Partnership, side: str, now: datetime, draft: str) -> Story:
    return publish_story(partnership=pair, draft=draft, by=actor_of_side(pair, side), now=now)


def told() -> list[str]:
    return [story.published for story in published_stories()]


def test_nobody_reads_a_draft_but_the_two(pair: Partnership, now: datetime) -> None:
    story = propose(pair, "learner", now)

    assert told() == []
    assert WORDS.encode() not in bytes(story.sealed)
    row = Notification.objects.get(kind="partnerships.story_proposed")
    assert WORDS not in row.title + row.body
    theirs = draft_for(seat_at(actor_of_side(pair, "adviser"), pair))
    assert (theirs.words["text"], theirs.waits_for_me, theirs.is_mine) == (WORDS, True, False)


def test_it_is_told_in_the_words_that_both_said_yes_to(pair: Partnership, now: datetime) -> None:
    story = propose(pair, "learner", now)
    publish(pair, "adviser", now, story.draft)

    assert told() == [WORDS]
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))[-2:]
    assert verbs == ["partnerships.story.proposed", "partnerships.story.published"]
    assert WORDS not in str(list(Entry.objects.values()))


def test_nobody_says_yes_twice_or_to_words_that_changed(pair: Partnership, now: datetime) -> None:
    first = propose(pair, "learner", now).draft
    with pytest.raises(Refused) as own:
        publish(pair, "learner", now, first)
    second = propose(pair, "adviser", now, OTHER).draft
    with pytest.raises(Refused) as changed:
        publish(pair, "adviser", now, first)

    assert (own.value.code, changed.value.code) == ("own", "changed")
    assert told() == []
    publish(pair, "learner", now, second)
    assert told() == [OTHER]


def test_what_is_told_stays_until_both_agree_to_other_words(
    pair: Partnership, now: datetime
) -> None:
    publish(pair, "adviser", now, propose(pair, "learner", now).draft)
    later = propose(pair, "adviser", now, OTHER)
    assert told() == [WORDS]

    publish(pair, "learner", now, later.draft)
    assert told() == [OTHER]


@pytest.mark.parametrize("side", ["learner", "adviser"])
def test_either_takes_it_back_at_any_time(pair: Partnership, now: datetime, side: str) -> None:
    story = propose(pair, "learner", now)
    publish(pair, "adviser", now, story.draft)
    complete_partnership(partnership=pair, by=actor_of_side(pair, "learner"), now=now)
    Partnership.objects.filter(pk=pair.pk).update(state="ended")

    take_story_back(partnership=pair, by=actor_of_side(pair, side), now=now)

    assert told() == []
    assert WORDS not in str(Story.objects.values().get())
    with pytest.raises(Refused, match="nothing to take back"):
        take_story_back(partnership=pair, by=actor_of_side(pair, side), now=now)


def test_after_taking_back_the_same_words_need_both_again(pair: Partnership, now: datetime) -> None:
    story = propose(pair, "learner", now)
    take_story_back(partnership=pair, by=actor_of_side(pair, "adviser"), now=now)

    with pytest.raises(Refused) as refused:
        publish(pair, "adviser", now, story.draft)
    assert refused.value.code == "changed"


def test_it_can_still_be_written_once_the_partnership_is_completed(
    pair: Partnership, now: datetime
) -> None:
    complete_partnership(partnership=pair, by=actor_of_side(pair, "learner"), now=now)
    pair.refresh_from_db()
    publish(pair, "adviser", now, propose(pair, "learner", now).draft)

    assert told() == [WORDS]


@pytest.mark.parametrize("why", ["one said no", "not agreed on", "still meeting"])
def test_without_the_yes_of_both_there_is_none(now: datetime, why: str) -> None:
    pair = make_partnership(state="closing")
    sign_level(pair, "goals" if why == "not agreed on" else "story")
    hand_in(pair, "learner", now, story_consent=True)
    hand_in(pair, "adviser", now, story_consent=why != "one said no")
    if why == "still meeting":
        Partnership.objects.filter(pk=pair.pk).update(state="active")

    with pytest.raises(Refused) as refused:
        propose(pair, "learner", now)
    assert refused.value.code == "no_story"


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_empty_or_endless_story_is_refused(pair: Partnership, now: datetime, text: str) -> None:
    with pytest.raises(Refused) as refused:
        propose(pair, "learner", now, text)
    assert refused.value.code == "length"


def test_others_neither_write_nor_take_back(pair: Partnership, now: datetime) -> None:
    stranger = actor_for_person(make_person())
    for act in (
        lambda: propose_story(partnership=pair, text=WORDS, by=stranger, now=now),
        lambda: publish_story(partnership=pair, draft="x", by=stranger, now=now),
        lambda: take_story_back(partnership=pair, by=stranger, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_pages_lead_two_people_from_a_draft_to_a_story(
    pair: Partnership, signed_in: Callable[..., Client]
) -> None:
    learner, adviser, other = (
        signed_in(make_user(person))
        for person in (pair.learner.person, pair.adviser.person, make_person())
    )
    path = f"/partnerships/{pair.key}/story/"
    assert path in learner.get(f"/partnerships/{pair.key}/closing/").content.decode()
    learner.post(path, {"text": WORDS})
    assert WORDS not in other.get("/partnerships/stories/").content.decode()

    page = adviser.get(path)
    assert WORDS in page.content.decode()
    draft = page.context["draft"].story.draft
    adviser.post(f"{path}publish/", {"draft": draft})
    read = other.get("/partnerships/stories/").content.decode()
    assert WORDS in read
    assert pair.learner.person.name in read

    learner.post(f"{path}take-back/")
    assert WORDS not in other.get("/partnerships/stories/").content.decode()
    assert learner.post(path, {"text": ""}).status_code == 422
    assert other.get(path).status_code == 404


def test_the_list_of_stories_costs_the_same_for_one_and_for_many(
    pair: Partnership,
    signed_in: Callable[..., Client],
    now: datetime,
    django_assert_num_queries: Any,
) -> None:
    client = signed_in(make_user(make_person()))
    publish(pair, "adviser", now, propose(pair, "learner", now).draft)
    client.get("/partnerships/stories/")
    with django_assert_num_queries(6):
        client.get("/partnerships/stories/")
    for number in range(3):
        Story.objects.create(
            partnership=make_partnership(state="completed"),
            draft="d",
            sealed=b"",
            author=pair.learner.person,
            written_at=now,
            published=f"Story {number}",
            published_at=now + timedelta(days=number),
        )
    with django_assert_num_queries(6):
        client.get("/partnerships/stories/")
