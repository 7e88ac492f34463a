"""Who can receive a concern: safeguarding contacts who are outside, and who can open it."""

from collections.abc import Iterable
from dataclasses import dataclass

from viceversa.accounts.models import Role, User
from viceversa.accounts.queries import may_sign_in
from viceversa.people.models import Person
from viceversa.people.queries import managers_above
from viceversa.people.queries.power import pairs_with_a_say
from viceversa.people.queries.searching import named as by_words
from viceversa.programmes.models import Programme, Standing
from viceversa.safeguarding.rules.concern import is_outside
from viceversa.toolkit.actor import Actor
from viceversa.vault.models import UserKey
from viceversa.vault.queries import open_keys

MOST_NAMED, MOST_OF_A_NAME = 5, 20


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


def people_named(typed: str) -> list[Person]:
    """Everybody whom a line or a part between commas may mean: by address, by number, or by all
    the words of a name. Rather one too many."""
    found: dict[int, Person] = {}
    for part in typed.replace(";", ",").replace("\n", ",").split(",")[:MOST_NAMED]:
        words = part.strip()
        if words:
            found.update((person.pk, person) for person in _meant(words))
    return list(found.values())


def _meant(words: str) -> Iterable[Person]:
    exact = Person.objects.filter(email__iexact=words) | Person.objects.filter(external_id=words)
    return list(exact) or list(Person.objects.filter(by_words(words))[:MOST_OF_A_NAME])


def _outside(handlers: list[Handler], about: list[Person]) -> list[Handler]:
    lines = {person.pk: frozenset(one.pk for one in managers_above(person)) for person in about}
    says = pairs_with_a_say()
    return [
        handler
        for handler in handlers
        if is_outside(handler.person.pk, (one.pk for one in managers_above(handler.person)), lines)
        and not any(tuple(sorted((handler.person.pk, person))) in says for person in lines)
    ]


def is_contact(actor: Actor) -> bool:
    return actor.person_id is not None and actor.has(Role.SAFEGUARDING_CONTACT)


def is_ready(actor: Actor) -> bool:
    """Has a key that opens, so that concerns can be sealed to this contact."""
    return bool(open_keys([actor.person_id])) if actor.person_id is not None else False
