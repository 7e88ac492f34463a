from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.factories.accounts import actor_for_person, make_user
from tests.factories.partnerships import make_partnership
from tests.factories.people import make_person
from tests.factories.programmes import make_coordinator, make_enrolment, make_programme
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.safeguarding.actions.concern import report_concern
from viceversa.safeguarding.actions.pulse import answer_pulse, open_pulse
from viceversa.safeguarding.models import Concern, Wave
from viceversa.safeguarding.queries.pulse import people_asked
from viceversa.safeguarding.rules import receipt
from viceversa.toolkit.actor import Actor
from viceversa.vault.actions.user_key import keys_for


def make_pairs(pairs: int, programme: Programme | None = None) -> Programme:
    """A running programme in which so many live in partnerships."""
    programme = programme or make_programme(state="running")
    for _pair in range(pairs):
        hired = date(2024, 5, 6)
        learner = make_enrolment(
            programme, make_person(rank=5, hired_on=hired - timedelta(days=3000)), learner=True
        )
        adviser = make_enrolment(programme, make_person(rank=1, hired_on=hired), adviser=True)
        make_partnership(programme, learner=learner, adviser=adviser, state="active")
    return programme


def make_wave(programme: Programme, *, now: datetime, **fields: Any) -> Wave:
    coordinator = make_coordinator(programme)
    given: dict[str, Any] = {
        "questions": ["respect", "goals"],
        "breakdowns": ["role"],
        "k": 5,
        "audience": "asked",
        "closes_on": now.date() + timedelta(days=10),
        "by": actor_for_person(coordinator),
        **fields,
    }
    return open_pulse(programme=programme, **given, now=now)


def asked_in(wave: Wave) -> list[Person]:
    return list(people_asked(wave).order_by("pk"))


def actor_of(person: Person) -> Actor:
    return Actor(person_id=person.pk, label=person.name)


def answer_as(person: Person, wave: Wave, *, now: datetime, **fields: Any) -> None:
    given: dict[str, Any] = {
        "answers": ["yes"] * len(wave.questions),
        "counted": dict.fromkeys(wave.breakdowns, "as_it_is"),
        "comment": "",
        **fields,
    }
    answer_pulse(wave=wave, **given, by=actor_of(person), now=now)


CONTACT = "safeguarding_contact"


def make_contact(name: str = "", *, now: datetime, ready: bool = True, **fields: Any) -> Person:
    """A safeguarding contact, with a key to which concerns can be sealed."""
    person = make_person(name, **fields)
    make_user(person, roles=(CONTACT,))
    if ready:
        keys_for({person.pk}, now=now)
    return person


def report(
    handlers: Sequence[Person], *, now: datetime, text: str = "He shouts at me.", named: str = ""
) -> tuple[Concern, str]:
    """A concern, and the words of its receipt."""
    words = receipt.new_words()
    keys = [person.key for person in handlers]
    return report_concern(named=named, text=text, handlers=keys, words=words, now=now), words
