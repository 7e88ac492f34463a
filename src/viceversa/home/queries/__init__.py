"""What concerns a person today. A constant number of queries, whatever the size of programmes."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from viceversa.home.queries.half_hours import helps_in
from viceversa.home.rules import ProgrammeFacts, coordinator_step
from viceversa.matching.models import Ask, Round
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries import partnerships_of
from viceversa.partnerships.rules.lifecycle import LIVE, OPEN
from viceversa.people.models import Person
from viceversa.people.queries.searching import named
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.programmes.queries import visible_programmes
from viceversa.safeguarding.queries.power import holds_by_programme
from viceversa.toolkit.actor import Actor

MOST_SHOWN = 6
SEARCH_LIMIT = 8


@dataclass(frozen=True)
class CoordinatedProgramme:
    programme: Programme
    facts: ProgrammeFacts
    step: str
    latest_round_number: int | None
    helps: int
    held: int


def standings_of(actor: Actor) -> list[Standing]:
    return list(
        Standing.objects.filter(person_id=actor.person_id or 0)
        .exclude(programme__state=Programme.State.ARCHIVED)
        .select_related("programme")
        .order_by("programme__name")
    )


def coordinated(standings: list[Standing]) -> list[CoordinatedProgramme]:
    programmes = [row.programme for row in standings if row.role == Standing.Role.COORDINATOR]
    ids = [programme.pk for programme in programmes]
    if not ids:
        return []
    people = _enrolled_counts(ids)
    rounds = _latest_rounds(ids)
    answers, helps = _partnership_counts(ids), helps_in(ids)
    held = holds_by_programme(ids)
    return [
        _with_step(
            programme,
            people[programme.pk],
            rounds.get(programme.pk),
            answers,
            helps=helps[programme.pk],
            held=held[programme.pk],
        )
        for programme in programmes
    ]


def _with_step(
    programme: Programme,
    people: dict[str, int],
    latest: Round | None,
    answers: Counter[tuple[int, str]],
    *,
    helps: int,
    held: int,
) -> CoordinatedProgramme:
    facts = ProgrammeFacts(
        state=programme.state,
        learners=people["learners"],
        advisers=people["advisers"],
        latest_round=latest.state if latest else "",
        waiting_for_answers=answers[programme.pk, "proposed"],
        accepted=sum(answers[programme.pk, state] for state in LIVE),
        helps=helps,
    )
    number = latest.number if latest else None
    return CoordinatedProgramme(programme, facts, coordinator_step(facts), number, helps, held)


def _enrolled_counts(ids: list[int]) -> dict[int, dict[str, int]]:
    rows = (
        Enrolment.objects.filter(programme__in=ids, state=Enrolment.State.ENROLLED)
        .order_by()
        .values("programme")
        .annotate(
            learners=Count("pk", filter=Q(is_learner=True)),
            advisers=Count("pk", filter=Q(is_adviser=True)),
        )
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: {"learners": 0, "advisers": 0})
    for row in rows:
        counts[row["programme"]] = {"learners": row["learners"], "advisers": row["advisers"]}
    return counts


def _latest_rounds(ids: list[int]) -> dict[int, Round]:
    rows = (
        Round.objects.filter(programme__in=ids)
        .only("programme_id", "number", "state")
        .order_by("number")
    )
    return {row.programme_id: row for row in rows}


def _partnership_counts(ids: list[int]) -> Counter[tuple[int, str]]:
    rows = (
        Partnership.objects.filter(programme__in=ids)
        .order_by()
        .values_list("programme", "state")
        .annotate(count=Count("pk"))
    )
    return Counter({(programme, state): count for programme, state, count in rows})


def sponsored(standings: list[Standing]) -> list[dict[str, Any]]:
    programmes = [row.programme for row in standings if row.role == Standing.Role.SPONSOR]
    ids = [programme.pk for programme in programmes]
    if not ids:
        return []
    people, answers = _enrolled_counts(ids), _partnership_counts(ids)
    return [
        {
            "programme": programme,
            **people[programme.pk],
            "proposed": answers[programme.pk, "proposed"],
            "accepted": sum(answers[programme.pk, state] for state in LIVE),
        }
        for programme in programmes
    ]


def my_enrolments(actor: Actor) -> list[Enrolment]:
    """Invitations and open parts, the newest first."""
    return list(
        Enrolment.objects.filter(
            person_id=actor.person_id or 0,
            state__in=[
                Enrolment.State.INVITED,
                Enrolment.State.ENROLLED,
                Enrolment.State.WAITING,
            ],
        )
        .exclude(programme__state__in=[Programme.State.ARCHIVED, Programme.State.DRAFT])
        .select_related("programme")
        .order_by("-id")[:MOST_SHOWN]
    )


@dataclass(frozen=True)
class MyPartnership:
    """A partnership as one of its two people sees it."""

    partnership: Partnership
    side: str
    i_said_yes: bool

    @property
    def partner(self) -> Person:
        other = self.partnership.adviser if self.side == "learner" else self.partnership.learner
        return other.person

    @property
    def partner_role(self) -> str:
        return "adviser" if self.side == "learner" else "learner"


def my_partnerships(actor: Actor) -> list[MyPartnership]:
    rows = partnerships_of(actor).filter(state__in=OPEN)
    return [_as_mine(actor, row) for row in rows[:MOST_SHOWN]]


def _as_mine(actor: Actor, row: Partnership) -> MyPartnership:
    side = "learner" if row.learner.person_id == actor.person_id else "adviser"
    answered = row.learner_accepted_at if side == "learner" else row.adviser_accepted_at
    return MyPartnership(row, side, answered is not None)


def asks_to_answer(actor: Actor) -> QuerySet[Ask]:
    return (
        Ask.objects.filter(
            adviser__person_id=actor.person_id or 0, state__in=[Ask.State.SENT, Ask.State.QUESTION]
        )
        .select_related("programme", "learner__person")
        .order_by("expires_at")[:MOST_SHOWN]
    )


def search(actor: Actor, words: str) -> dict[str, Any]:
    terms = [word for word in words.casefold().split() if word][:6]
    if not terms:
        return {"people": [], "programmes": []}
    people = Person.objects.filter(named(words), left_on__isnull=True)
    people = people.select_related("level", "unit")
    programmes = visible_programmes(actor)
    for term in terms:
        programmes = programmes.filter(name__icontains=term)
    return {
        "people": list(people.order_by("name", "id")[:SEARCH_LIMIT]),
        "programmes": list(programmes.order_by("name")[:SEARCH_LIMIT]),
    }
