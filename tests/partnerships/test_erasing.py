"""What two people wrote is destroyed when both wish it, once it is over. Nothing opens again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_partnership,
    make_person,
    make_user,
)
from tests.factories.agreement import make_agreement
from tests.factories.goals import actor_of_side
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.erasing import keep_words, wish_to_erase
from viceversa.partnerships.actions.letter import write_letter
from viceversa.partnerships.actions.letting_in import let_partner_in
from viceversa.partnerships.actions.signing import raise_confidentiality
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.closing import certificate_facts
from viceversa.partnerships.queries.letters import page_of_letters
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules import erasing as rules
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.models import RingWrap
from viceversa.vault.queries import NoKey

pytestmark = pytest.mark.django_db
SECRET = "The merger is off"
Page = Callable[[str], str]


@pytest.fixture
def pair(now: datetime) -> Partnership:
    """Completed, after they signed and wrote to each other."""
    made = make_partnership(state="accepted")
    make_agreement(made, now=now)
    write_letter(partnership=made, text=SECRET, by=actor_of_side(made, "learner"), now=now)
    Partnership.objects.filter(pk=made.pk).update(state="completed", ended_at=now)
    made.refresh_from_db()
    Notification.objects.all().delete()
    return made


def wish(pair: Partnership, side: str, now: datetime) -> Partnership:
    return wish_to_erase(partnership=pair, by=actor_of_side(pair, side), now=now)


def letters(pair: Partnership, side: str) -> list[Any]:
    seat = seat_at(actor_of_side(pair, side), pair)
    _page, rows = page_of_letters(seat, number=1)
    return [row.words for row in rows]


def test_both_wish_it_and_nothing_opens_again(pair: Partnership, now: datetime) -> None:
    assert letters(pair, "adviser")[0]["text"] == SECRET
    wish(pair, "learner", now)
    assert letters(pair, "adviser")[0]["text"] == SECRET

    done = wish(pair, "adviser", now)

    assert done.erased_at == now
    assert not RingWrap.objects.filter(ring=pair.ring).exists()
    for side in ("learner", "adviser"):
        fresh = Partnership.objects.select_related("ring").get(pk=pair.pk)
        assert letters(fresh, side)[0].trouble == "erased"


def test_the_other_is_asked_and_both_are_told_without_a_word_of_it(
    pair: Partnership, now: datetime
) -> None:
    wish(pair, "learner", now)
    asked = Notification.objects.get()
    assert (asked.kind, asked.person_id) == (
        "partnerships.erasure_wished",
        pair.adviser.person_id,
    )
    wish(pair, "adviser", now)
    told = Notification.objects.filter(kind="partnerships.words_erased")
    assert set(told.values_list("person", flat=True)) == {
        pair.learner.person_id,
        pair.adviser.person_id,
    }
    assert not any(SECRET in row.title + row.body for row in Notification.objects.all())
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))[-3:]
    assert verbs == ["partnerships.wished_to_erase", "vault.shredded", "partnerships.erased"]


def test_either_keeps_it_and_both_are_told(pair: Partnership, now: datetime) -> None:
    wish(pair, "learner", now)
    keep_words(partnership=pair, by=actor_of_side(pair, "adviser"), now=now)
    wish(pair, "adviser", now)

    pair.refresh_from_db()
    assert pair.erased_at is None
    assert Notification.objects.filter(kind="partnerships.words_kept").count() == 2
    assert letters(pair, "learner")[0]["text"] == SECRET


def test_whoever_has_left_cannot_be_asked_so_one_is_enough(
    pair: Partnership, now: datetime
) -> None:
    type(pair.adviser.person).objects.filter(pk=pair.adviser.person_id).update(left_on=now.date())
    assert wish(pair, "learner", now).erased_at == now


@pytest.mark.parametrize("state", sorted(lifecycle.LIVE))
def test_not_while_it_is_lived(state: str, now: datetime) -> None:
    pair = make_partnership(state=state)
    with pytest.raises(Refused) as refused:
        wish(pair, "learner", now)
    assert refused.value.code == "not_over"


def test_a_wish_counts_once_and_nothing_is_destroyed_twice(
    pair: Partnership, now: datetime
) -> None:
    with pytest.raises(Refused, match="Nobody has asked"):
        keep_words(partnership=pair, by=actor_of_side(pair, "learner"), now=now)
    wish(pair, "learner", now)
    with pytest.raises(Refused, match="already said so"):
        wish(pair, "learner", now)
    wish(pair, "adviser", now)
    for again in (wish_to_erase, keep_words):
        with pytest.raises(Refused) as refused:
            again(partnership=pair, by=actor_of_side(pair, "adviser"), now=now)
        assert refused.value.code == "erased"


def test_nobody_else_can_wish_it(pair: Partnership, now: datetime) -> None:
    for person in (make_person(), make_coordinator(pair.programme)):
        for action in (wish_to_erase, keep_words):
            with pytest.raises(NotAllowed):
                action(partnership=pair, by=actor_for_person(person), now=now)


def test_a_seat_without_the_key_can_wish_nothing(pair: Partnership, now: datetime) -> None:
    intruder = make_person()
    type(pair.learner).objects.filter(pk=pair.learner_id).update(person=intruder)
    fresh = Partnership.objects.get(pk=pair.pk)
    with pytest.raises(NoKey):
        wish_to_erase(partnership=fresh, by=actor_for_person(intruder), now=now)


def test_what_needs_the_key_says_that_it_was_destroyed(pair: Partnership, now: datetime) -> None:
    wish(pair, "learner", now)
    wish(pair, "adviser", now)
    with pytest.raises(Refused, match="has been destroyed"):
        raise_confidentiality(
            partnership=Partnership.objects.get(pk=pair.pk),
            level="nothing",
            by=actor_of_side(pair, "learner"),
            now=now,
        )


def test_nobody_is_let_in_again_afterwards(pair: Partnership, now: datetime) -> None:
    wish(pair, "learner", now)
    wish(pair, "adviser", now)
    pair = Partnership.objects.select_related("ring").get(pk=pair.pk)
    with pytest.raises(Refused, match="destroyed"):
        let_partner_in(partnership=pair, seen="any", by=actor_of_side(pair, "learner"), now=now)


def test_what_coordinators_could_read_goes_and_the_certificate_stays(
    pair: Partnership, now: datetime
) -> None:
    goal = pair.goals.create(
        author=pair.learner.person,
        stream="learning",
        kind="clients",
        state="reached",
        sealed=b"",
        shared_title="Speak to clients",
        shared_at=now,
        created_at=now,
    )
    wish(pair, "learner", now)
    wish(pair, "adviser", now)

    goal.refresh_from_db()
    assert (goal.shared_title, goal.shared_at) == ("", None)
    assert certificate_facts(pair).learning == ["Talk to clients thoughtfully"]


@pytest.mark.parametrize(
    ("wished", "gone", "agreed"),
    [
        ((), (), False),
        (("learner",), (), False),
        (("learner", "adviser"), (), True),
        (("learner",), ("adviser",), True),
        ((), ("learner", "adviser"), False),
        (("learner",), ("learner",), False),
    ],
)
def test_when_it_is_agreed(wished: tuple[str, ...], gone: tuple[str, ...], agreed: bool) -> None:
    assert rules.is_agreed(wished, gone) == agreed


class TestPages:
    @pytest.fixture
    def client_of(self, signed_in: Callable[..., Client], pair: Partnership) -> Any:
        return {side: signed_in(make_user(pair.person_on(side))) for side in rules.SIDES}

    def test_two_people_destroy_it_on_their_pages(self, pair: Partnership, client_of: Any) -> None:
        page = reverse("partnerships:erase", args=[pair.key])
        overview = reverse("partnerships:detail", args=[pair.key])
        learner, adviser = client_of["learner"], client_of["adviser"]
        assert page in learner.get(overview).content.decode()

        unticked = learner.post(page, {})
        assert unticked.status_code == 422
        assert "tick this first" in unticked.content.decode()
        assert learner.post(page, {"understood": "on"}).status_code == 302
        assert "is asked" in learner.get(page).content.decode()
        assert "wishes it. Do you?" in adviser.get(page).content.decode()
        adviser.post(page, {"understood": "on"})

        assert "What you two wrote was destroyed" in learner.get(page).content.decode()
        assert "was destroyed on" in learner.get(overview).content.decode()

    def test_every_page_says_that_it_was_destroyed_and_breaks_nothing(
        self, pair: Partnership, client_of: Any, now: datetime
    ) -> None:
        wish(pair, "learner", now)
        wish(pair, "adviser", now)
        addresses = [
            reverse(f"partnerships:{name}", args=[pair.key])
            for name in ("agreement", "goals", "messages", "ledger", "closing", "feedback")
        ]
        addresses.append(reverse("meetings:promises", args=[pair.key]))
        for address in addresses:
            shown = client_of["learner"].get(address).content.decode()
            assert "This was destroyed" in shown, address
            assert "let you in again" not in shown
            assert SECRET not in shown

    def test_a_no_keeps_it(self, pair: Partnership, client_of: Any, now: datetime) -> None:
        wish(pair, "learner", now)
        keep = reverse("partnerships:keep_words", args=[pair.key])
        assert client_of["adviser"].get(keep).status_code == 405
        assert client_of["adviser"].post(keep).status_code == 302
        pair.refresh_from_db()
        assert pair.learner_erases_at is None

    def test_others_find_no_such_page(
        self, pair: Partnership, signed_in: Callable[..., Client]
    ) -> None:
        stranger = signed_in(make_user(make_coordinator(pair.programme)))
        page = reverse("partnerships:erase", args=[pair.key])
        assert stranger.get(page).status_code == 404
        assert stranger.post(page, {"understood": "on"}).status_code == 404
