"""Who is not one of the two changes nothing of theirs: every address about a partnership is posted
to by every other role, and by one of the two of another partnership under their own key."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from itertools import count
from typing import Any, ClassVar

from django.apps import apps
from django.core.management import call_command
from django.core.serializers import serialize
from django.test import Client, TestCase

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_person,
    make_programme,
    make_user,
)
from tests.trust.addresses import Address
from tests.trust.journey import Pair, live, make_pair
from tests.trust.test_roles import all_addresses, values_of
from viceversa.accounts.actions import create_token
from viceversa.meetings.models import Delegate
from viceversa.partnerships.views import confidence, feedback, forward, goal
from viceversa.people.models import Person
from viceversa.toolkit import clock

SHUT = {403, 404, 405}
SHUT_TO_PROGRAMS = {403, 404, 405, 422}
WHAT = {
    "partnerships:goal_act": [*goal.BUTTONS, *goal.SMALL_FORMS],
    "partnerships:feedback_act": [*feedback.BUTTONS],
    "partnerships:forward_act": [*forward.BUTTONS],
    "partnerships:confidence_act": [*confidence.MOMENTS, "uncount"],
}
TYPED = {
    **dict.fromkeys(("version", "step", "progress", "seen", "number"), "1"),
    **dict.fromkeys(("commits", "understood", "compared", "is_sure"), "on"),
    **dict.fromkeys(("text", "words", "title", "will", "thanks", "questions"), "Written in"),
    "kind": "clients",
    "side": "adviser",
    "outcome": "kept",
}


class HandsOff(TestCase):
    pair: ClassVar[Pair]
    others: ClassVar[Pair]
    people: ClassVar[dict[str, Person]]

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("createcachetable", verbosity=0)
        programme, numbers = make_programme(state="running"), count(1)
        cls.pair, cls.others = (make_pair(programme, numbers) for _pair in range(2))
        roles = ("operator", "directory_administrator", "stranger", "assistant")
        cls.people = {role: make_person() for role in roles}
        for role in roles[:2]:
            make_user(cls.people[role], roles=(role,))
        cls.people["coordinator"] = make_coordinator(programme)
        cls.people["of another pair"] = cls.others.partnership.learner.person
        learner = cls.pair.partnership.learner.person
        Delegate.objects.create(
            principal=learner, person=cls.people["assistant"], named_at=clock.now()
        )
        live(cls.pair, "active")
        live(cls.others, "preparing")

    def setUp(self) -> None:
        TOKENS.clear()

    def test_no_other_role_changes_anything(self) -> None:
        values = values_of(self.pair)
        for role, person in self.people.items():
            before = everything()
            wrong = self._wrong(person, role, values)
            assert wrong == [], wrong[:10]
            assert everything() == before, role

    def test_what_is_of_one_pair_is_not_reached_under_the_key_of_another(self) -> None:
        values = values_of(self.pair) | {"key": [self.others.key]}
        nested = {"goal", "name", "note", "entry", "letter", "meeting", "promise", "unclear"}
        before = everything()
        wrong = self._wrong(self.people["of another pair"], "nested", values, only=nested)
        assert wrong == [], wrong[:10]
        assert everything() == before

    def test_signed_out_or_without_a_form_of_ours_nothing_is_changed(self) -> None:
        before = everything()
        user = make_user(self.pair.partnership.learner.person)
        forged = Client(enforce_csrf_checks=True)
        forged.force_login(user, backend="viceversa.accounts.backend.Backend")
        for browser, shut in ((Client(), {302, 401, 404, 405}), (forged, {401, 403, 404, 405})):
            for path in self._paths(values_of(self.pair)):
                status = browser.post(path, TYPED).status_code
                assert status in shut, (path, status)
        assert everything() == before

    def test_looking_as_a_scanner_of_mails_does_changes_nothing(self) -> None:
        """Of the two themselves: GET and HEAD of every address, buttons too."""
        before = everything()
        for writer in self.pair.both:
            for path in self._paths(values_of(self.pair)):
                for ask in (writer.client.get, writer.client.head):
                    assert ask(path).status_code < 500, path
        assert everything() == before

    def test_a_token_that_may_only_read_changes_nothing_of_ones_own(self) -> None:
        before = everything()
        learner = self.pair.partnership.learner.person
        paths = [path for path in self._paths(values_of(self.pair)) if path.startswith("/api/")]
        assert len(paths) > 15
        for path in paths:
            assert program(learner, "read", path) in SHUT_TO_PROGRAMS, path
        assert everything() == before

    def _wrong(
        self,
        person: Person,
        role: str,
        values: Mapping[str, list[str]],
        *,
        only: frozenset[str] | set[str] = frozenset(),
    ) -> list[Any]:
        browser = Client()
        browser.force_login(make_user(person), backend="viceversa.accounts.backend.Backend")
        wrong: list[Any] = []
        for address in all_addresses():
            if not concerns_the_two(address) or may_act(role, address):
                continue
            if only and not only & set(address.parts):
                continue
            for path in filled(address, values):
                if path.startswith("/api/"):
                    status, shut = program(person, "write", path), SHUT_TO_PROGRAMS
                else:
                    status, shut = browser.post(path, TYPED).status_code, SHUT
                wrong += [] if status in shut else [(role, path, status)]
        return wrong

    def _paths(self, values: Mapping[str, list[str]]) -> list[str]:
        found = [one for one in all_addresses() if concerns_the_two(one)]
        return [path for address in found for path in filled(address, values)]


def concerns_the_two(address: Address) -> bool:
    return address.is_of_content and bool({"key", "delegate", "secret"} & set(address.parts))


def may_act(role: str, address: Address) -> bool:
    """An assistant has addresses of their own."""
    return role == "assistant" and "delegate" in address.parts


def filled(address: Address, values: Mapping[str, list[str]]) -> list[str]:
    return address.filled({**values, "what": WHAT.get(address.name, ["adjust"])})


def program(person: Person, scope: str, path: str) -> int:
    browser, now = Client(), clock.now()
    token = TOKENS.get((person.pk, scope))
    if token is None:
        _row, token = create_token(
            user=make_user(person),
            name=scope,
            scopes=["read", scope] if scope != "read" else ["read"],
            expires_at=now + timedelta(days=1),
            by=actor_for_person(person),
            now=now,
        )
        TOKENS[person.pk, scope] = token
    headers = {"Authorization": f"Bearer {token}"}
    return browser.post(path, TYPED, content_type="application/json", headers=headers).status_code


TOKENS: dict[tuple[int, str], str] = {}


def everything() -> str:
    """All rows of what the two have, and who holds a key to it."""
    digest = sha256()
    for label in ("partnerships", "meetings", "vault"):
        for model in apps.get_app_config(label).get_models():
            rows = model._default_manager.order_by("pk")
            digest.update(serialize("json", rows).encode())
    return digest.hexdigest()
