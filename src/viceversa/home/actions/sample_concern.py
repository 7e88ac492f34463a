"""A second safeguarding contact, and one concern that waits for its reporter. The words of its
receipt are kept by nobody, as it must be."""

from datetime import datetime, timedelta

from viceversa.accounts.models import Role, RoleGrant, User
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Standing
from viceversa.safeguarding.actions.concern import report_concern
from viceversa.safeguarding.actions.handling import ask_leave, become_ready, write_as_handler
from viceversa.safeguarding.queries.handlers import contacts
from viceversa.safeguarding.rules import receipt
from viceversa.toolkit.actor import Actor

REPORTED = (
    "In two of our half hours I was asked to say who in my team is behind with their work. I did "
    "not want to, and was told that this is what honest talk means. I do not know how to say no."
)
ANSWERED = (
    "Thank you for writing. You need not answer such a question, and saying so breaks nothing you "
    "agreed. Would it help if one of us spoke with the person? We would not say where it comes "
    "from, and do nothing before you agree."
)


def let_them_report(password: str, *, now: datetime) -> int:
    """How many concerns: none where nobody is left to be the second contact."""
    first = contacts()[:1]
    second = _second()
    if not first or second is None:
        return 0
    account = User.objects.create(email=second.email or "", person=second, password=password)
    RoleGrant.objects.create(user=account, role=Role.SAFEGUARDING_CONTACT)
    handlers = [_actor(person) for person in (*first, second)]
    for handler in handlers:
        become_ready(by=handler, now=now)
    concern = report_concern(
        named="",
        text=REPORTED,
        handlers=[first[0].key, second.key],
        words=receipt.new_words(),
        now=now - timedelta(days=16),
    )
    after = now - timedelta(days=9)
    write_as_handler(key=concern.key, text=ANSWERED, once="", by=handlers[0], now=after)
    ask_leave(key=concern.key, by=handlers[0])
    return 1


def _second() -> Person | None:
    """Somebody experienced who has no part in any programme."""
    free = Person.objects.filter(
        level__rank__gte=3, left_on=None, email__isnull=False, manager__isnull=False
    )
    for rows in (Enrolment, Standing, User):
        taken = rows._default_manager.filter(person__isnull=False).order_by()
        free = free.exclude(pk__in=taken.values_list("person", flat=True))
    return free.order_by("level__rank", "pk").first()


def _actor(person: Person) -> Actor:
    return Actor(
        person_id=person.pk, label=person.name, roles=frozenset({Role.SAFEGUARDING_CONTACT})
    )
