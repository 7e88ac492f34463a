"""A learner's short list: the best advisers that no rule forbids, each with its reason.

Never an adviser's load, nor who else asks them.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from viceversa.matching.queries.settings import settings_of
from viceversa.matching.queries.snapshot import enrolled, snapshot_of
from viceversa.matching.rules.ask import SHORT_LIST
from viceversa.matching.rules.records import Candidate, candidates_of
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules import said_to
from viceversa.partnerships.rules.lifecycle import OPEN
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, EnrolmentOffer, EnrolmentWant
from viceversa.toolkit import clock

LOOKED_AT = 300


@dataclass(frozen=True)
class Choice:
    """One adviser of the short list, with what they say about themselves."""

    enrolment: Enrolment
    candidate: Candidate
    is_of_own_field: bool = False
    is_of_another_field: bool = False

    @property
    def reason(self) -> str:
        """As the learner reads it."""
        return said_to("learner", self.candidate.reason)


def short_list(learner: Enrolment) -> list[Choice]:
    """Up to twelve, the best first. A constant number of queries."""
    found = _candidates(learner, _promising(learner))[:SHORT_LIST]
    keys = [candidate.adviser_id for candidate in found]
    enrolments = {
        row.person.external_id: row
        for row in enrolled(learner.programme)
        .filter(person__external_id__in=keys)
        .select_related("person__level", "person__unit")
    }
    return [_choice(learner, enrolments[one.adviser_id], one) for one in found]


def is_of_own_field(one: Person, other: Person) -> bool:
    """The unit stands for the field; what is not known is nobody's own."""
    return one.unit_id is not None and one.unit_id == other.unit_id


def is_of_another_field(one: Person, other: Person) -> bool:
    """Known to be another; somebody without a unit is neither."""
    return None not in (one.unit_id, other.unit_id) and one.unit_id != other.unit_id


def _choice(learner: Enrolment, adviser: Enrolment, candidate: Candidate) -> Choice:
    return Choice(
        adviser,
        candidate,
        is_of_own_field=is_of_own_field(learner.person, adviser.person),
        is_of_another_field=is_of_another_field(learner.person, adviser.person),
    )


def admissible(learner: Enrolment, advisers: Collection[int]) -> dict[int, str]:
    """Which of these enrolments the learner may ask, each with the reason for the pair."""
    reasons = {one.adviser_id: one.reason for one in _candidates(learner, advisers)}
    rows = Enrolment.objects.filter(pk__in=advisers).values_list("pk", "person__external_id")
    return {pk: reasons[key] for pk, key in rows if key in reasons}


def _candidates(learner: Enrolment, advisers: Collection[int]) -> list[Candidate]:
    snapshot = snapshot_of(learner.programme, on=clock.now().date(), only=[learner.pk, *advisers])
    key = learner.person.external_id
    return candidates_of(snapshot, key, settings_of(learner.programme))


def _promising(learner: Enrolment) -> list[int]:
    """Advisers with a free place who offer most of what is wanted; the engine looks closer."""
    wanted = EnrolmentWant.objects.filter(enrolment=learner).values("skill")
    free = (
        enrolled(learner.programme)
        .filter(is_adviser=True)
        .exclude(person=learner.person_id)
        .exclude(pk__in=_full(learner.programme_id))
    )
    offering = EnrolmentOffer.objects.filter(enrolment__in=free.order_by(), skill__in=wanted)
    return list(
        offering.order_by()
        .values_list("enrolment")
        .annotate(skills=Count("pk"))
        .order_by("-skills", "enrolment")
        .values_list("enrolment", flat=True)[:LOOKED_AT]
    )


def _full(programme: int) -> QuerySet[Partnership, int]:
    """Advisers whose places are all taken."""
    return (
        Partnership.objects.filter(programme=programme, state__in=OPEN)
        .order_by()
        .values("adviser")
        .annotate(taken=Count("pk"))
        .filter(taken__gte=F("adviser__capacity"))
        .values_list("adviser", flat=True)
    )
