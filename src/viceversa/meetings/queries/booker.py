"""Who books: one of the two, or the assistant of one. An assistant holds no key and reads nothing
but whom, when and where."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.meetings.models import Delegate
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries import partnerships_of
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.queries.side import side_of
from viceversa.partnerships.rules.lifecycle import LIVE, OPEN
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.vault.queries import Keyring


@dataclass(frozen=True)
class Booker:
    """`me` is the one of the two for whom the booking is done."""

    partnership: Partnership
    side: str
    is_assistant: bool = False

    @property
    def me(self) -> Person:
        return person_on(self.partnership, self.side)

    @property
    def partner(self) -> Person:
        side = "adviser" if self.side == "learner" else "learner"
        return person_on(self.partnership, side)

    @property
    def partner_role(self) -> str:
        return "adviser" if self.side == "learner" else "learner"

    @property
    def seat(self) -> Seat:
        """Without keys: enough to look for a time."""
        return Seat(self.partnership, self.side, self.me, self.partner, Keyring(None))


def person_on(partnership: Partnership, side: str) -> Person:
    enrolment = partnership.learner if side == "learner" else partnership.adviser
    return enrolment.person


def booker_of(actor: Actor, partnership: Partnership) -> Booker | None:
    """One of the two, else somebody's assistant, the learner's first."""
    side = side_of(actor, partnership)
    if side:
        return Booker(partnership, side)
    people = {person_on(partnership, side).pk: side for side in ("adviser", "learner")}
    named = _naming(actor).filter(principal__in=people).values_list("principal", flat=True)
    sides = {people[principal] for principal in named}
    if not sides:
        return None
    return Booker(partnership, "learner" if "learner" in sides else "adviser", is_assistant=True)


def booker_for(actor: Actor, key: str) -> Booker:
    """For the two people only: to everybody else, assistants too, there is nothing here."""
    partnership = partnerships_of(actor).filter(key=key).first()
    side = side_of(actor, partnership) if partnership else None
    if partnership is None or side is None:
        raise NotFound(_("There is no such partnership, or it is not yours to see."))
    return Booker(partnership, side)


def delegate_for(actor: Actor, key: str) -> Delegate:
    """As the assistant that somebody named."""
    delegate = _naming(actor).select_related("principal").filter(key=key).first()
    if delegate is None:
        raise NotFound(_("There is nobody here for whom you book."))
    return delegate


def delegate_between(actor: Actor, key: str) -> Delegate:
    """As either of the two."""
    mine = Q(person=actor.person_id or 0) | Q(principal=actor.person_id or 0)
    delegate = Delegate.objects.filter(mine, key=key, ended_at__isnull=True).first()
    if delegate is None:
        raise NotFound(_("There is nobody here for whom you book."))
    return delegate


def assistant_booker_for(delegate: Delegate, key: str) -> Booker:
    partnership = partnerships_of_principal(delegate).filter(key=key).first()
    if partnership is None:
        raise NotFound(_("There is nobody here for whom you book."))
    is_learner = partnership.learner.person_id == delegate.principal_id
    return Booker(partnership, "learner" if is_learner else "adviser", is_assistant=True)


def partnerships_of_principal(delegate: Delegate) -> QuerySet[Partnership]:
    """Those that are lived in; the soonest half hour first."""
    principal = delegate.principal_id
    return (
        Partnership.objects.filter(
            Q(learner__person=principal) | Q(adviser__person=principal), state__in=LIVE
        )
        .select_related("programme", "learner__person", "adviser__person")
        .order_by("next_at", "id")
    )


def _naming(actor: Actor) -> QuerySet[Delegate]:
    return Delegate.objects.filter(person=actor.person_id or 0, ended_at__isnull=True)


def books_for(actor: Actor) -> QuerySet[Delegate]:
    """For whom this person books."""
    return _naming(actor).select_related("principal").order_by("principal__name", "id")


def assistants_of(actor: Actor) -> QuerySet[Delegate]:
    """Whom this person has named."""
    return (
        Delegate.objects.filter(principal=actor.person_id or 0, ended_at__isnull=True)
        .select_related("person", "principal")
        .order_by("person__name", "id")
    )


def assistants_of_person(person_id: int) -> list[Delegate]:
    rows = Delegate.objects.filter(principal=person_id, ended_at__isnull=True)
    return list(rows.select_related("person", "principal").order_by("id"))


def are_partners(one: Person, other: Person) -> bool:
    """In a partnership that is open, in either direction."""
    return Partnership.objects.filter(
        Q(learner__person=one, adviser__person=other)
        | Q(learner__person=other, adviser__person=one),
        state__in=OPEN,
    ).exists()
