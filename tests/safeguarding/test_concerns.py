"""A concern from its report to its end: who can open it, what is stored, and what is not."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_person,
    make_programme,
)
from tests.factories.safeguarding import make_contact, report
from viceversa.accounts.models import RoleGrant
from viceversa.history.models import Entry as HistoryEntry
from viceversa.notifications.models import Notification
from viceversa.people.actions.apart import keep_apart, wish_apart
from viceversa.people.models import Person
from viceversa.programmes.actions.standing import add_standing
from viceversa.safeguarding.actions.concern import (
    answer_leave,
    report_concern,
    write_as_reporter,
)
from viceversa.safeguarding.actions.handling import (
    ask_leave,
    become_ready,
    close_concern,
    forget_concerns,
    mark_spoken,
    send_round,
    write_as_handler,
)
from viceversa.safeguarding.models import Concern, ConcernCount, Entry, Holder
from viceversa.safeguarding.queries.concern import (
    concerns_of,
    holder_for,
    opened_by_words,
    opened_for,
)
from viceversa.safeguarding.queries.handlers import offered
from viceversa.safeguarding.rules import receipt
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import NotAllowed, NotFound, Refused
from viceversa.vault.actions import start_anew
from viceversa.vault.models import KeySlot
from viceversa.vault.queries import NoKey

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def two(now: datetime) -> list[Person]:
    return [make_contact("Ada Low", now=now), make_contact("Ben High", now=now)]


def by(person: Person) -> Actor:
    return actor_for_person(person)


def read_by(person: Person, concern: Concern) -> list[str]:
    opened = opened_for(by(person), holder_for(by(person), concern.key))
    assert opened is not None
    return [said.text for said in opened.thread()]


def read_with(words: str) -> list[str]:
    opened = opened_by_words(words)
    assert opened is not None
    return [said.text for said in opened.thread()]


def names(named: str = "") -> set[str]:
    return {one.person.name for one in offered(named)}


def test_those_chosen_and_the_words_open_it_and_nobody_else(
    now: datetime, two: list[Person]
) -> None:
    third = make_contact(now=now)
    concern, words = report(two, now=now, text="He shouts.", named="Cleo Vane")
    assert (
        read_by(two[0], concern) == read_by(two[1], concern) == read_with(words) == ["He shouts."]
    )
    for person in (third, make_person()):
        with pytest.raises(NotFound):
            holder_for(by(person), concern.key)
    assert opened_by_words(receipt.new_words()) is None


def test_nothing_written_stands_in_clear(now: datetime, two: list[Person]) -> None:
    concern, words = report(two, now=now, text="A planted secret", named="Cleo Vane")
    write_as_handler(key=concern.key, text="A planted answer", once="", by=by(two[0]), now=now)
    for model in (Concern, Holder, Entry):
        for row in model.objects.values():  # type: ignore[attr-defined]
            stored = "".join(_text(value) for value in row.values())
            for secret in ("planted", "Cleo", "Vane", *words.split()[:1]):
                assert f" {secret}" not in f" {stored}"


def _text(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, (bytes, memoryview)) else str(value)


def test_a_row_for_somebody_who_was_not_chosen_opens_nothing(
    now: datetime, two: list[Person]
) -> None:
    concern, _words = report(two, now=now)
    intruder = make_contact(now=now)
    stolen = Holder.objects.filter(concern=concern).first()
    assert stolen is not None
    Holder.objects.create(
        concern=concern, person=intruder, generation=1, wrapped=bytes(stolen.wrapped)
    )
    assert opened_for(by(intruder), holder_for(by(intruder), concern.key)) is None
    with pytest.raises(NoKey):
        write_as_handler(key=concern.key, text="x", once="", by=by(intruder), now=now)


def test_of_the_time_the_week_is_kept_and_of_the_act_nothing(
    now: datetime, two: list[Person]
) -> None:
    entries, told = HistoryEntry.objects.count(), Notification.objects.count()
    concern, words = report(two, now=now + 3 * DAY)
    write_as_reporter(words=words, text="More.", once="", now=now + 4 * DAY)
    write_as_handler(key=concern.key, text="Thank you.", once="", by=by(two[0]), now=now + 4 * DAY)
    ask_leave(key=concern.key, by=by(two[0]))
    assert concern.week == now.date()
    assert set(Entry.objects.values_list("week", flat=True)) == {now.date()}
    assert HistoryEntry.objects.count() == entries
    assert Notification.objects.count() == told
    assert mail.outbox == []


def test_rows_have_keys_of_chance_so_their_order_says_nothing(
    now: datetime, two: list[Person]
) -> None:
    made = [report(two, now=now)[0].pk for _time in range(4)]
    assert made != [made[0] + step for step in range(4)]
    assert min(made) > 10_000


def test_two_handlers_at_least(now: datetime, two: list[Person]) -> None:
    for handlers in ([], two[:1], [two[0], two[0]]):
        with pytest.raises(Refused, match="two or more"):
            report(handlers, now=now)
    assert not Concern.objects.exists()


def test_who_is_no_contact_cannot_be_chosen(now: datetime, two: list[Person]) -> None:
    with pytest.raises(Refused, match="cannot receive"):
        report([*two, make_person()], now=now)


def test_without_a_key_or_with_one_that_does_not_open_nobody_is_offered(now: datetime) -> None:
    new = make_contact("New Hand", now=now, ready=False)
    assert names() == set()
    become_ready(by=by(new), now=now)
    assert names() == {"New Hand"}
    KeySlot.objects.all().delete()
    become_ready(by=by(new), now=now)
    assert names() == set()
    with pytest.raises(NotAllowed):
        become_ready(by=by(make_person()), now=now)


def test_who_runs_a_programme_is_not_offered_and_a_contact_cannot_come_to_run_one(
    now: datetime, two: list[Person]
) -> None:
    make_coordinator(make_programme(), two[0])
    assert names() == {"Ben High"}
    programme = make_programme()
    runs = make_coordinator(programme)
    with pytest.raises(Refused, match="safeguarding contact"):
        add_standing(programme=programme, person=two[1], role="coordinator", by=by(runs), now=now)


def test_who_is_named_or_in_their_line_is_not_offered(now: datetime, two: list[Person]) -> None:
    chief = make_contact("Cora Chief", now=now)
    boss = make_person("Max Vane", manager=chief, email="max@firm.example")
    below = make_contact("Bea Below", now=now, manager=boss)
    same = make_contact("Max Vane Junior", now=now)
    assert names() == {"Ada Low", "Ben High", "Cora Chief", "Bea Below", "Max Vane Junior"}
    assert names("MAX@firm.example") == {"Ada Low", "Ben High", "Max Vane Junior"}
    assert names("max vane") == {"Ada Low", "Ben High"}
    assert names(f"nobody, {boss.external_id}") == names("max@firm.example")
    assert names("Ada Low") == names() - {"Ada Low"}
    keep_apart(one=two[1], other=boss, reason="pay", by=system("t", via="command"), now=now)
    assert "Ben High" not in names("max@firm.example")
    for one in (chief, below, same):
        with pytest.raises(Refused, match="cannot receive"):
            report([*two[:1], one], now=now, named="Max Vane")


@pytest.mark.parametrize(
    "typed",
    ["Dr. Max Vane", "my manager Max Vane (sales)", "Eve Low and Max Vane", "Eve Low/Max Vane"],
)
def test_a_name_among_other_words_is_found_all_the_same(
    typed: str, now: datetime, two: list[Person]
) -> None:
    chief = make_contact("Cora Chief", now=now)
    make_person("Max Vane", manager=chief)
    assert names(typed) == {"Ada Low", "Ben High"}


def test_of_a_name_that_very_many_have_none_is_left_out(now: datetime, two: list[Person]) -> None:
    chief = make_contact("Cora Chief", now=now)
    for _one in range(30):
        make_person("Max Vane")
    make_person("Max Vane", manager=make_person("Between", manager=chief))
    assert names("max vane") == {"Ada Low", "Ben High"}


def test_none_of_ten_names_is_left_out_and_more_are_refused(
    now: datetime, two: list[Person]
) -> None:
    chief = make_contact("Cora Chief", now=now)
    make_person("Max Vane", manager=chief)
    nine = ", ".join(f"Nobody{number} Known" for number in range(9))
    assert "Cora Chief" not in names(f"{nine}, Max Vane")
    with pytest.raises(Refused, match="ten at most"):
        report(two, now=now, named=f"{nine}, Xyz Qq, Max Vane")


def test_names_cost_as_many_queries_for_one_as_for_a_hundred(
    now: datetime, two: list[Person]
) -> None:
    counts = []
    for number in (1, 100):
        for _one in range(number):
            make_person("Max Vane", manager=make_person())
        with CaptureQueriesContext(connection) as queries:
            names("max vane")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_managers_who_go_round_in_a_circle_end_the_search(now: datetime, two: list[Person]) -> None:
    one = make_person("Max Vane")
    Person.objects.filter(pk=one.pk).update(manager=make_person("Eve Low", manager=one))
    assert names("max vane") == {"Ada Low", "Ben High"}


def test_a_wish_to_be_kept_apart_changes_nothing_that_can_be_seen(
    now: datetime, two: list[Person]
) -> None:
    boss = make_person("Max Vane")
    wish_apart(other=boss, by=by(two[0]))
    assert names("max vane") == {"Ada Low", "Ben High"}


def test_whoever_left_or_lost_the_role_is_not_offered_and_reads_no_more(
    now: datetime, two: list[Person]
) -> None:
    concern, _words = report(two, now=now)
    RoleGrant.objects.filter(user__person=two[0]).delete()
    Person.objects.filter(pk=two[1].pk).update(left_on=now.date())
    assert names() == set()
    with pytest.raises(NotFound):
        holder_for(Actor(person_id=two[0].pk, label=""), concern.key)
    with pytest.raises(NotAllowed):
        write_as_handler(key=concern.key, text="x", once="", by=by(two[0]), now=now)


def test_the_same_form_twice_is_one_concern_and_one_message(
    now: datetime, two: list[Person]
) -> None:
    words = receipt.new_words()
    given = {"named": "", "text": "Once.", "handlers": [one.key for one in two], "words": words}
    first = report_concern(**given, now=now)  # type: ignore[arg-type]
    assert report_concern(**given, now=now) == first  # type: ignore[arg-type]
    for _time in range(2):
        write_as_reporter(words=words, text="Again.", once="form-1", now=now)
        write_as_handler(key=first.key, text="Yes.", once="form-2", by=by(two[0]), now=now)
    assert read_with(words) == ["Once.", "Again.", "Yes."]
    assert ConcernCount.objects.get().number == 1


def test_a_receipt_of_ones_own_making_is_refused(now: datetime, two: list[Person]) -> None:
    for words in ("", "abandon", "one two three four five six seven eight nine"):
        with pytest.raises(Refused, match="lost its receipt"):
            report_concern(
                named="", text="x", handlers=[one.key for one in two], words=words, now=now
            )


def test_nobody_marks_spoken_before_the_reporter_agreed(now: datetime, two: list[Person]) -> None:
    concern, words = report(two, now=now, named="Somebody")
    ada = by(two[0])
    with pytest.raises(Refused, match="Nobody asks"):
        answer_leave(words=words, yes=True)
    for prepare in (lambda: None, lambda: ask_leave(key=concern.key, by=ada)):
        prepare()
        with pytest.raises(Refused, match="has not agreed"):
            mark_spoken(key=concern.key, by=ada)
    answer_leave(words=words, yes=False)
    with pytest.raises(Refused, match="has not agreed"):
        mark_spoken(key=concern.key, by=ada)
    answer_leave(words=words, yes=True)
    mark_spoken(key=concern.key, by=ada)
    assert Concern.objects.get().has_spoken
    with pytest.raises(Refused, match="Nobody asks"):
        answer_leave(words=words, yes=False)


def test_the_database_itself_refuses_spoken_without_leave(now: datetime, two: list[Person]) -> None:
    report(two, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.update(has_spoken=True)


def test_a_closed_concern_opens_again_by_a_word_of_the_reporter(
    now: datetime, two: list[Person]
) -> None:
    concern, words = report(two, now=now)
    close_concern(key=concern.key, by=by(two[0]), now=now)
    with pytest.raises(Refused, match="closed already"):
        close_concern(key=concern.key, by=by(two[1]), now=now)
    write_as_reporter(words=words, text="It happened again.", once="", now=now)
    assert Concern.objects.get().is_open


def test_half_a_year_after_it_was_closed_a_concern_is_destroyed_and_open_ones_stay(
    now: datetime, two: list[Person]
) -> None:
    concern, words = report(two, now=now)
    stays, _other = report(two, now=now)
    close_concern(key=concern.key, by=by(two[0]), now=now)
    assert forget_concerns(now=now + 25 * 7 * DAY) == 0
    assert forget_concerns(now=now + 26 * 7 * DAY) == 1
    assert opened_by_words(words) is None
    assert list(Concern.objects.all()) == [stays]
    assert ConcernCount.objects.get().number == 2


def test_the_daily_letter_is_the_same_with_news_and_without(
    now: datetime, two: list[Person]
) -> None:
    assert send_round(now=now) == 2
    assert send_round(now=now) == 0
    report(two, now=now)
    assert send_round(now=now + DAY) == 2
    letters = Notification.objects.filter(kind="safeguarding.look_at_concerns")
    assert letters.count() == 4
    assert len(set(letters.values_list("title", "body", "path", "about"))) == 1
    assert not letters.filter(in_inbox=True).exists()


def test_whoever_replaced_the_key_reads_no_more_and_the_other_does(
    now: datetime, two: list[Person]
) -> None:
    concern, _words = report(two, now=now)
    KeySlot.objects.filter(user_key__person=two[0]).update(parameters={"store": "another"})
    start_anew(by=by(two[0]), now=now)
    assert opened_for(by(two[0]), holder_for(by(two[0]), concern.key)) is None
    with pytest.raises(NotAllowed, match="replaced"):
        write_as_handler(key=concern.key, text="x", once="", by=by(two[0]), now=now)
    assert read_by(two[1], concern) == ["He shouts at me."]


def test_what_was_sent_to_others_is_not_in_the_list(now: datetime, two: list[Person]) -> None:
    report(two, now=now)
    assert concerns_of(by(two[0])).count() == 1
    assert concerns_of(by(make_contact(now=now))).count() == 0
    assert concerns_of(system("a job", via="job")).count() == 0


def test_wrong_words_and_empty_texts_are_refused(now: datetime, two: list[Person]) -> None:
    concern, words = report(two, now=now)
    with pytest.raises(NotFound):
        write_as_reporter(words=receipt.new_words(), text="x", once="", now=now)
    for act in (
        lambda: report(two, now=now, text="  "),
        lambda: write_as_reporter(words=words, text=" \n", once="", now=now),
        lambda: write_as_handler(key=concern.key, text="", once="", by=by(two[0]), now=now),
    ):
        with pytest.raises(Refused, match="Write"):
            act()
    with pytest.raises(Refused, match="too long"):
        report(two, now=now, text="x" * 70_000)
