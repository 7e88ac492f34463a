"""Checks of topic packs: who may check, what a risky subject needs, and who publishes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.factories import actor_for_person, make_person, make_user
from tests.factories.learning import make_expert, make_keeper, make_librarian, make_pack
from tests.learning.writing import STEPS, TEXT, change, day
from viceversa.history.models import Entry
from viceversa.learning.actions.pack import set_plan
from viceversa.learning.actions.reviewing import (
    answer_check,
    ask_for_check,
    publish_pack,
    review_pack,
)
from viceversa.learning.models import Pack
from viceversa.learning.rules.packs import state_after_change
from viceversa.notifications.models import Notification
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def risky(now: datetime, **fields: Any) -> tuple[Pack, Person]:
    """A draft about a risky subject, looked after by somebody, and an expert on it."""
    owner = make_person("Owner Of It")
    pack = make_pack("AI assistants", is_risky=True, state="draft", owner=owner, **fields)
    return pack, make_expert(pack)


def answer(pack: Pack, expert: Person, now: datetime, **fields: Any) -> Pack:
    values = {"is_right": True, "note": "", "review_by": day(now, 100)} | fields
    return answer_check(pack=pack, **values, by=actor_for_person(expert), now=now)


@pytest.mark.pure
def test_other_words_are_checked_again_where_the_subject_is_risky() -> None:
    assert state_after_change("published", is_risky=True) == "draft"
    assert state_after_change("published", is_risky=False) == "published"
    assert state_after_change("checked", is_risky=False) == "draft"


def test_a_risky_pack_is_published_only_after_an_expert_has_checked_it(now: datetime) -> None:
    (pack, expert), keeper = risky(now), make_keeper()
    with pytest.raises(Refused, match="an expert checks it"):
        publish_pack(pack=pack, by=keeper, now=now)

    ask_for_check(pack=pack, reviewer=expert, by=keeper, now=now)
    with pytest.raises(Refused, match="an expert checks it"):
        publish_pack(pack=pack, by=keeper, now=now)
    answer(pack, expert, now, note="Fine.")
    published = publish_pack(pack=pack, by=keeper, now=now)

    assert (published.state, published.review_by) == ("published", day(now, 100))
    asked = Notification.objects.get(kind="learning.check_asked")
    assert (asked.person, asked.path) == (expert, f"/learning/packs/{pack.key}/")
    told = Notification.objects.get(kind="learning.check_answered")
    assert (told.person, told.title) == (pack.owner, "“AI assistants” is checked")
    assert Entry.objects.filter(verb="learning.pack.check_answered").count() == 1


def test_the_database_itself_keeps_an_unchecked_risky_pack_unpublished(now: datetime) -> None:
    pack, _expert = risky(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pack.objects.filter(pk=pack.pk).update(state="published")


def test_a_reviewer_knows_the_subject_and_is_neither_the_owner_nor_the_one_who_asks(
    now: datetime,
) -> None:
    pack, expert = risky(now)
    strong = make_expert(pack, "Only Strong", level=3)
    keeper = make_keeper()

    with pytest.raises(Refused, match="does not offer its topic as an expert"):
        ask_for_check(pack=pack, reviewer=strong, by=keeper, now=now)
    Pack.objects.filter(pk=pack.pk).update(owner=expert)
    with pytest.raises(Refused, match="does not offer its topic"):
        ask_for_check(pack=pack, reviewer=expert, by=keeper, now=now)
    me = Person.objects.get(pk=keeper.person_id)
    with pytest.raises(Refused, match="Somebody else than you"):
        ask_for_check(pack=pack, reviewer=me, by=keeper, now=now)
    assert not Notification.objects.exists()


def test_a_pack_that_is_not_right_goes_back_with_what_should_change(now: datetime) -> None:
    (pack, expert), keeper = risky(now), make_keeper()
    ask_for_check(pack=pack, reviewer=expert, by=keeper, now=now)
    with pytest.raises(Refused, match="Say what should change"):
        answer(pack, expert, now, is_right=False, note=" ")

    back = answer(pack, expert, now, is_right=False, note="Say what is secret.")

    assert (back.state, back.note, back.reviewed_on) == ("draft", "Say what is secret.", None)
    told = Notification.objects.get(kind="learning.check_answered")
    assert "needs a change" in told.title
    with pytest.raises(Refused, match="waits for no check"):
        answer(pack, expert, now)


def test_only_the_one_who_was_asked_answers(now: datetime) -> None:
    (pack, expert), keeper = risky(now), make_keeper()
    ask_for_check(pack=pack, reviewer=expert, by=keeper, now=now)
    fields: dict[str, Any] = {"is_right": True, "note": "", "review_by": day(now), "now": now}
    for by in (keeper, actor_for_person(make_expert(pack, "Another Expert"))):
        with pytest.raises(NotAllowed, match="asked to check"):
            answer_check(pack=pack, by=by, **fields)


def test_changed_words_of_a_risky_pack_are_checked_again(now: datetime) -> None:
    (pack, expert), keeper = risky(now), make_keeper()
    ask_for_check(pack=pack, reviewer=expert, by=keeper, now=now)
    answer(pack, expert, now)
    publish_pack(pack=pack, by=keeper, now=now)

    set_plan(pack=pack, level=2, steps=STEPS, task="Ask it something.", by=keeper, now=now)

    pack.refresh_from_db()
    assert (pack.state, pack.reviewer, pack.reviewed_on) == ("draft", None, None)


def test_calling_a_risky_subject_harmless_takes_the_pack_back_to_a_draft(now: datetime) -> None:
    (pack, expert), keeper = risky(now), make_keeper()
    ask_for_check(pack=pack, reviewer=expert, by=keeper, now=now)
    answer(pack, expert, now)
    publish_pack(pack=pack, by=keeper, now=now)

    changed = change(pack, replace(TEXT, is_risky=False), now, keeper)

    assert changed.state == "draft"


def test_a_risky_pack_is_read_again_by_its_expert_and_another_by_its_keepers(
    now: datetime,
) -> None:
    (pack, expert), keeper = risky(now), make_keeper()
    Pack.objects.filter(pk=pack.pk).update(
        state="published", reviewed_on=now.date(), reviewer=expert
    )
    pack.refresh_from_db()
    with pytest.raises(NotAllowed):
        review_pack(pack=pack, review_by=day(now, 200), by=keeper, now=now)
    with pytest.raises(Refused, match="retire it and bring it back"):
        ask_for_check(pack=pack, reviewer=expert, by=keeper, now=now)

    read = review_pack(pack=pack, review_by=day(now, 200), by=actor_for_person(expert), now=now)
    other = review_pack(pack=make_pack(), review_by=day(now, 50), by=keeper, now=now)

    assert (read.review_by, other.review_by) == (day(now, 200), day(now, 50))
    with pytest.raises(Refused, match="Only a published pack"):
        review_pack(pack=make_pack("D", state="draft"), review_by=day(now), by=keeper, now=now)


def test_drafts_are_seen_by_those_who_keep_it_and_by_the_one_who_is_asked(
    signed_in: SignIn, now: datetime
) -> None:
    pack, expert = risky(now, review_by=day(clock.now()))
    ask_for_check(pack=pack, reviewer=expert, by=make_keeper(), now=now)
    address = f"/learning/packs/{pack.key}/"
    checks = signed_in(make_user(expert))

    assert signed_in(make_user(make_person())).get(address).status_code == 404
    assert "Is this right, and safe to use?" in checks.get(address).content.decode()
    assert "Check a topic pack" in checks.get("/learning/").content.decode()
    assert "Ask somebody else" not in checks.get(address).content.decode()
    keeper = signed_in(make_user(make_librarian()))
    assert "Ines Kettle is asked to check it" in keeper.get(address).content.decode()


def test_the_expert_answers_on_the_page_and_the_keeper_publishes(
    signed_in: SignIn, now: datetime
) -> None:
    pack, expert = risky(now, review_by=day(clock.now()))
    keeper, checks = signed_in(make_user(make_librarian())), signed_in(make_user(expert))
    address = f"/learning/packs/{pack.key}/"

    keeper.post(f"{address}check/", {"reviewer": expert.pk})
    soon = day(clock.now(), 60).isoformat()
    unsaid = checks.post(f"{address}answer/", {"is_right": "no", "review_by": soon}, follow=True)
    assert "Say what should change, in a sentence or two." in unsaid.content.decode()
    checks.post(f"{address}answer/", {"is_right": "yes", "review_by": soon})
    keeper.post(f"{address}publish/")

    shown = signed_in(make_user(make_person())).get(address).content.decode()
    assert "Risky subject, checked by an expert" in shown
    assert "With your own hands:" in shown
