"""“I asked”: told only when everyone named agrees and somebody else has looked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from tests.factories.community import make_story
from viceversa.community.actions.story import (
    Told,
    agree_to_story,
    change_story,
    hand_in_story,
    leave_out_of_story,
    name_in_story,
    publish_story,
    send_story_back,
    take_story_back,
)
from viceversa.community.models import Story
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Story as StoryOfTwo
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
SECRET = "I did not know what a story ring is."
WORDS = {"not_known": SECRET, "asked": "The newest of the team.", "changed": "One a week."}


@pytest.fixture
def programme() -> Programme:
    return make_programme(state="running")


@pytest.fixture
def coordinator(programme: Programme) -> Person:
    return make_coordinator(programme)


def address(programme: Programme, *parts: str) -> str:
    return f"/programmes/{programme.slug}/community/stories/" + "".join(f"{p}/" for p in parts)


def adviser(programme: Programme) -> Person:
    return make_enrolment(programme, adviser=True).person


def reads(signed_in: SignedIn, person: Person, story: Story) -> bool:
    answer = signed_in(make_user(person)).get(address(story.programme, story.key))
    return answer.status_code == 200 and SECRET in answer.content.decode()


def test_a_story_goes_from_a_draft_over_consent_and_a_second_look_to_all(
    signed_in: SignedIn, programme: Programme, coordinator: Person
) -> None:
    author, named, reader = (make_enrolment(programme, learner=True).person for _turn in "abc")
    writing, naming, looking = (signed_in(make_user(p)) for p in (author, named, coordinator))
    writing.post(address(programme, "new"), WORDS)
    story = Story.objects.get()
    here = address(programme, story.key)

    found = writing.get(f"{here}?q={named.name}").content.decode()
    assert named.key in found
    writing.post(f"{here}named/", {"person": named.key})
    everyone = (named, coordinator, reader)
    assert [reads(signed_in, person, story) for person in everyone] == [False, False, False]
    writing.post(f"{here}hand-in/")
    assert [reads(signed_in, person, story) for person in everyone] == [True, False, False]
    naming.post(f"{here}agree/")
    assert [reads(signed_in, person, story) for person in everyone] == [True, True, False]
    looking.post(f"{here}publish/")
    assert [reads(signed_in, person, story) for person in everyone] == [True, True, True]
    assert SECRET in signed_in(make_user(reader)).get(address(programme)).content.decode()
    kinds = Notification.objects.filter(person=named).values_list("kind", flat=True)
    assert sorted(kinds) == ["community.named_in_story", "community.story_told"]


def test_a_no_of_somebody_named_stops_it_and_a_yes_is_for_these_words_only(
    programme: Programme, coordinator: Person, now: datetime
) -> None:
    author, named = make_enrolment(programme, learner=True).person, adviser(programme)
    story = make_story(programme, author=author, named=(named,))
    by, them = actor_for_person(author), actor_for_person(named)

    take_story_back(story=story, by=them, now=now)
    story.refresh_from_db()
    assert story.state == "draft"
    assert "rather not" in Notification.objects.get(person=author).body

    hand_in_story(story=story, by=by, now=now)
    agree_to_story(story=story, by=them, now=now)
    take_story_back(story=story, by=by, now=now)
    change_story(story=story, told=Told("Other", "words", "now"), by=by, now=now)
    hand_in_story(story=story, by=by, now=now)
    with pytest.raises(Refused):
        publish_story(story=story, by=actor_for_person(coordinator), now=now)


def test_what_is_told_is_taken_back_by_anybody_in_it(
    signed_in: SignedIn, programme: Programme, coordinator: Person, now: datetime
) -> None:
    for place in range(2):
        author, named = make_enrolment(programme, learner=True).person, adviser(programme)
        story = make_story(programme, author=author, named=(named,))
        agree_to_story(story=story, by=actor_for_person(named), now=now)
        publish_story(story=story, by=actor_for_person(coordinator), now=now)
        assert reads(signed_in, adviser(programme), story)

        by = actor_for_person((author, named)[place])
        take_story_back(story=story, by=by, now=now)

        assert not reads(signed_in, adviser(programme), story)
        assert reads(signed_in, author, story)


def test_whoever_left_the_programme_still_reads_what_they_stand_in_and_takes_it_back(
    signed_in: SignedIn, programme: Programme, coordinator: Person, now: datetime
) -> None:
    author, named = make_enrolment(programme, learner=True).person, adviser(programme)
    story = make_story(programme, author=author, named=(named,))
    agree_to_story(story=story, by=actor_for_person(named), now=now)
    publish_story(story=story, by=actor_for_person(coordinator), now=now)
    other = make_story(programme, named=(adviser(programme),))
    Enrolment.objects.filter(person=named).update(state="withdrawn")
    client = signed_in(make_user(named))

    page = client.get(address(programme, story.key)).content.decode()
    assert SECRET in page
    assert "Take it back" in page
    assert client.get(address(programme)).status_code == 404
    assert client.get(address(programme, other.key)).status_code == 404

    done = client.post(address(programme, story.key, "take-back"))
    assert client.get(done["Location"]).status_code == 200
    story.refresh_from_db()
    assert story.state == Story.State.DRAFT


def test_an_author_who_left_the_programme_removes_the_story_but_hands_none_in(
    signed_in: SignedIn, programme: Programme
) -> None:
    author = make_enrolment(programme, learner=True).person
    story = make_story(programme, author=author, handed_in=False)
    Enrolment.objects.filter(person=author).update(state="withdrawn")
    client = signed_in(make_user(author))

    assert "Hand it in" not in client.get(address(programme, story.key)).content.decode()
    assert client.post(address(programme, story.key, "hand-in")).status_code in (403, 404)
    assert (
        "Nobody can bring them back" in client.get(address(programme, story.key)).content.decode()
    )
    client.post(address(programme, story.key, "remove"))
    assert not Story.objects.exists()


def test_the_second_look_is_never_that_of_somebody_in_the_story(
    programme: Programme, coordinator: Person, now: datetime
) -> None:
    own = make_story(programme, author=coordinator)
    about = make_story(programme, named=(coordinator,))
    agree_to_story(story=about, by=actor_for_person(coordinator), now=now)
    for story in (own, about):
        with pytest.raises(Refused, match="another coordinator"):
            publish_story(story=story, by=actor_for_person(coordinator), now=now)

    second = actor_for_person(make_coordinator(programme))
    publish_story(story=own, by=second, now=now)
    assert Story.objects.filter(state="published").count() == 1


def test_a_coordinator_sends_back_with_a_reason_that_the_author_reads(
    signed_in: SignedIn, programme: Programme, coordinator: Person
) -> None:
    story = make_story(programme)
    looking = signed_in(make_user(coordinator))
    here = address(programme, story.key)

    assert looking.post(f"{here}send-back/", {"reason": ""}).status_code == 422
    looking.post(f"{here}send-back/", {"reason": "A client can be recognised."})

    page = signed_in(make_user(story.author)).get(here).content.decode()
    assert "A client can be recognised." in page
    assert not reads(signed_in, coordinator, story)


def test_only_people_of_the_programme_are_named_and_only_by_the_author(
    programme: Programme, now: datetime
) -> None:
    story = make_story(programme, handed_in=False)
    by = actor_for_person(story.author)
    with pytest.raises(Refused, match="people of this programme"):
        name_in_story(story=story, person=make_person(), by=by, now=now)
    named = adviser(programme)
    with pytest.raises(NotAllowed):
        name_in_story(story=story, person=named, by=actor_for_person(named), now=now)

    name_in_story(story=story, person=named, by=by, now=now)
    leave_out_of_story(story=story, person=named, by=by, now=now)
    assert not story.named.exists()
    for _number in range(5):
        name_in_story(story=story, person=adviser(programme), by=by, now=now)
    with pytest.raises(Refused, match="at most 5"):
        name_in_story(story=story, person=adviser(programme), by=by, now=now)


def test_under_way_nothing_is_changed_and_others_can_do_nothing(
    programme: Programme, now: datetime
) -> None:
    story, other = make_story(programme), actor_for_person(adviser(programme))
    with pytest.raises(Refused, match="Take it back first"):
        change_story(
            story=story, told=Told("a", "b", "c"), by=actor_for_person(story.author), now=now
        )
    for act in (publish_story, take_story_back, agree_to_story, hand_in_story):
        with pytest.raises(NotAllowed):
            act(story=story, by=other, now=now)
    with pytest.raises(NotAllowed):
        send_story_back(story=story, reason="No.", by=other, now=now)


def test_a_draft_and_nothing_look_the_same_to_others(
    signed_in: SignedIn, programme: Programme
) -> None:
    story = make_story(programme, handed_in=False)
    reader = signed_in(make_user(adviser(programme)))
    for key in (story.key, "nothing"):
        for answer in (
            reader.get(address(programme, key)),
            reader.get(address(programme, key, "change")),
            reader.post(address(programme, key, "publish")),
            reader.post(address(programme, key, "named"), {"person": "x"}),
        ):
            assert answer.status_code == 404
    stranger = signed_in(make_user(make_person()))
    assert stranger.get(address(programme)).status_code == 404


def test_stories_of_two_people_stand_there_once_both_agreed(
    signed_in: SignedIn, programme: Programme, now: datetime
) -> None:
    for home, text in ((programme, "We two began late."), (make_programme(), "Elsewhere.")):
        pair = make_partnership(home, state="completed")
        StoryOfTwo.objects.create(
            partnership=pair,
            draft="d",
            sealed=b"-",
            author=pair.learner.person,
            written_at=now,
            published=text,
            published_at=now,
        )

    page = signed_in(make_user(adviser(programme))).get(address(programme)).content.decode()

    assert "We two began late." in page
    assert "Elsewhere." not in page


def test_a_sponsors_story_is_marked_as_one(
    signed_in: SignedIn, programme: Programme, coordinator: Person, now: datetime
) -> None:
    sponsor = make_person()
    Standing.objects.create(programme=programme, person=sponsor, role="sponsor")
    story = make_story(programme, author=sponsor)
    publish_story(story=story, by=actor_for_person(coordinator), now=now)

    page = signed_in(make_user(adviser(programme))).get(address(programme)).content.decode()

    assert '<span class="badge">Sponsor</span>' in page


def test_three_a_day_and_no_words_in_the_record(programme: Programme, now: datetime) -> None:
    author = make_enrolment(programme, learner=True).person
    for _number in range(3):
        make_story(programme, author=author, now=now)
    with pytest.raises(Refused, match="come back tomorrow"):
        make_story(programme, author=author, now=now)
    rows = Entry.objects.filter(verb__startswith="community.story")
    assert rows.count() == 6
    assert not any("ring" in f"{row.detail}{row.target_label}" for row in rows)


def test_the_page_costs_the_same_for_one_and_for_many(
    signed_in: SignedIn,
    programme: Programme,
    coordinator: Person,
    now: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    reader = signed_in(make_user(make_coordinator(programme)))

    def tell() -> None:
        named = adviser(programme)
        for publish in (True, False):
            story = make_story(programme, named=(named,))
            agree_to_story(story=story, by=actor_for_person(named), now=now)
            if publish:
                publish_story(story=story, by=actor_for_person(coordinator), now=now)

    tell()
    reader.get(address(programme))
    with django_assert_max_num_queries(14) as one:
        reader.get(address(programme))
    for _turn in range(4):
        tell()
    with django_assert_max_num_queries(len(one)):
        reader.get(address(programme))
