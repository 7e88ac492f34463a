from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_person,
    make_user,
)
from tests.meetings.writing import (
    PLANTED,
    adviser_of,
    clients_of,
    learner_of,
    make_pair,
    stored_beside_the_envelopes,
)
from viceversa.accounts.actions import create_token
from viceversa.accounts.models import User
from viceversa.history.models import Entry
from viceversa.meetings.actions.commitment import (
    NewPromise,
    close_promise,
    make_promises,
    publish_promise,
    unpublish_promise,
)
from viceversa.meetings.models import Commitment, Delegate
from viceversa.meetings.rules.words import Promise
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db

WORDS = Promise(said="Watch three a week.", will=f"Watch three films about {PLANTED}")


@pytest.fixture
def pair() -> Partnership:
    partnership: Partnership = make_pair()
    return partnership


def promised(
    pair: Partnership, *, due_on: date | None = None, now: datetime, words: Promise = WORDS
) -> Commitment:
    new = [NewPromise(words, due_on)]
    return make_promises(partnership=pair, promises=new, by=learner_of(pair), now=now)[0]


def test_the_adviser_is_told_of_a_promise_but_not_which(pair: Partnership, now: datetime) -> None:
    promised(pair, now=now)

    told = Notification.objects.get()
    assert (told.person, told.kind) == (pair.adviser.person, "meetings.promise_made")
    assert Entry.objects.get().verb == "meetings.promise_made"
    assert PLANTED.encode() not in bytes(Commitment.objects.get().sealed)
    assert PLANTED not in stored_beside_the_envelopes()


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "That day is over"), (400, "more than a year away")]
)
def test_a_promise_is_due_today_or_within_a_year(
    days: int, words: str, pair: Partnership, now: datetime
) -> None:
    with pytest.raises(Refused, match=words):
        promised(pair, due_on=now.date() + timedelta(days=days), now=now)
    assert not Commitment.objects.exists()


def test_several_promises_are_made_together_or_not_at_all(pair: Partnership, now: datetime) -> None:
    fits, late = NewPromise(WORDS), NewPromise(WORDS, now.date() - timedelta(days=1))
    with pytest.raises(Refused):
        make_promises(partnership=pair, promises=[fits, late], by=learner_of(pair), now=now)
    assert not Commitment.objects.exists()
    make_promises(partnership=pair, promises=[fits, fits], by=learner_of(pair), now=now)
    assert Notification.objects.count() == 1


def test_only_the_learner_promises(pair: Partnership, now: datetime) -> None:
    for actor in (adviser_of(pair), actor_for_person(make_person())):
        with pytest.raises(NotAllowed):
            make_promises(partnership=pair, promises=[NewPromise(WORDS)], by=actor, now=now)


@pytest.mark.parametrize("outcome", ["kept", "dropped"])
def test_the_learner_closes_a_promise(outcome: str, pair: Partnership, now: datetime) -> None:
    commitment = promised(pair, now=now)

    closed = close_promise(commitment=commitment, outcome=outcome, by=learner_of(pair), now=now)

    assert (closed.state, closed.closed_at) == (outcome, now)
    entry = Entry.objects.last()
    assert entry is not None
    assert (entry.verb, entry.detail) == ("meetings.promise_closed", {"outcome": outcome})
    assert set(Notification.objects.values_list("kind", flat=True)) == {
        "meetings.promise_made",
        "meetings.promise_closed",
    }


def test_a_promise_cannot_be_closed_twice(pair: Partnership, now: datetime) -> None:
    commitment = promised(pair, now=now)
    learner = learner_of(pair)
    close_promise(commitment=commitment, outcome="kept", by=learner, now=now)
    for outcome in ("kept", "dropped"):
        with pytest.raises(Refused, match="closed already: kept"):
            close_promise(commitment=commitment, outcome=outcome, by=learner, now=now)


def test_a_promise_is_kept_or_let_go_and_nothing_else(pair: Partnership, now: datetime) -> None:
    with pytest.raises(Refused, match="kept the promise or let go"):
        close_promise(
            commitment=promised(pair, now=now), outcome="open", by=learner_of(pair), now=now
        )


def test_only_the_learner_closes_and_publishes(pair: Partnership, now: datetime) -> None:
    commitment = promised(pair, now=now)
    for actor in (adviser_of(pair), actor_for_person(make_person())):
        with pytest.raises(NotAllowed):
            close_promise(commitment=commitment, outcome="kept", by=actor, now=now)
        with pytest.raises(NotAllowed):
            publish_promise(commitment=commitment, words="x", by=actor, now=now)
        with pytest.raises(NotAllowed):
            unpublish_promise(commitment=commitment, by=actor, now=now)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.published) == ("open", "")


def test_a_published_promise_is_what_was_typed_and_can_be_taken_back(
    pair: Partnership, now: datetime
) -> None:
    commitment = promised(pair, now=now)
    learner = learner_of(pair)
    published = publish_promise(
        commitment=commitment, words=" I watch a film. ", by=learner, now=now
    )
    assert published.published == "I watch a film."
    assert unpublish_promise(commitment=commitment, by=learner, now=now).published == ""
    assert [entry.verb for entry in Entry.objects.all()][1:] == [
        "meetings.promise_published",
        "meetings.promise_unpublished",
    ]


def test_what_was_let_go_is_not_published_any_more(pair: Partnership, now: datetime) -> None:
    commitment = promised(pair, now=now)
    learner = learner_of(pair)
    publish_promise(commitment=commitment, words="I watch a film.", by=learner, now=now)
    assert (
        close_promise(commitment=commitment, outcome="dropped", by=learner, now=now).published == ""
    )
    with pytest.raises(Refused, match="let go"):
        publish_promise(commitment=commitment, words="x", by=learner, now=now)


def page(name: str, pair: Partnership, *more: str) -> str:
    return reverse(f"meetings:{name}", args=[pair.key, *more])


def test_promises_are_made_closed_and_found_by_state(
    signed_in: Callable[..., Client], pair: Partnership
) -> None:
    learner, adviser = clients_of(signed_in, pair)
    learner.post(page("promise_new", pair), {"said": "Ask.", "will": "Ask one client"})
    learner.post(page("promise_new", pair), {"said": "", "will": "Film ten seconds"})
    first = Commitment.objects.earliest("pk")
    learner.post(page("promise_close", pair, first.key), {"outcome": "kept"})

    shown = adviser.get(page("promises", pair)).content.decode()
    assert "Ask one client" in shown
    assert "Film ten seconds" in shown
    assert "promise_close" not in shown
    assert "Kept</button>" not in shown
    kept = adviser.get(page("promises", pair), {"state": "kept"}).content.decode()
    assert "Ask one client" in kept
    assert "Film ten seconds" not in kept


def test_an_overdue_promise_is_marked(
    signed_in: Callable[..., Client], pair: Partnership, now: datetime
) -> None:
    promised(pair, due_on=now.date(), now=now)
    learner, _adviser = clients_of(signed_in, pair)
    Commitment.objects.update(due_on=clock.now().date() - timedelta(days=2))
    assert "overdue" in learner.get(page("promises", pair)).content.decode()


def test_closing_twice_on_the_page_says_so(
    signed_in: Callable[..., Client], pair: Partnership, now: datetime
) -> None:
    path = page("promise_close", pair, promised(pair, now=now).key)
    learner, _adviser = clients_of(signed_in, pair)
    assert learner.post(path, {"outcome": "kept"}).status_code == 302
    answer = learner.post(path, {"outcome": "dropped"})
    assert answer.status_code == 409
    assert "closed already" in answer.content.decode()


def people_outside(pair: Partnership) -> dict[str, User]:
    assistant, coordinator = make_person(), make_person()
    make_coordinator(pair.programme, coordinator)
    Delegate.objects.create(
        principal=pair.learner.person, person=assistant, named_at=pair.created_at
    )
    return {
        "assistant": make_user(assistant),
        "coordinator": make_user(coordinator),
        "participant": make_user(make_enrolment(pair.programme, adviser=True).person),
        "operator": make_user(make_person(), roles=("operator", "directory_administrator")),
        "stranger": make_user(make_person()),
    }


def test_for_everybody_outside_a_promise_is_missing(
    signed_in: Callable[..., Client], pair: Partnership, now: datetime
) -> None:
    commitment = promised(pair, now=now)
    users = people_outside(pair)
    for who, user in users.items():
        client = signed_in(user)
        reading = [page("promises", pair), page("promise_publish", pair, commitment.key)]
        writing: list[tuple[str, dict[str, Any]]] = [
            (page("promise_new", pair), {"will": "x"}),
            (page("promise_close", pair, commitment.key), {"outcome": "kept"}),
            (page("promise_publish", pair, commitment.key), {"words": "x"}),
            (page("promise_unpublish", pair, commitment.key), {}),
        ]
        answers = [client.get(path) for path in reading]
        answers += [client.post(path, data) for path, data in writing]
        assert {answer.status_code for answer in answers} == {404}, who
        assert not [answer for answer in answers if PLANTED in answer.content.decode()], who
    commitment.refresh_from_db()
    assert (commitment.state, commitment.published) == ("open", "")


def test_for_the_adviser_what_changes_a_promise_is_missing(
    signed_in: Callable[..., Client], pair: Partnership, now: datetime
) -> None:
    commitment = promised(pair, now=now)
    _learner, adviser = clients_of(signed_in, pair)
    assert PLANTED in adviser.get(page("promises", pair)).content.decode()
    for name in ("promise_close", "promise_publish", "promise_unpublish"):
        assert adviser.post(page(name, pair, commitment.key), {"words": "x"}).status_code == 404
    assert adviser.get(page("promise_new", pair)).status_code == 404


def test_a_promise_of_another_partnership_is_missing(
    signed_in: Callable[..., Client], pair: Partnership, now: datetime
) -> None:
    other = promised(make_pair("Ada Fen", "Bo Reed"), now=now)
    learner, _adviser = clients_of(signed_in, pair)
    for name in ("promise_close", "promise_publish"):
        answer = learner.post(page(name, pair, other.key), {"outcome": "kept", "words": "x"})
        assert answer.status_code == 404


def test_a_promise_is_published_in_words_typed_anew(
    signed_in: Callable[..., Client], pair: Partnership, now: datetime
) -> None:
    commitment = promised(pair, now=now)
    learner, _adviser = clients_of(signed_in, pair)
    path = page("promise_publish", pair, commitment.key)
    form = learner.get(path).context["form"]
    assert form["words"].value() in (None, "")
    assert learner.post(path, {"words": " "}).status_code == 422

    learner.post(path, {"words": "I watch a film a week."})

    everyone = reverse("meetings:published_promises", args=[pair.programme.slug])
    outside = people_outside(pair)
    for who in ("coordinator", "participant"):
        shown = signed_in(outside[who]).get(everyone).content.decode()
        assert "I watch a film a week." in shown
        assert PLANTED not in shown
        assert pair.adviser.person.name not in shown
    for who in ("stranger", "operator"):
        assert signed_in(outside[who]).get(everyone).status_code == 404
    learner.post(page("promise_unpublish", pair, commitment.key))
    assert "I watch a film" not in signed_in(outside["participant"]).get(everyone).content.decode()


def test_an_envelope_of_another_promise_stays_shut(
    signed_in: Callable[..., Client], pair: Partnership, now: datetime
) -> None:
    one, other = promised(pair, now=now), promised(pair, now=now)
    Commitment.objects.filter(pk=other.pk).update(sealed=one.sealed)
    Commitment.objects.filter(pk=one.pk).update(sealed=b"\x01" * 40)
    learner, _adviser = clients_of(signed_in, pair)
    answer = learner.get(page("promises", pair))
    assert answer.status_code == 200
    assert answer.content.decode().count("This could not be opened") == 2
    assert PLANTED not in answer.content.decode()


def test_promises_are_paged_with_the_same_number_of_questions_of_the_database(
    signed_in: Callable[..., Client], pair: Partnership, now: datetime
) -> None:
    learner, _adviser = clients_of(signed_in, pair)
    counts = []
    for number in (1, 9):
        for _n in range(number):
            promised(pair, now=now)
        learner.get(page("promises", pair))
        with CaptureQueriesContext(connection) as asked:
            learner.get(page("promises", pair))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    for _n in range(20):
        promised(pair, now=now)
    second = learner.get(page("promises", pair), {"page": "2"})
    assert len(second.context["promises"]) == 5


def api(person: Person) -> Client:
    """A program with a token of that person that may read and write."""
    now: datetime = clock.now()
    _token, secret = create_token(
        user=make_user(person),
        name="test",
        scopes=["read", "write"],
        expires_at=now + timedelta(days=1),
        by=actor_for_person(person),
        now=now,
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_programs_of_the_two_make_read_and_close_promises(pair: Partnership) -> None:
    learner, adviser = api(pair.learner.person), api(pair.adviser.person)
    listed = f"/api/v1/partnerships/{pair.key}/commitments"

    made = learner.post(
        listed, {"said": "Ask.", "will": "Ask one client"}, content_type="application/json"
    )
    assert made.status_code == 201
    one = f"/api/v1/commitments/{made.json()['key']}"
    assert adviser.get(one).json()["will"] == "Ask one client"
    closed = learner.post(f"{one}/close", {"outcome": "kept"}, content_type="application/json")
    assert closed.json()["state"] == "kept"
    again = learner.post(f"{one}/close", {"outcome": "kept"}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "closed")
    read = adviser.get(listed, {"state": "kept"}).json()
    assert [row["will"] for row in read["items"]] == ["Ask one client"]
    assert adviser.get(listed, {"state": "open"}).json()["items"] == []


@pytest.mark.parametrize("body", [{}, {"will": ""}, {"will": "  "}, {"will": "x" * 1001}])
def test_programs_hear_which_value_does_not_fit(body: dict[str, str], pair: Partnership) -> None:
    answer = api(pair.learner.person).post(
        f"/api/v1/partnerships/{pair.key}/commitments", body, content_type="application/json"
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].endswith("will")


def test_programs_of_others_find_nothing(pair: Partnership, now: datetime) -> None:
    commitment = promised(pair, now=now)
    one = f"/api/v1/commitments/{commitment.key}"
    listed = f"/api/v1/partnerships/{pair.key}/commitments"
    for who, user in people_outside(pair).items():
        assert user.person is not None
        program = api(user.person)
        answers = [
            program.get(one),
            program.get(listed),
            program.post(listed, {"will": "x"}, content_type="application/json"),
            program.post(f"{one}/close", {"outcome": "kept"}, content_type="application/json"),
        ]
        assert {answer.status_code for answer in answers} == {404}, who
        assert not [answer for answer in answers if PLANTED in answer.content.decode()], who


def test_the_advisers_program_reads_but_does_not_close(pair: Partnership, now: datetime) -> None:
    one = f"/api/v1/commitments/{promised(pair, now=now).key}"
    program = api(pair.adviser.person)
    assert program.get(one).json()["will"] == WORDS.will
    answer = program.post(f"{one}/close", {"outcome": "kept"}, content_type="application/json")
    assert answer.status_code == 403


def test_programs_of_the_learner_publish_typed_words_and_take_them_back(
    pair: Partnership, now: datetime
) -> None:
    one = f"/api/v1/commitments/{promised(pair, now=now).key}"
    learner, adviser = api(pair.learner.person), api(pair.adviser.person)
    body = {"words": "I watch three films a week."}

    refused = adviser.post(f"{one}/publish", body, content_type="application/json")
    shown = learner.post(f"{one}/publish", body, content_type="application/json")
    empty = learner.post(f"{one}/publish", {"words": " "}, content_type="application/json")
    back = learner.post(f"{one}/unpublish")

    assert (refused.status_code, empty.status_code) == (403, 422)
    assert shown.json()["published"] == "I watch three films a week."
    assert back.json()["published"] == ""


def test_a_program_without_a_key_reads_facts_and_no_words(pair: Partnership, now: datetime) -> None:
    one = f"/api/v1/commitments/{promised(pair, now=now).key}"
    assert pair.ring
    pair.ring.wraps.filter(person=pair.adviser.person).delete()
    read = api(pair.adviser.person).get(one).json()
    assert (read["state"], read["said"], read["will"]) == ("open", None, None)
