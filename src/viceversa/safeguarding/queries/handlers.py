"""Who can receive a concern: safeguarding contacts who are outside, and who can open it."""

from dataclasses import dataclass

from viceversa.accounts.models import Role, User
from viceversa.accounts.queries import may_sign_in
from viceversa.people.models import Person
from viceversa.people.queries.power import everybodys_managers, pairs_with_a_say
from viceversa.people.queries.searching import named as by_words
from viceversa.programmes.models import Programme, Standing
from viceversa.safeguarding.rules.concern import (
    MOST_NAMED,
    is_outside,
    line_above,
    parts_of,
    two_and_two,
)
from viceversa.toolkit.actor import Actor
from viceversa.vault.models import UserKey
from viceversa.vault.queries import open_keys


@dataclass(frozen=True)
class Handler:
    person: Person
    key: UserKey


def contacts() -> list[Person]:
    """All safeguarding contacts of the directory who can sign in."""
    grants = User.objects.filter(
        grants__role=Role.SAFEGUARDING_CONTACT, person__isnull=False, is_active=True
    )
    users = grants.select_related("person").order_by("person__name", "pk")
    return [user.person for user in users if user.person and may_sign_in(user)]


def offered(named: str) -> list[Handler]:
    """Who runs no programme, can open what is sealed to them, and stands outside the line of
    everybody who goes by one of the names or addresses in `named`."""
    people = {person.pk: person for person in contacts()}
    running = Standing.objects.filter(person__in=people, role=Standing.Role.COORDINATOR).exclude(
        programme__state=Programme.State.ARCHIVED
    )
    coordinating = set(running.values_list("person", flat=True))
    able = {key.person_id: key for key in open_keys(set(people) - coordinating)}
    found = [Handler(people[pk], able[pk]) for pk in people if pk in able]
    about = people_named(named)
    return _outside(found, about) if about else found


def people_named(typed: str) -> list[int]:
    """Everybody whom a part between commas may mean: by address, by number, or by all the words
    of a name. Rather one too many, and never only some of them."""
    found: set[int] = set()
    for words in parts_of(typed)[:MOST_NAMED]:
        found |= _meant(words)
    return sorted(found)


def _meant(words: str) -> set[int]:
    """Where nobody has all the words, such as with a title before the name, two that follow."""
    exact = Person.objects.filter(email__iexact=words) | Person.objects.filter(external_id=words)
    found = set(exact.values_list("pk", flat=True)) or _called(words)
    if not found:
        for pair in two_and_two(words):
            found |= _called(pair)
    return found


def _called(words: str) -> set[int]:
    return set(Person.objects.filter(by_words(words)).values_list("pk", flat=True))


def _outside(handlers: list[Handler], about: list[int]) -> list[Handler]:
    manager_of = dict(everybodys_managers())
    lines = {person: line_above(person, manager_of) for person in about}
    says = pairs_with_a_say()
    return [
        handler
        for handler in handlers
        if is_outside(handler.person.pk, line_above(handler.person.pk, manager_of), lines)
        and not any(_pair(handler.person.pk, person) in says for person in lines)
    ]


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def is_contact(actor: Actor) -> bool:
    return actor.person_id is not None and actor.has(Role.SAFEGUARDING_CONTACT)


def is_ready(actor: Actor) -> bool:
    """Has a key that opens, so that concerns can be sealed to this contact."""
    return bool(open_keys([actor.person_id])) if actor.person_id is not None else False
