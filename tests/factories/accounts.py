from tests.factories.people import make_person
from viceversa.accounts.models import RoleGrant, User
from viceversa.accounts.queries import actor_for
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor


def make_user(person: Person | None = None, *, roles: tuple[str, ...] = ()) -> User:
    person = person or make_person()
    user = User.objects.filter(person=person).first()
    if user is None:
        user = User.objects.create_user(
            email=person.email or "", password="correct horse battery", person=person
        )
    RoleGrant.objects.bulk_create(
        [RoleGrant(user=user, role=role) for role in roles], ignore_conflicts=True
    )
    return user


def actor_for_person(person: Person, *, roles: tuple[str, ...] = (), via: str = "page") -> Actor:
    return actor_for(make_user(person, roles=roles), via=via)
