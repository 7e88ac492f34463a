"""Asks as each of the two may see them. What is missing and what is not yours look the same."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.matching.models import Ask
from viceversa.matching.rules import ask as rules
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules.lifecycle import OPEN as OPEN_PARTNERSHIP
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound


def with_people() -> QuerySet[Ask]:
    return Ask.objects.select_related(
        "programme",
        "learner__person__level",
        "learner__person__unit",
        "adviser__person__level",
        "adviser__person__unit",
        "learner__programme",
    )


def asks_for(actor: Actor, programme: Programme) -> QuerySet[Ask]:
    """Asks to this person as an adviser that were sent, newest first."""
    found = with_people().filter(programme=programme, adviser__person=actor.person_id)
    return found.filter(sent_at__isnull=False).order_by("-sent_at", "-id")


def asks_by(enrolment: Enrolment) -> QuerySet[Ask]:
    """A learner's own choices, newest list first and in the learner's order within it."""
    return with_people().filter(learner=enrolment).order_by("-created_at", "choice", "id")


def ask_for(actor: Actor, programme: Programme, key: str) -> Ask:
    """Readable by the two only; by the adviser from the moment it is sent."""
    mine = Q(learner__person_id=actor.person_id) | Q(
        adviser__person_id=actor.person_id, sent_at__isnull=False
    )
    ask = with_people().filter(mine, programme=programme, key=key).first()
    if ask is None or actor.person_id is None:
        raise NotFound(_("There is no such ask, or it is not yours to read."))
    return ask


def own_enrolment(actor: Actor, programme: Programme) -> Enrolment | None:
    return (
        Enrolment.objects.select_related("person__level", "person__unit", "programme")
        .filter(programme=programme, person=actor.person_id, state=Enrolment.State.ENROLLED)
        .first()
    )


def open_partnerships(enrolment: Enrolment, side: str) -> int:
    return Partnership.objects.filter(state__in=OPEN_PARTNERSHIP, **{side: enrolment}).count()


def advisers_now(learner: Enrolment) -> list[Person]:
    """Those who advise this learner now or are proposed to, with level and unit."""
    rows = Partnership.objects.filter(learner=learner, state__in=OPEN_PARTNERSHIP)
    found = rows.select_related("adviser__person__level", "adviser__person__unit").order_by("pk")
    return [row.adviser.person for row in found]


def full_advisers(enrolments: list[int]) -> set[int]:
    """Those of these advisers who have no free place, or no longer take part. Two queries."""
    taken = dict(
        Partnership.objects.filter(adviser__in=enrolments, state__in=OPEN_PARTNERSHIP)
        .order_by()
        .values_list("adviser")
        .annotate(count=Count("pk"))
    )
    places = Enrolment.objects.filter(
        pk__in=enrolments,
        state=Enrolment.State.ENROLLED,
        is_adviser=True,
        person__left_on__isnull=True,
    ).values_list("pk", "capacity")
    free = {pk for pk, capacity in places if taken.get(pk, 0) < capacity}
    return set(enrolments) - free


def counts_of(programme: Programme) -> dict[str, int]:
    """For coordinators: how many learners asked, wait, agreed. Never who, never whom."""
    rows = Ask.objects.filter(programme=programme).order_by()
    open_states, agreed = list(rules.OPEN), [Ask.State.ACCEPTED]
    return rows.aggregate(
        asked=Count("learner", distinct=True),
        waiting=Count("learner", distinct=True, filter=Q(state__in=open_states)),
        agreed=Count("learner", distinct=True, filter=Q(state__in=agreed)),
    )
