from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import actor_for_person, make_person, make_user
from tests.notifications.test_telling import Hello, MailedHello, QuietHello
from viceversa.accounts.models import User
from viceversa.accounts.queries import NOBODY
from viceversa.notifications.actions import mark_all_read, notify, set_hours, set_preferences
from viceversa.notifications.models import Hours, Notification, Preference
from viceversa.notifications.queries import preferences_of, rhythm_of, unread_count
from viceversa.notifications.rules import is_local_path
from viceversa.notifications.rules.rhythm import Rhythm
from viceversa.people.models import Person
from viceversa.toolkit.errors import NotAllowed

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


@pytest.fixture
def person() -> Person:
    return make_person("Tamsin Marlow")


@pytest.fixture
def browser(signed_in: SignIn, person: Person) -> Client:
    return signed_in(make_user(person))


def answers(page: str, browser: Client, **changed: str) -> dict[str, Any]:
    """What the page would send as it stands, with these changes."""
    shown = browser.get(page).context
    fields = [*shown["form"], *shown["hours"]]
    kept = {field.html_name: field.value() for field in fields if field.value()}
    return {**kept, "digest_weekday": 0, **changed}


def test_an_empty_inbox_says_what_will_come(browser: Client) -> None:
    assert "Nothing has come yet" in browser.get(reverse("notifications:inbox")).content.decode()


def test_new_lines_are_marked_and_counted(browser: Client, person: Person, now: datetime) -> None:
    notify(to=[person, make_person()], message=Hello(), now=now)
    notify(to=[person], message=MailedHello(number=7), now=now)

    page = browser.get(reverse("notifications:inbox")).content.decode()

    assert "1 is unread" in page
    assert "Hello 1" in page
    assert "Hello 7" not in page
    assert unread_count(actor_for_person(person)) == 1


def test_opening_a_line_marks_it_read_and_goes_there(
    browser: Client, person: Person, now: datetime
) -> None:
    notify(to=[person], message=Hello(), now=now)
    key = Notification.objects.get().key

    answer = browser.get(reverse("notifications:open", args=[key]))

    assert answer["Location"] == "/people/"
    assert unread_count(actor_for_person(person)) == 0


@pytest.mark.parametrize(
    "path",
    [
        "",
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/a\nLocation: x",
    ],
)
def test_a_line_leads_to_our_own_pages_only(
    path: str, browser: Client, person: Person, now: datetime
) -> None:
    notify(to=[person], message=Hello(), now=now)
    Notification.objects.update(path=path)

    answer = browser.get(reverse("notifications:open", args=[Notification.objects.get().key]))

    assert answer["Location"] == reverse("notifications:inbox")
    assert not is_local_path(path)


def test_the_line_of_somebody_else_looks_like_none(browser: Client, now: datetime) -> None:
    notify(to=[make_person()], message=Hello(), now=now)

    answer = browser.get(reverse("notifications:open", args=[Notification.objects.get().key]))

    assert answer.status_code == 404
    assert Notification.objects.get().read_at is None


def test_all_are_marked_read_but_those_of_others(
    browser: Client, person: Person, now: datetime
) -> None:
    other = make_person()
    notify(to=[person, person, other], message=Hello(), now=now)

    browser.post(reverse("notifications:read_all"))

    assert unread_count(actor_for_person(person)) == 0
    assert unread_count(actor_for_person(other)) == 1


def test_marking_all_read_does_not_happen_by_a_link(browser: Client) -> None:
    assert browser.get(reverse("notifications:read_all")).status_code == 405


def test_an_account_without_a_person_has_no_inbox(signed_in: SignIn, now: datetime) -> None:
    user = User.objects.create_user(email="ops@firm.example")

    assert signed_in(user).get(reverse("notifications:inbox")).status_code == 403


def test_what_is_said_about_email_is_kept_and_shown(browser: Client, person: Person) -> None:
    page = reverse("notifications:preferences")
    actor = actor_for_person(person)

    browser.post(
        page, answers(page, browser, **{"tests-hello": "never", "tests-quiet_hello": "weekly"})
    )

    assert preferences_of(actor) == {Hello.kind: "never", QuietHello.kind: "weekly"}
    form = browser.get(page).context["form"]
    assert form["tests-hello"].initial == "never"
    assert form["tests-quiet_hello"].initial == "weekly"


def test_one_choice_for_all_of_them_leaves_at_once_what_cannot_wait(
    browser: Client, person: Person
) -> None:
    page = reverse("notifications:preferences")

    browser.post(page, answers(page, browser, every="daily"))

    chosen = preferences_of(actor_for_person(person))
    assert (chosen[Hello.kind], chosen[QuietHello.kind]) == ("daily", "daily")
    assert MailedHello.kind not in chosen


def test_hours_are_kept_and_shown(browser: Client, person: Person) -> None:
    page = reverse("notifications:preferences")

    browser.post(page, answers(page, browser, quiet_from="21:30", quiet_weekends="on"))

    hours = rhythm_of(person)
    assert (hours.quiet_from, hours.quiet_to, hours.quiet_weekends) == (time(21, 30), time(7), True)
    assert 'value="21:30"' in browser.get(page).content.decode()


def test_the_page_says_which_clock_it_means(browser: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(time_zone="Asia/Tokyo")

    assert (
        "By the clock of Asia/Tokyo"
        in browser.get(reverse("notifications:preferences")).content.decode()
    )


@pytest.mark.parametrize(
    "wrong", [{"quiet_from": "25:00"}, {"digest_weekday": "9"}, {"tests-hello": "hourly"}]
)
def test_what_cannot_be_is_answered_in_words_and_nothing_is_kept(
    wrong: dict[str, str], browser: Client
) -> None:
    page = reverse("notifications:preferences")

    answer = browser.post(page, answers(page, browser, **wrong))

    assert answer.status_code == 422
    assert (Preference.objects.count(), Hours.objects.count()) == (0, 0)


def test_a_wish_can_be_taken_back(person: Person) -> None:
    actor = actor_for_person(person)

    assert set_preferences(paces={Hello.kind: "never"}, by=actor) == 1
    assert set_preferences(paces={Hello.kind: "never"}, by=actor) == 0
    assert set_preferences(paces={Hello.kind: "now"}, by=actor) == 1

    assert Preference.objects.get().pace == "now"


def test_an_unknown_kind_or_pace_is_not_kept(person: Person) -> None:
    actor = actor_for_person(person)

    set_preferences(paces={"no.such": "never", MailedHello.kind: "daily"}, by=actor)

    assert Preference.objects.count() == 0


def test_required_kinds_cannot_be_switched_off(person: Person) -> None:
    set_preferences(paces={"accounts.password_changed": "never"}, by=actor_for_person(person))

    assert Preference.objects.count() == 0


def test_nobody_has_no_wishes(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        set_preferences(paces={}, by=NOBODY)
    with pytest.raises(NotAllowed):
        set_hours(rhythm=Rhythm(), by=NOBODY, now=now)
    with pytest.raises(NotAllowed):
        mark_all_read(by=NOBODY, now=now)


def test_the_inbox_takes_as_many_queries_with_three_lines_as_with_one(
    browser: Client, person: Person, now: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("notifications:inbox"))
        return len(captured)

    notify(to=[person], message=Hello(), now=now)
    queries()
    one = queries()
    notify(to=[person, person], message=Hello(), now=now)

    assert queries() == one


def test_a_long_inbox_is_paged(browser: Client, person: Person, now: datetime) -> None:
    notify(to=[person] * 30, message=Hello(), now=now)

    second = browser.get(f"{reverse('notifications:inbox')}?page=2")

    assert len(second.context["page"].rows) == 5


def test_the_newest_day_stands_first_whatever_was_written_last(
    browser: Client, person: Person, now: datetime
) -> None:
    for number, at in ((7, now), (3, now - timedelta(days=3))):
        notify(to=[person], message=Hello(number=number), now=at)

    page = browser.get(reverse("notifications:inbox")).content.decode()

    assert page.index("Hello 7") < page.index("Hello 3")
