"""What is written where nobody says who they are: a concern, with all that is refused on the way,
and the comment of a pulse."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from tests.factories import make_user
from tests.factories.safeguarding import asked_in, make_contact, make_pairs, make_wave
from tests.trust.browsing import Writer, forms_of
from tests.trust.scanner import secret
from viceversa.people.models import Person
from viceversa.safeguarding.models import Concern
from viceversa.toolkit import clock

REPORT, INBOX = "safeguarding:report", "safeguarding:inbox"
LEAVE = {"leave": "yes"}


@dataclass(frozen=True)
class Raised:
    concern: Concern
    words: str
    handlers: tuple[Person, Person]
    planted: frozenset[str]


class _Reporter:
    def __init__(self, numbers: Iterator[int], planted: dict[str, str]) -> None:
        self.client, self.numbers, self.planted = Client(), numbers, planted
        self.own: set[str] = set()

    def says(self, where: str) -> str:
        word = secret(next(self.numbers))
        self.planted[word] = f"concern: {where}"
        self.own.add(word)
        return f"{word} is what happened."

    def send(self, name: str, status: int = 200, **given: object) -> str:
        answer = self.client.post(reverse(name), given)
        assert answer.status_code == status, (name, answer.status_code)
        return str(answer.content.decode())


def raise_a_concern(numbers: Iterator[int], planted: dict[str, str]) -> Raised:
    one, other = make_contact(now=clock.now()), make_contact(now=clock.now())
    reporter = _Reporter(numbers, planted)
    words = _report(reporter, one, other)
    concern = Concern.objects.get(holders__person=one)
    for person in (one, other):
        writer = Writer(make_user(person), "handler", numbers, planted)
        before = set(planted)
        writer.fill("safeguarding:concern", concern.key)
        reporter.own |= set(planted) - before
    writer.press("safeguarding:ask_leave", concern.key)
    reporter.send(INBOX, words=words, text=reporter.says("reply"))
    reporter.send(INBOX, words=words, **LEAVE)
    reporter.send(INBOX, 422, words=words, text=reporter.says("too long") + "x" * 15_000)
    reporter.send(INBOX, 422, words=reporter.says("wrong words"))
    return Raised(concern, words, (one, other), frozenset(reporter.own))


def _report(reporter: _Reporter, one: Person, other: Person) -> str:
    given = {"text": reporter.says("text"), "named": reporter.says("named")}
    page = reporter.send(REPORT, **given)
    form = next(form for form in forms_of(page) if any(f.name == "words" for f in form.fields))
    words = next(field.value for field in form.fields if field.name == "words")
    reporter.send(REPORT, 422, **given, words=words, handlers=[one.key])
    reporter.send(REPORT, 422, text=reporter.says("too long at first") + "x" * 15_000)
    reporter.send(REPORT, **given, words=words, handlers=[one.key, other.key])
    return words


def comment_in_a_pulse(numbers: Iterator[int], planted: dict[str, str]) -> None:
    wave = make_wave(make_pairs(6), now=clock.now())
    for person in asked_in(wave)[:3]:
        Writer(make_user(person), "asked", numbers, planted).fill("safeguarding:pulse", wave.key)
