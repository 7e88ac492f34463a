"""What a reporter and the handlers write is read by those chosen and with the eight words. By
nobody else, on no address, and not after writing oneself into the rows of the database either."""

from itertools import count
from typing import ClassVar

from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse

from tests.factories import make_coordinator, make_person, make_programme, make_user
from tests.factories.safeguarding import CONTACT, make_contact
from tests.trust.concern import INBOX, Raised, raise_a_concern
from tests.trust.scanner import found_in
from tests.trust.test_roles import Reader, all_addresses
from viceversa.accounts.models import RoleGrant
from viceversa.people.models import Person
from viceversa.safeguarding.models import Entry, Holder
from viceversa.safeguarding.rules import receipt
from viceversa.safeguarding.views.concern import REPORTS, WRONG_WORDS
from viceversa.toolkit import clock

BUTTONS = ("concern", "ask_leave", "mark_spoken", "close_concern")


class ConcernsStaySealed(TestCase):
    raised: ClassVar[Raised]
    others: ClassVar[dict[str, Person]]
    slug: ClassVar[str]

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("createcachetable", verbosity=0)
        WRONG_WORDS.forget()
        REPORTS.forget()
        programme = make_programme(state="running")
        cls.slug = programme.slug
        cls.others = {
            "coordinator": make_coordinator(programme),
            "operator": make_person(),
            "directory_administrator": make_person(),
            "another contact": make_contact(now=clock.now()),
            "stranger": make_person(),
        }
        for role in ("operator", "directory_administrator"):
            make_user(cls.others[role], roles=(role,))
        cls.raised = raise_a_concern(count(1), {})

    def _paths(self) -> list[str]:
        """Every address that needs no key, and every one that may take this one."""
        keys = [self.raised.concern.key, self.raised.handlers[0].key]
        values = {"key": keys, "slug": [self.slug]}
        return [path for address in all_addresses() for path in address.filled(values)]

    def _read_by(self, person: Person) -> set[str]:
        reader = Reader(person)
        found: set[str] = set()
        for path in self._paths():
            status, here = reader.read(path)
            assert status < 500 or path == "/readyz", (path, status)  # it may say: not ready
            found |= here
        return found

    def _press_all(self, person: Person) -> set[int]:
        browser = Client()
        browser.force_login(make_user(person), backend="viceversa.accounts.backend.Backend")
        names = [reverse(f"safeguarding:{one}", args=[self.raised.concern.key]) for one in BUTTONS]
        return {browser.post(name, {"text": "x"}).status_code for name in names}

    def test_those_chosen_and_the_words_read_it_on_these_very_addresses(self) -> None:
        taken = {word for word in self.raised.planted if word in self._inbox()}
        assert len(taken) == 4
        for handler in self.raised.handlers:
            assert self._read_by(handler) >= taken

    def _inbox(self) -> set[str]:
        answer = Client().post(reverse(INBOX), {"words": self.raised.words})
        return found_in(answer.content, depth=1)

    def test_nobody_else_reads_it_or_does_anything_about_it(self) -> None:
        for role, person in self.others.items():
            assert self._read_by(person) == set(), role
            assert self._press_all(person) <= {403, 404}, role
        assert self._inbox()
        assert Entry.objects.filter(concern=self.raised.concern).count() == 4

    def test_nor_after_writing_oneself_among_the_handlers(self) -> None:
        """As somebody with the database in their hands would: by a row, and in the place of one."""
        row = Holder.objects.get(person=self.raised.handlers[0])
        for role, person in self.others.items():
            RoleGrant.objects.get_or_create(user=make_user(person), role=CONTACT)
            Holder.objects.filter(pk=row.pk).update(person=person)
            assert self._read_by(person) == set(), role
            assert 500 not in self._press_all(person), role
        assert Entry.objects.filter(concern=self.raised.concern).count() == 4

    def test_a_handler_whose_role_was_taken_back_or_who_left_reads_no_more(self) -> None:
        gone, left = self.raised.handlers
        RoleGrant.objects.filter(user__person=gone).delete()
        assert self._read_by(gone) == set()
        assert self._press_all(gone) == {403}
        browser = Client()
        browser.force_login(make_user(left), backend="viceversa.accounts.backend.Backend")
        Person.objects.filter(pk=left.pk).update(left_on=clock.now().date())
        answer = browser.get(reverse("safeguarding:concern", args=[self.raised.concern.key]))
        assert answer.status_code in {302, 403}

    def test_wrong_words_read_nothing(self) -> None:
        answer = Client().post(reverse(INBOX), {"words": receipt.new_words()})
        assert found_in(answer.content) == set()
