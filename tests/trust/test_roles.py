"""Who is not one of the two reads nothing of what they wrote: on no address, in no state, and not
after writing oneself into the partnership either."""

import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from typing import Any, ClassVar

import pytest
from django.core.management import call_command
from django.test import Client, TestCase

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_person,
    make_programme,
    make_user,
)
from tests.trust.addresses import Address, addresses
from tests.trust.journey import Pair, live, make_pair
from tests.trust.scanner import found_in
from viceversa.accounts.actions import create_token
from viceversa.meetings.models import Delegate
from viceversa.notifications.models import Notification
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment
from viceversa.toolkit import clock

STATES = ("preparing", "active", "paused", "closing", "completed", "ended")
ROLES = ("coordinator", "operator", "directory_administrator", "stranger", "assistant")
SHUT = {401, 403, 404, 405, 302, 200, 409, 410}
NOT_FOLLOWED = ("sign-out", "static", "design")


class World:
    """What all tests here read: planted once, since it takes a while."""

    pairs: ClassVar[dict[str, Pair]] = {}
    people: ClassVar[dict[str, Person]] = {}
    planted: ClassVar[dict[str, str]] = {}
    only_posted: ClassVar[set[str]] = set()


def values_of(pair: Pair) -> dict[str, list[str]]:
    """What stands in the variable parts of addresses, for one partnership."""
    learner = pair.partnership.learner.person
    inbox = Notification.objects.filter(person=learner).values_list("key", flat=True)
    delegate = Delegate.objects.filter(principal=learner).values_list("key", flat=True)
    return {
        "key": [pair.key],
        "slug": [pair.partnership.programme.slug],
        "step": ["you", "back"],
        "kind": ["together", "own"],
        "what": ["adjust"],
        "number": ["2"],
        "delegate": list(delegate),
        "signed": ["nobody:signed-this"],
        "secret": ["nobody-was-given-this"],
        "person": [learner.key],
        "line": list(inbox[:1]),
        "goal": pair.keys.get("goal", [])[:1],
        "idea": ["all-0"],
        "unclear": pair.keys.get("unclear", []),
        "name": pair.keys.get("name", [])[:1],
        "entry": pair.keys.get("entry", [])[:1],
        "letter": pair.keys.get("letter", [])[:1],
        "meeting": pair.keys.get("meeting", []),
        "note": [*pair.keys.get("note", [])[:2], *pair.keys.get("feedback", [])[:1]],
        "promise": pair.keys.get("promise", [])[:1],
        "proposal": ["nobody-proposed-this"],
    }


def other_values(pair: Pair) -> dict[str, list[str]]:
    """For addresses beside the partnership: whatever key fits somewhere."""
    values = values_of(pair)
    keys = [*values["key"], *values["person"], *values["line"]]
    return {**values, "key": keys}


class Reader:
    """Somebody with a browser and a token, who opens address after address. `kept` is what the
    browser, or a proxy on the way, may keep."""

    def __init__(self, person: Person) -> None:
        user = make_user(person)
        self.browser = Client(raise_request_exception=False)
        self.browser.force_login(user, backend="viceversa.accounts.backend.Backend")
        self.kept: list[str] = []
        now = clock.now()
        _token, raw = create_token(
            user=user,
            name=f"reader {now.timestamp()}",
            scopes=["read"],
            expires_at=now + timedelta(days=1),
            by=actor_for_person(person),
            now=now,
        )
        self.token = raw

    def read(self, path: str) -> tuple[int, set[str]]:
        given = {"Authorization": f"Bearer {self.token}"} if path.startswith("/api/") else {}
        answer = self.browser.get(path, headers=given)
        said = b"".join(answer) if answer.streaming else answer.content
        heads = "\n".join(f"{name}: {value}" for name, value in answer.items()).encode()
        depth = 1 if answer.status_code == 200 else 0  # pages that say no are many, and plain
        if "no-store" not in answer.get("Cache-Control", ""):
            self.kept.append(path)
        return answer.status_code, found_in(said + heads, depth=depth)


def all_addresses() -> list[Address]:
    return [one for one in addresses() if not any(word in one.route for word in NOT_FOLLOWED)]


def paths(pair: Pair) -> Iterator[str]:
    """About this partnership, its half hours and its programme."""
    values = values_of(pair)
    for address in all_addresses():
        if address.is_of_content and address.parts and address.name not in World.only_posted:
            yield from address.filled(values)


def other_paths(pair: Pair) -> Iterator[str]:
    values = other_values(pair)
    for address in all_addresses():
        if not address.is_of_content or not address.parts:
            yield from address.filled(values)


@pytest.mark.pure
def test_every_address_about_a_partnership_can_be_filled_with_real_keys() -> None:
    said = values_of.__code__.co_consts
    known = {name for one in said for name in (one if isinstance(one, tuple) else (one,))}
    unknown = {
        (address.name, part)
        for address in all_addresses()
        if address.is_of_content
        for part in address.parts
        if part not in known
    }
    assert unknown == set(), "say in values_of what stands there"


def _only_posted(pair: Pair) -> Iterator[str]:
    """Buttons: they show nothing, whoever asks."""
    reader, values = Reader(pair.partnership.learner.person), values_of(pair)
    for address in all_addresses():
        filled = address.filled(values)
        if filled and reader.browser.get(filled[0]).status_code == 405:
            yield address.name


class NobodyElseReadsIt(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        call_command("createcachetable", verbosity=0)
        World.planted.clear()
        numbers = count(1)
        for state in STATES:
            programme = make_programme(state="running")
            World.pairs[state] = make_pair(programme, numbers, World.planted)
        World.people.update({role: make_person() for role in ROLES})
        for role in ("operator", "directory_administrator"):
            make_user(World.people[role], roles=(role,))
        for pair in World.pairs.values():
            make_coordinator(pair.partnership.programme, World.people["coordinator"])
            Delegate.objects.create(
                principal=pair.partnership.learner.person,
                person=World.people["assistant"],
                named_at=clock.now(),
            )
        for state, pair in World.pairs.items():
            live(pair, state)
        World.only_posted.update(_only_posted(World.pairs["active"]))

    def test_the_two_read_it_on_these_very_addresses(self) -> None:
        """Or the silence of the others would prove nothing."""
        for state, pair in World.pairs.items():
            partnership = pair.partnership
            read: set[str] = set()
            for person in (partnership.learner.person, partnership.adviser.person):
                reader = Reader(person)
                for path in paths(pair):
                    status, found = reader.read(path)
                    assert status in SHUT, (state, path, status)
                    read |= found
                assert reader.kept == [], "pages that stay in the browser"
            if state != "preparing":
                assert len(read) > 70, (state, len(read))

    def test_a_coordinator_reads_nothing(self) -> None:
        self._assert_nothing_is_read_as("coordinator")

    def test_an_operator_reads_nothing(self) -> None:
        self._assert_nothing_is_read_as("operator")

    def test_a_directory_administrator_reads_nothing(self) -> None:
        self._assert_nothing_is_read_as("directory_administrator")

    def test_a_stranger_reads_nothing(self) -> None:
        self._assert_nothing_is_read_as("stranger")

    def test_an_assistant_reads_nothing(self) -> None:
        self._assert_nothing_is_read_as("assistant")

    def test_a_coordinator_in_the_place_of_one_of_the_two_reads_nothing(self) -> None:
        self._assert_nothing_is_read_in_their_place("coordinator")

    def test_an_operator_in_the_place_of_one_of_the_two_reads_nothing(self) -> None:
        self._assert_nothing_is_read_in_their_place("operator")

    def test_an_administrator_in_the_place_of_one_of_the_two_reads_nothing(self) -> None:
        self._assert_nothing_is_read_in_their_place("directory_administrator")

    def test_an_assistant_in_the_place_of_one_of_the_two_reads_nothing(self) -> None:
        self._assert_nothing_is_read_in_their_place("assistant")

    def _assert_nothing_is_read_in_their_place(self, role: str) -> None:
        """Every state once, now as the learner, now as the adviser; both where time allows."""
        thorough = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
        for number, side in enumerate(("learner", "adviser")):
            states = STATES if thorough else STATES[number::2]
            self._assert_nothing_is_read_as(role, states, written_in=side)

    def test_others_read_nothing_beside_the_partnership(self) -> None:
        """Programmes, people, history, accounts: every other address."""
        wrong: list[Any] = []
        pair = World.pairs["active"]
        for role in ROLES:
            reader = Reader(World.people[role])
            for path in other_paths(pair):
                wrong += self._wrong(reader, role, path)
        assert wrong == []

    def _assert_nothing_is_read_as(
        self, role: str, states: Sequence[str] = STATES, *, written_in: str = ""
    ) -> None:
        wrong: list[Any] = []
        reader = Reader(World.people[role])
        for state in states:
            pair = World.pairs[state]
            if written_in:
                self._write_in(pair, written_in, World.people[role])
            for path in paths(pair):
                wrong += self._wrong(reader, f"{role} {written_in} {state}", path)
            if written_in:
                self._write_in(pair, written_in, self._person(pair, written_in))
        assert wrong == []

    def _person(self, pair: Pair, side: str) -> Person:
        enrolment: Enrolment = getattr(pair.partnership, side)
        return enrolment.person

    def _write_in(self, pair: Pair, side: str, person: Person) -> None:
        """As somebody with the database in their hands would."""
        enrolment: Enrolment = getattr(pair.partnership, side)
        Enrolment.objects.filter(pk=enrolment.pk).update(person=person)

    def _wrong(self, reader: Reader, who: str, path: str) -> list[Any]:
        status, found = reader.read(path)
        if not found and status in SHUT:
            return []
        return [(who, path, status, [World.planted.get(one, one) for one in sorted(found)])]
