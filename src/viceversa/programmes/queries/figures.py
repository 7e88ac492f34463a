"""Numbers of a programme. Each has its base; none reads what people wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from viceversa.programmes.models import (
    Enrolment,
    EnrolmentOffer,
    EnrolmentWant,
    Programme,
    Standing,
)
from viceversa.programmes.queries.eligibility import criteria_for, fit_count
from viceversa.programmes.rules.coverage import HAVE_NOBODY, Coverage
from viceversa.programmes.rules.facts import Facts

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
        _role(programme, "learner", "demand"),
        _role(programme, "adviser", "capacity"),
        _partnership_counts(programme),
    )


def _role(programme: Programme, role: str, places: str) -> RoleFigures:
    rows = (
        Enrolment.objects.filter(programme=programme, **{f"is_{role}": True})
        .order_by()
        .values_list("state")
        .annotate(people=Count("id"), places=Sum(places))
    )
    found = list(rows)
    return RoleFigures(
        {state: people for state, people, _places in found},
        sum(places or 0 for state, _people, places in found if state == ENROLLED),
    )


def _partnership_counts(programme: Programme) -> dict[str, int]:
    """State → how many. Partnerships lie above; their table is known by its relation only."""
    rows = programme.partnerships.order_by().values_list("state").annotate(number=Count("id"))
    return dict(rows)


def coverage_of(programme: Programme, figures: Figures, *, today: date) -> Coverage:
    criteria = criteria_for(programme, "learner")
    enrolled = figures.learners.enrolled
    covered = programme.partnerships.order_by().aggregate(
        proposed=Count("learner", distinct=True, filter=Q(state="proposed")),
        covered=Count("learner", distinct=True, filter=~Q(state__in=HAVE_NOBODY)),
    )
    return Coverage(
        fit=fit_count(criteria, today=today) if criteria.asks_for_level else enrolled,
        enrolled=enrolled,
        **covered,
        target_percent=programme.coverage_target,
    )


def facts_of(
    programme: Programme, figures: Figures | None = None, *, with_skills: bool = False
) -> Facts:
    """What lifecycle and readiness ask about. Skills cost more and are read only when wanted."""
    figures = figures or figures_of(programme)
    standings = _standings(programme)
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
        coordinators=standings.get(Standing.Role.COORDINATOR, 0),
        sponsors=standings.get(Standing.Role.SPONSOR, 0),
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


def _standings(programme: Programme) -> dict[str, int]:
    rows = Standing.objects.filter(programme=programme).order_by().values_list("role")
    return dict(rows.annotate(number=Count("id")))


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
