"""Numbers of a programme. Each has its base; none reads what people wrote."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Count, Q, QuerySet, Sum

from viceversa.programmes.models import (
    Enrolment,
    EnrolmentOffer,
    EnrolmentWant,
    Programme,
    Standing,
)
from viceversa.programmes.queries.eligibility import criteria_for, fit_count
from viceversa.programmes.queries.standing import Runner, people_who_run
from viceversa.programmes.rules.coverage import HAVE_NOBODY, Coverage
from viceversa.programmes.rules.facts import Facts
from viceversa.toolkit.prepared import Row, prepared

ENROLLED = Enrolment.State.ENROLLED


@dataclass(frozen=True)
class RoleFigures:
    """People by state, and the places that the enrolled ones want or offer."""

    by_state: Mapping[str, int]
    places: int

    @property
    def enrolled(self) -> int:
        return self.by_state.get(ENROLLED, 0)

    @property
    def invited(self) -> int:
        return self.by_state.get(Enrolment.State.INVITED, 0)

    @property
    def waiting(self) -> int:
        return self.by_state.get(Enrolment.State.WAITING, 0)

    @property
    def gone(self) -> int:
        return self.by_state.get(Enrolment.State.DECLINED, 0) + self.by_state.get(
            Enrolment.State.WITHDRAWN, 0
        )


@dataclass(frozen=True)
class Figures:
    learners: RoleFigures
    advisers: RoleFigures
    partnerships: Mapping[str, int]

    @property
    def live(self) -> int:
        """Partnerships proposed or further on, and not ended."""
        return sum(
            number
            for state, number in self.partnerships.items()
            if state == "proposed" or state not in HAVE_NOBODY
        )


def figures_of(programme: Programme) -> Figures:
    """Three queries, each answered from an index alone."""
    return Figures(
        _role(_learners(programme.pk)),
        _role(_advisers(programme.pk)),
        dict(_partnerships(programme.pk)),
    )


def _role(rows: Iterable[Row]) -> RoleFigures:
    found = list(rows)
    return RoleFigures(
        {state: people for state, people, _places in found},
        sum(places or 0 for state, _people, places in found if state == ENROLLED),
    )


@prepared
def _learners(programme: int) -> QuerySet[Any, Any]:
    """`in`, since SQLite finds no index for a bare true or false."""
    found = Enrolment.objects.filter(programme=programme, is_learner__in=[True]).order_by()
    return found.values_list("state").annotate(people=Count("id"), places=Sum("demand"))


@prepared
def _advisers(programme: int) -> QuerySet[Any, Any]:
    found = Enrolment.objects.filter(programme=programme, is_adviser__in=[True]).order_by()
    return found.values_list("state").annotate(people=Count("id"), places=Sum("capacity"))


@prepared
def _partnerships(programme: int) -> QuerySet[Any, Any]:
    """State → how many. Partnerships lie above; their table is known by its relation only."""
    rows = Programme(pk=programme).partnerships.order_by().values_list("state")
    return cast("QuerySet[Any, Any]", rows.annotate(number=Count("id")))


def coverage_of(programme: Programme, figures: Figures, *, today: date) -> Coverage:
    enrolled = figures.learners.enrolled
    proposed, covered = _covered.first(programme.pk) or (0, 0)
    return Coverage(
        fit=_fit(programme, enrolled, today),
        enrolled=enrolled,
        proposed=proposed,
        covered=covered,
        target_percent=programme.coverage_target,
    )


def _fit(programme: Programme, enrolled: int, today: date) -> int:
    """Everyone the learner levels describe; counted anew each time, so from an index alone."""
    criteria = criteria_for(programme, "learner")
    return fit_count(criteria, today=today) if criteria.asks_for_level else enrolled


@prepared
def _covered(programme: int) -> QuerySet[Any, Any]:
    """Learners to whom somebody is proposed, and those who have somebody."""
    rows = Programme(pk=programme).partnerships.order_by().values("programme")
    counted = rows.annotate(
        proposed=Count("learner", distinct=True, filter=Q(state="proposed")),
        covered=Count("learner", distinct=True, filter=~Q(state__in=sorted(HAVE_NOBODY))),
    )
    return cast("QuerySet[Any, Any]", counted.values_list("proposed", "covered"))


def facts_of(
    programme: Programme,
    figures: Figures | None = None,
    *,
    runners: Iterable[Runner] | None = None,
    with_skills: bool = False,
) -> Facts:
    """What lifecycle and readiness ask about. Skills cost more and are read only when wanted."""
    figures = figures or figures_of(programme)
    runners = people_who_run(programme) if runners is None else runners
    standings = Counter(one.role for one in runners)
    wanted, unoffered = _skills(programme) if with_skills else (0, 0)
    return Facts(
        state=programme.state,
        mode=programme.mode,
        choosing=programme.choosing,
        engagement=programme.engagement,
        is_pilot=programme.is_pilot,
        purpose=programme.purpose,
        learner_objective=programme.learner_objective,
        adviser_objective=programme.adviser_objective,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        meeting_every_days=programme.meeting_every_days,
        coordinators=standings[Standing.Role.COORDINATOR],
        sponsors=standings[Standing.Role.SPONSOR],
        letter=programme.sponsor_letter,
        guidelines=programme.guidelines,
        training=programme.training,
        support=programme.support,
        learners=figures.learners.enrolled,
        advisers=figures.advisers.enrolled,
        places_wanted=figures.learners.places,
        places_offered=figures.advisers.places,
        skills_wanted=wanted,
        skills_nobody_offers=unoffered,
        partnerships=figures.live,
        answers=dict(programme.readiness),
    )


def _skills(programme: Programme) -> tuple[int, int]:
    """How many different skills learners want, and how many of these no adviser offers.

    Two plain lists are much faster than one question to the database with a question inside.
    """
    people = Enrolment.objects.filter(programme=programme, state=ENROLLED).order_by()
    learners, advisers = people.filter(is_learner=True), people.filter(is_adviser=True)
    wanted = set(_skill_ids(EnrolmentWant.objects.filter(enrolment__in=learners)))
    offered = set(_skill_ids(EnrolmentOffer.objects.filter(enrolment__in=advisers)))
    return len(wanted), len(wanted - offered)


def _skill_ids(topics: QuerySet[EnrolmentWant] | QuerySet[EnrolmentOffer]) -> Iterable[int]:
    return topics.order_by().values_list("skill", flat=True).distinct()
