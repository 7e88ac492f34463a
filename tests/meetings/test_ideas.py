"""Small first ideas: where one prepares the first half hour, one tap from the agenda."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_enrolment, make_partnership, make_programme, make_skill
from tests.meetings.writing import adviser_of, book, book_ahead, clients_of, learner_of, page_of
from viceversa.meetings.actions.ideas import take_up_idea
from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.content import agenda_of, half_hour_at, preparations
from viceversa.meetings.queries.material import ground_of
from viceversa.meetings.rules.agenda import HANDS_ON, MOST_SLOTS, Slot, with_line
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.ideas import ideas_for
from viceversa.partnerships.rules.ideas import BY_FACET, MOST, Topic, first_ideas
from viceversa.people.models import Skill
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def pair() -> Partnership:
    programme, video = make_programme(), make_skill("Short video")
    other = make_skill("Podcasts")
    Skill.objects.update(facet="channel")
    return make_partnership(
        programme,
        learner=make_enrolment(programme, learner=True, wants={other: 1, video: 2}),
        adviser=make_enrolment(programme, adviser=True, offers={video: 3}),
        state="active",
    )


@pytest.fixture
def meeting(pair: Partnership) -> Meeting:
    return book_ahead(pair)


def lines_in_agenda(meeting: Meeting) -> list[str]:
    half_hour = half_hour_at(learner_of(meeting.partnership), meeting)
    return [line for slot in agenda_of(half_hour).words or [] for line in slot.lines]


def test_ideas_are_about_what_one_wants_and_the_other_offers(pair: Partnership) -> None:
    ideas = ideas_for(pair)

    assert len(ideas) == MOST
    assert [idea.label for idea in ideas[:2]] == ["An app", "A setting"]
    assert all("Short video" in idea.text for idea in ideas[:2])
    assert not any("Podcasts" in idea.text for idea in ideas)


@pytest.mark.pure
def test_every_facet_of_a_skill_has_ideas_and_those_without_get_some_that_fit_all() -> None:
    assert set(BY_FACET) == set(Skill.Facet.values)
    for facet in BY_FACET:
        ideas = first_ideas([Topic("one", "Zebra", facet), Topic("two", "Okapi", facet)])
        assert ["Zebra" in idea.text for idea in ideas[:4]] == [True, False, True, False]
        assert len({idea.code for idea in ideas}) == MOST
    assert first_ideas([])


def test_one_tap_of_the_learner_puts_an_idea_into_the_agenda(
    meeting: Meeting, signed_in: SignIn
) -> None:
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    idea = ideas_for(meeting.partnership)[0]
    assert idea.text in learner.get(page_of("prepare", meeting)).content.decode()

    answer = learner.post(page_of("idea", meeting, idea.code), follow=True)

    assert "in the agenda" in answer.content.decode()
    meeting.refresh_from_db()
    assert idea.text in lines_in_agenda(meeting)
    assert sum(slot.minutes for slot in _slots(meeting)) == meeting.minutes


def _slots(meeting: Meeting) -> list[Slot]:
    half_hour = half_hour_at(learner_of(meeting.partnership), meeting)
    return ground_of(half_hour, today=clock.now().date()).slots


def test_one_tap_of_the_adviser_prepares_it_and_the_draft_takes_it_up(
    meeting: Meeting, now: datetime
) -> None:
    adviser = adviser_of(meeting.partnership)
    first, second = ideas_for(meeting.partnership)[:2]

    for code in (first.code, first.code, second.code):
        take_up_idea(meeting=meeting, code=code, by=adviser, now=now)

    meeting.refresh_from_db()
    assert meeting.agenda is None
    mine, _theirs = preparations(half_hour_at(adviser, meeting))
    assert mine.words is not None
    assert (mine.words.hands_on, mine.words.ideas) == (first.text, second.text)
    drafted = [line for slot in _slots(meeting) for line in slot.lines]
    assert {first.text, second.text} <= set(drafted)


def test_only_the_first_half_hour_shows_ideas_and_takes_one(
    meeting: Meeting, now: datetime, signed_in: SignIn
) -> None:
    later = book(meeting.partnership, starts_at=meeting.starts_at + timedelta(days=7))
    learner, _adviser = clients_of(signed_in, meeting.partnership)

    assert "Small ideas" not in learner.get(page_of("prepare", later)).content.decode()
    code = ideas_for(meeting.partnership)[0].code
    for wrong, name in ((later, code), (meeting, "no-such-idea")):
        with pytest.raises(Refused, match="not on the list"):
            take_up_idea(meeting=wrong, code=name, by=learner_of(meeting.partnership), now=now)


def test_nobody_else_puts_anything_into_an_agenda(meeting: Meeting, now: datetime) -> None:
    code, stranger = ideas_for(meeting.partnership)[0].code, make_partnership()

    with pytest.raises(NotAllowed):
        take_up_idea(meeting=meeting, code=code, by=learner_of(stranger), now=now)


def test_the_agreement_begins_with_small_ideas(pair: Partnership, signed_in: SignIn) -> None:
    Partnership.objects.filter(pk=pair.pk).update(state="accepted")
    address = reverse("partnerships:agreement", args=[pair.key])

    for client in clients_of(signed_in, pair):
        page = client.get(address).content.decode()
        assert "A small thing is enough to start" in page
        assert ideas_for(pair)[0].text in page


@pytest.mark.pure
def test_a_line_finds_its_place_and_an_agenda_never_grows() -> None:
    full = [Slot(HANDS_ON, 9, ("a", "b", "c")), Slot("close", 3)]
    assert with_line(full, "new")[0].lines == ("a", "b", "new")
    assert with_line(full, "b") == full
    without = [Slot("arrive", 2), Slot("questions", 20, ("q",))]
    assert with_line(without, "new")[1].lines == ("q", "new")
    assert [slot.minutes for slot in with_line(full, "new")] == [9, 3]
    assert len(with_line(full, "new")) < MOST_SLOTS
