"""Live chats: hosts, numbered questions, an hour that is live, and a page that stays."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

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
from tests.factories.community import QUESTIONS, make_chat
from tests.meetings.calendar_readers import by_ical, check_by_icalendar
from viceversa.community.actions.chat import (
    Plan,
    ask_to_host,
    call_chat_off,
    change_chat,
    come_to_chat,
    publish_chat,
    set_questions,
    stop_hosting,
)
from viceversa.community.actions.talk import (
    end_chat,
    go_on_to,
    hide_post,
    remind_of_chats,
    say,
    take_post_away,
)
from viceversa.community.models import Chat, Coming, Host, Post
from viceversa.community.rules.chat import moment, phase, questions_in
from viceversa.notifications.models import Notification
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, Refused

SignedIn = Callable[..., Client]
HOUR = timedelta(hours=1)
SHORT = "The reading room: one shelf, one sentence."
JOB = system("test", via="job")


@pytest.fixture
def programme(db: None) -> Programme:
    return make_programme(state="running")


@pytest.fixture
def live(programme: Programme) -> Chat:
    """By the real clock, for pages."""
    now = clock.now()
    start = now - timedelta(minutes=10)
    return make_chat(programme, starts_at=start, now=start - timedelta(days=1))


def address(chat: Chat, *parts: object) -> str:
    start = f"/programmes/{chat.programme.slug}/community/live/{chat.key}/"
    return start + "".join(f"{part}/" for part in parts)


def learner(programme: Programme) -> Person:
    return make_enrolment(programme, learner=True).person


@pytest.mark.pure
def test_a_chat_goes_from_before_over_live_to_over_and_the_hosts_may_end_it_early() -> None:
    start = datetime(2026, 5, 16, 17, tzinfo=UTC)
    times = {"state": "published", "starts_at": start, "ends_at": start + HOUR}

    def at(now: datetime, ended_at: datetime | None = None) -> str:
        return phase(**times, ended_at=ended_at, now=now)

    moments = [start - HOUR, start, start + HOUR - timedelta(seconds=1), start + HOUR]
    assert [at(now) for now in moments] == ["before", "live", "live", "over"]
    assert at(start + timedelta(minutes=20), start + timedelta(minutes=10)) == "over"
    assert phase(**{**times, "state": "draft"}, ended_at=None, now=start) == "draft"


@pytest.mark.pure
def test_one_in_the_afternoon_in_new_york_is_a_moment_and_a_skipped_hour_is_none() -> None:
    day = date(2012, 5, 16)
    assert moment(day, time(13), "America/New_York") == datetime(2012, 5, 16, 17, tzinfo=UTC)
    assert moment(date(2026, 3, 29), time(1, 30), "Europe/London") is None


@pytest.mark.pure
def test_questions_are_read_one_a_line_without_the_numbers_that_people_type() -> None:
    typed = "1. Who?\n\n Q2: What  now? \r\nQ3 Why\n2012 was when?\nWhere?"
    assert questions_in(typed) == ["Who?", "What now?", "Why", "2012 was when?", "Where?"]


def test_a_coordinator_plans_one_and_all_read_date_zone_hosts_and_numbered_questions_beforehand(
    signed_in: SignedIn, programme: Programme
) -> None:
    coordinator, host = make_coordinator(programme), make_enrolment(programme, adviser=True).person
    reader = learner(programme)
    Person.objects.filter(pk=reader.pk).update(time_zone="America/New_York")
    planning, hosting = signed_in(make_user(coordinator)), signed_in(make_user(host))
    reading = signed_in(make_user(reader))
    day = clock.now().date() + timedelta(days=30)
    typed = {"title": "SMchat", "tag": "smchat", "day": day.isoformat(), "at": "13:00"}
    typed |= {"zone": "Europe/London", "minutes": "60"}

    start = f"/programmes/{programme.slug}/community/live/"
    assert planning.post(f"{start}new/", {**typed, "zone": "London"}).status_code == 422
    assert planning.post(f"{start}new/", {**typed, "day": "2001-01-01"}).status_code == 422
    planning.post(f"{start}new/", typed)
    chat = Chat.objects.get()
    assert reading.get(address(chat)).status_code == 404
    assert host.key in planning.get(address(chat, "hosts") + f"?q={host.name}").content.decode()
    planning.post(address(chat, "hosts"), {"person": host.key})
    assert planning.post(address(chat, "publish")).status_code == 409
    hosting.post(address(chat, "host"), {"about": "Author of a book on it."})
    hosting.post(address(chat, "questions"), {"text": "\n".join(QUESTIONS)})
    planning.post(address(chat, "publish"))

    page = reading.get(address(chat)).content.decode()
    for said in ("in Europe/London", "for you", host.name, "Author of a book", "#smchat", "Q3"):
        assert said in page
    assert all(question in page for question in QUESTIONS)
    assert "SMchat" in reading.get(start).content.decode()


def test_short_live_answers_stand_beside_long_comments_before_during_and_after(
    programme: Programme, now: datetime
) -> None:
    start = now + timedelta(days=1)
    chat = make_chat(programme, starts_at=start, now=now)
    question = chat.questions.get(number=1)
    by = actor_for_person(learner(programme))
    for at, may_answer in ((now, False), (start, True), (start + HOUR, False)):
        say(question=question, kind="comment", text="x" * 4000, by=by, now=at)
        if may_answer:
            say(question=question, kind="answer", text="x" * 280, by=by, now=at)
            with pytest.raises(Refused, match="between one and 280"):
                say(question=question, kind="answer", text="x" * 281, by=by, now=at)
        else:
            with pytest.raises(Refused, match="Write a comment instead"):
                say(question=question, kind="answer", text=SHORT, by=by, now=at)
    assert sorted(Post.objects.values_list("kind", flat=True)) == ["answer", *["comment"] * 3]


def test_it_works_without_a_script_and_a_page_that_looks_again_gets_only_what_is_new(
    signed_in: SignedIn, live: Chat, django_assert_max_num_queries: Any
) -> None:
    me = signed_in(make_user(learner(live.programme)))
    other = signed_in(make_user(learner(live.programme)))
    here = address(live, 1)
    first = me.get(here)
    seen = first.context["seen"]
    again = {"HX-Request": "true"}

    with django_assert_max_num_queries(7):
        assert me.get(here, {"seen": seen}, headers=again).status_code == 204
    answer = other.post(here, {"kind": "answer", "answer-text": SHORT})

    assert (answer.status_code, answer["Location"]) == (302, here)
    assert SHORT in me.get(here).content.decode(), "by reloading"
    new = me.get(here, {"seen": seen}, headers=again)
    assert (new.status_code, SHORT in new.content.decode()) == (200, True)
    assert 'id="answers"' in new.content.decode()
    assert "<main" not in new.content.decode()
    seen = new.context["seen"]
    assert me.get(here, {"seen": seen}, headers=again).status_code == 204


def test_when_it_begins_or_ends_the_whole_page_is_drawn_anew(
    signed_in: SignedIn, live: Chat
) -> None:
    client = signed_in(make_user(learner(live.programme)))
    headers = {"HX-Request": "true"}
    answer = client.get(address(live, 1), {"seen": "0-before"}, headers=headers)
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_who_does_not_belong_finds_what_is_missing(signed_in: SignedIn, live: Chat) -> None:
    waiting = make_enrolment(live.programme, learner=True, state="invited").person
    for person in (make_person(), waiting):
        client = signed_in(make_user(person))
        for path in (address(live), address(live, 1), address(live, "host")):
            assert client.get(path).status_code == 404
        typed = {"kind": "comment", "comment-text": SHORT}
        assert client.post(address(live, 1), typed).status_code == 404
    inside = signed_in(make_user(learner(live.programme)))
    for path in (address(live, "host"), address(live, 9), f"{address(live)[:-5]}none/"):
        assert inside.get(path).status_code == 404
    assert inside.get(address(live, "hosts")).status_code == 403
    assert inside.get(address(live, "questions")).status_code == 403


def test_hosts_lead_from_question_to_question_and_end_it(programme: Programme) -> None:
    now = clock.now()
    host = make_enrolment(programme, adviser=True).person
    chat = make_chat(programme, starts_at=now, now=now - HOUR, host=host)
    second = chat.questions.get(number=2)
    with pytest.raises(NotAllowed):
        go_on_to(question=second, by=actor_for_person(learner(programme)), now=now)
    go_on_to(question=second, by=actor_for_person(host), now=now)
    chat.refresh_from_db()
    assert chat.current == 2
    end_chat(chat=chat, by=actor_for_person(host), now=now)
    with pytest.raises(Refused, match="not live"):
        go_on_to(question=second, by=actor_for_person(host), now=now)


def test_hosts_and_coordinators_hide_and_the_author_reads_why(
    signed_in: SignedIn, live: Chat
) -> None:
    author, reader = learner(live.programme), learner(live.programme)
    question = live.questions.get(number=1)
    post = say(
        question=question,
        kind="answer",
        text=SHORT,
        by=actor_for_person(author),
        now=clock.now(),
    )
    host = live.hosts.get().person
    with pytest.raises(NotAllowed):
        hide_post(post=post, reason="No.", by=actor_for_person(reader), now=clock.now())
    hosting = signed_in(make_user(host))
    hosting.post(address(live, "posts", post.key, "hide"), {"reason": "A client is named."})

    here = address(live, 1)
    assert SHORT not in signed_in(make_user(reader)).get(here).content.decode()
    page = signed_in(make_user(author)).get(here).content.decode()
    assert SHORT in page
    assert "A client is named." in page
    assert Notification.objects.filter(person=author, kind="community.hidden").exists()
    hosting.post(address(live, "posts", post.key, "show-again"))
    assert SHORT in signed_in(make_user(reader)).get(here).content.decode()


def test_authors_take_their_own_posts_away_and_nobody_elses(live: Chat) -> None:
    author = learner(live.programme)
    question = live.questions.get(number=1)
    by = actor_for_person(author)
    post = say(question=question, kind="answer", text=SHORT, by=by, now=clock.now())
    other = actor_for_person(live.hosts.get().person)
    with pytest.raises(NotAllowed):
        take_post_away(post=post, by=other, now=clock.now())
    take_post_away(post=post, by=by, now=clock.now())
    assert not Post.objects.exists()


def test_afterwards_the_page_holds_all_that_was_said_in_the_order_of_the_questions(
    signed_in: SignedIn, programme: Programme
) -> None:
    now = clock.now()
    start = now - timedelta(hours=3)
    chat = make_chat(programme, starts_at=start, now=start - HOUR)
    by = actor_for_person(learner(programme))
    spoken = ((2, "answer", "Second"), (1, "comment", "Third"), (1, "answer", "A"))
    for number, kind, text in spoken:
        question = chat.questions.get(number=number)
        say(question=question, kind=kind, text=text, by=by, now=start)

    page = signed_in(make_user(learner(programme))).get(address(chat)).content.decode()

    said = page.partition('id="transcript"')[2]
    assert said.index(">A<") < said.index(">Third<") < said.index(">Second<")


def test_who_wants_is_reminded_once_within_the_hour_before(
    programme: Programme, now: datetime
) -> None:
    start = now + timedelta(hours=2)
    host = make_enrolment(programme, adviser=True).person
    chat = make_chat(programme, starts_at=start, now=now, host=host)
    person, other = learner(programme), learner(programme)
    for one in (person, other):
        come_to_chat(chat=chat, comes=True, by=actor_for_person(one), now=now)
    come_to_chat(chat=chat, comes=False, by=actor_for_person(other), now=now)

    assert remind_of_chats(by=JOB, now=now) == 0
    assert remind_of_chats(by=JOB, now=start - timedelta(minutes=50)) == 1
    assert remind_of_chats(by=JOB, now=start - timedelta(minutes=45)) == 0

    told = Notification.objects.filter(kind="community.chat_begins")
    assert {line.person_id for line in told} == {person.pk, host.pk}


def test_whoever_left_the_programme_is_neither_reminded_nor_told(
    programme: Programme, now: datetime
) -> None:
    host = make_enrolment(programme, adviser=True).person
    chat = make_chat(programme, starts_at=now + HOUR, now=now, host=host)
    stays, leaves = learner(programme), learner(programme)
    for one in (stays, leaves):
        come_to_chat(chat=chat, comes=True, by=actor_for_person(one), now=now)
    Enrolment.objects.filter(person__in=[leaves, host]).update(state="withdrawn")

    remind_of_chats(by=JOB, now=now)
    call_chat_off(chat=chat, by=actor_for_person(make_coordinator(programme)), now=now)

    told = Notification.objects.filter(
        kind__in=["community.chat_begins", "community.chat_called_off"]
    )
    assert {line.person_id for line in told} == {stays.pk}


def test_a_calendar_takes_a_chat_that_lies_ahead(
    signed_in: SignedIn, programme: Programme, settings: Any
) -> None:
    settings.BASE_URL = "https://mentoring.example"
    now = clock.now().replace(microsecond=0)
    chat = make_chat(programme, starts_at=now + timedelta(days=2), now=now)
    Chat.objects.filter(pk=chat.pk).update(title="Film,\u202e\nEND:VEVENT;")
    client = signed_in(make_user(learner(programme)))
    answer = client.get(f"{address(chat)}calendar.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = check_by_icalendar(answer.content.decode()).walk("VEVENT")
    assert by_ical(answer.content.decode()) == [(chat.starts_at, chat.ends_at)]
    assert str(event["SUMMARY"]) == "Film,END:VEVENT;"
    assert str(event["URL"]) == f"https://mentoring.example{address(chat)}"
    assert "DESCRIPTION" not in event

    Chat.objects.filter(pk=chat.pk).update(state=Chat.State.CALLED_OFF)
    assert client.get(f"{address(chat)}calendar.ics").status_code == 404
    outside = make_user(make_person())
    assert signed_in(outside).get(f"{address(chat)}calendar.ics").status_code == 404


def test_those_coming_are_told_of_another_time_and_when_it_is_called_off(
    programme: Programme, now: datetime
) -> None:
    chat = make_chat(programme, starts_at=now + HOUR, now=now)
    person, by = learner(programme), actor_for_person(make_coordinator(programme))
    come_to_chat(chat=chat, comes=True, by=actor_for_person(person), now=now)
    remind_of_chats(by=JOB, now=now)
    plan = Plan(chat.title, "", "", now + timedelta(days=2), 60, "Europe/London")
    chat = change_chat(chat=chat, plan=plan, by=by, now=now)
    assert chat.reminded_at is None
    call_chat_off(chat=chat, by=by, now=now)

    kinds = Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True)
    assert [kind.removeprefix("community.chat_") for kind in kinds] == [
        "begins",
        "moved",
        "called_off",
    ]
    with pytest.raises(Refused):
        come_to_chat(chat=chat, comes=True, by=actor_for_person(person), now=now)


def test_questions_with_answers_keep_their_number(programme: Programme, now: datetime) -> None:
    chat = make_chat(programme, starts_at=now + HOUR, now=now)
    by = actor_for_person(make_coordinator(programme))
    third = chat.questions.get(number=3)
    say(question=third, kind="comment", text="Mine", by=by, now=now)
    with pytest.raises(Refused, match="Reword it instead"):
        set_questions(chat=chat, questions=QUESTIONS[:2], by=by, now=now)
    set_questions(chat=chat, questions=[*QUESTIONS[:2], "Reworded?", "A fourth?"], by=by, now=now)

    texts = list(chat.questions.values_list("number", "text"))
    assert texts[2:] == [(3, "Reworded?"), (4, "A fourth?")]
    assert Post.objects.get().question_id == third.pk


def test_hosts_are_of_the_programme_and_may_stop_without_a_reason(
    programme: Programme, now: datetime
) -> None:
    chat = make_chat(programme, starts_at=now + HOUR, now=now, published=False)
    by = actor_for_person(make_coordinator(programme))
    with pytest.raises(Refused, match="takes part in this programme"):
        ask_to_host(chat=chat, person=make_person(), by=by, now=now)
    stop_hosting(chat=chat, by=actor_for_person(chat.hosts.get().person), now=now)
    assert not Host.objects.exists()
    with pytest.raises(Refused, match="a host who said yes"):
        publish_chat(chat=chat, by=by, now=now)


def test_twelve_answers_in_ten_minutes_are_enough(live: Chat) -> None:
    now, by = clock.now(), actor_for_person(learner(live.programme))
    question = live.questions.get(number=1)
    for number in range(12):
        say(question=question, kind="answer", text=f"Answer {number}", by=by, now=now)
    with pytest.raises(Refused, match="in a while"):
        say(question=question, kind="answer", text=SHORT, by=by, now=now)


def test_pages_cost_the_same_for_one_and_for_many_who_speak(
    signed_in: SignedIn, live: Chat, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(make_user(learner(live.programme)))
    question = live.questions.get(number=1)
    pages = (address(live), address(live, 1), f"/programmes/{live.programme.slug}/community/live/")

    def speak() -> None:
        by = actor_for_person(learner(live.programme))
        for kind in ("answer", "comment"):
            say(question=question, kind=kind, text=SHORT, by=by, now=clock.now())

    speak()
    used = []
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(14) as counted:
            client.get(page)
        used.append(len(counted))
    for _turn in range(5):
        speak()
    Coming.objects.bulk_create(
        [Coming(chat=live, person=learner(live.programme)) for _turn in range(3)]
    )
    for page, most in zip(pages, used, strict=True):
        with django_assert_max_num_queries(most):
            client.get(page)
