"""What-if questions on the review page of a round of 5,000 people: 1,000 learners, 4,000 advisers.

Each figure is one whole request through middleware, sign-in, form, engine and template. The first
question after a start finds nothing kept in memory and is told apart.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from bench import pages

LEARNERS = int(os.environ.get("BENCH_LEARNERS", "1000"))
ADVISERS = int(os.environ.get("BENCH_ADVISERS", "4000"))
TURNS = int(os.environ.get("BENCH_TURNS", "12"))
MOST_SECONDS = 1.0
SLUG = "what-if"


def load() -> None:
    """The sample's people, the most senior as learners, in a programme of their own."""
    from viceversa.home.management.sample import run_sample
    from viceversa.matching.actions.round import gather_again, gather_round
    from viceversa.matching.actions.solving import solve_round
    from viceversa.toolkit import clock
    from viceversa.toolkit.actor import system

    run_sample(people=LEARNERS + ADVISERS, seed=1, echo=lambda line: None)
    programme = _programme()
    _enrol(programme)
    actor = system("bench", via="command")
    started = time.perf_counter()
    round_ = gather_round(programme=programme, by=actor, now=clock.now())
    solve_round(round_id=round_.pk, attempt=round_.attempt, by=actor)
    print(f"gathered and solved in {time.perf_counter() - started:.1f} s")
    _some_leave(programme)
    started = time.perf_counter()
    round_ = gather_again(round_=round_, by=actor, now=clock.now())
    solve_round(round_id=round_.pk, attempt=round_.attempt, by=actor)
    round_.refresh_from_db()
    steps = len(round_.summary["keeping"]["steps"])
    taken = time.perf_counter() - started
    print(f"again with a curve of {steps} steps in {taken:.1f} s: {round_.failure or ''}")
    print(
        f"{round_.summary['learners']:,} learners, {round_.summary['advisers']:,} advisers, "
        f"{round_.summary['admissible']:,} of {round_.summary['looked_at']:,} pairs possible"
    )


def _programme() -> Any:
    from viceversa.accounts.models import User
    from viceversa.home.sample import SIGN_INS
    from viceversa.programmes.models import Programme, Standing
    from viceversa.toolkit import clock

    programme = Programme.objects.create(
        slug=SLUG, name="What if", template="blank", state="matching", created_at=clock.now()
    )
    person = User.objects.get(email=SIGN_INS[0].email).person
    Standing.objects.create(programme=programme, person=person, role=Standing.Role.COORDINATOR)
    return programme


def _some_leave(programme: Any) -> None:
    """Every twentieth, so that there are pairs that stood and pairs that cannot stay."""
    from viceversa.programmes.models import Enrolment

    rows = Enrolment.objects.filter(programme=programme).order_by("pk")
    gone = list(rows.values_list("pk", flat=True)[::20])
    Enrolment.objects.filter(pk__in=gone).update(state=Enrolment.State.WITHDRAWN)


def _enrol(programme: Any) -> None:
    from viceversa.people.models import Person, Skill
    from viceversa.programmes.models import Enrolment, EnrolmentOffer, EnrolmentWant
    from viceversa.toolkit import clock

    rng, now = random.Random(1), clock.now()
    skills = list(Skill.objects.order_by("pk").values_list("pk", flat=True)[:30])
    people = Person.objects.filter(left_on__isnull=True).order_by("-level__rank", "pk")
    rows = [
        Enrolment(
            programme=programme,
            person_id=person,
            is_learner=place < LEARNERS,
            is_adviser=place >= LEARNERS,
            languages=["en"],
            created_at=now,
        )
        for place, person in enumerate(people.values_list("pk", flat=True)[: LEARNERS + ADVISERS])
    ]
    stored = Enrolment.objects.bulk_create(rows, batch_size=500)
    wants, offers = [], []
    for row in stored:
        for place, skill in enumerate(rng.sample(skills, 3), start=1):
            if row.is_learner:
                wants.append(EnrolmentWant(enrolment=row, skill_id=skill, priority=place))
            else:
                offers.append(EnrolmentOffer(enrolment=row, skill_id=skill, level=2))
    EnrolmentWant.objects.bulk_create(wants, batch_size=500)
    EnrolmentOffer.objects.bulk_create(offers, batch_size=500)


def questions() -> Iterator[tuple[str, str]]:
    """Name and address of every kind of question, TURNS of each, none twice."""
    ask = f"/programmes/{SLUG}/rounds/1/what-if/answer/?"
    parts = {"skills": 5, "goals": 2, "other_unit": 1, "place": 1, "hours": 1}
    rules = {"min_rank_gap": 2, "shared_hours": 2, "same_unit_allowed": "on"}
    favours = _favours()
    for turn, (learner, best, worst) in enumerate(_possible_pairs()):
        weights = parts | {"skills": 10 - turn % 9, "hours": 1 + turn // 9}
        other_rules = rules | {"shared_hours": 2 + turn / 8, "order": "fair"}
        yield "a weight", ask + urlencode(weights)
        yield "a rule", ask + urlencode(other_rules | parts)
        yield "an aim", ask + urlencode(rules | weights | {"order": "coverage"})
        yield "a good pin", ask + urlencode({"learner": learner, "adviser": best})
        yield "few changes", ask + urlencode({"keep_points": favours[turn % len(favours)]})
        yield "a weak pin", ask + urlencode({"learner": learner, "adviser": worst})


def _favours() -> list[int]:
    from viceversa.matching.models import Round
    from viceversa.matching.rules.keeping import choices_of

    return [choice.points for choice in choices_of(Round.objects.get().summary)]


def _possible_pairs() -> Iterator[tuple[str, str, str]]:
    """A learner, and the advisers of the best and the worst score on the list who are not
    proposed for that learner."""
    from viceversa.matching.models import Options, Proposal
    from viceversa.programmes.models import Enrolment

    proposed = set(Proposal.objects.values_list("learner", "adviser"))
    for options in Options.objects.select_related("learner").order_by("pk")[:TURNS]:
        own = [row[0] for row in options.pairs if (options.learner_id, row[0]) not in proposed]
        keys = dict(Enrolment.objects.filter(pk__in=own).values_list("pk", "key"))
        yield options.learner.key, keys[own[0]], keys[own[-1]]


def main() -> int:
    pages.prepare()
    load()
    visit, asked = pages.visitor(), list(questions())
    print(f"first question after a start   {visit(asked[0][1]):6.2f} s")
    seconds: dict[str, list[float]] = {}
    for name, path in asked:
        seconds.setdefault(name, []).append(visit(path))
    print(f"{TURNS} questions each      median    worst")
    for name, values in seconds.items():
        print(f"{name:<22} {statistics.median(values):6.2f} s {max(values):6.2f} s")
    return int(max(map(statistics.median, seconds.values())) > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
