"""The pairs of a programme that is already running, and how far each has answered."""

from collections.abc import Iterator, Sequence
from random import Random

from viceversa.home.sample.enrolling import Crew
from viceversa.home.sample.fit import could_pair
from viceversa.home.sample.shapes import SamplePartnership

ACCEPTED, DECLINED, PROPOSED = "accepted", "declined", "proposed"
STATES = (
    (ACCEPTED,) * 2 + (DECLINED,) + (ACCEPTED,) * 2 + (PROPOSED,)
    + (ACCEPTED,) * 2 + (DECLINED, ACCEPTED, PROPOSED, ACCEPTED)
)  # fmt: skip
TRIES = 60


def partnerships(
    crew: Crew,
    learners: Sequence[int],
    advisers: Sequence[int],
    waiting: tuple[int, int],
    count: int,
    rng: Random,
    rules: tuple[int, int],
) -> tuple[SamplePartnership, ...]:
    """Pair `count` learners; the two in `waiting` each have an unanswered proposal.

    `rules` are the least rank gap and the least shared hours.
    """
    pairing = _Pairing(crew, rules, rng)
    learner, adviser = waiting
    others = [number for number in advisers if number != adviser]
    pairing.pair(learner, others)
    for senior in _shuffled([number for number in learners if number != learner], rng):
        if pairing.pair(senior, [adviser]):
            break
    unanswered = len(pairing.pairs)
    for senior in _shuffled(learners, rng):
        if len(pairing.pairs) < count and senior not in pairing.pairs:
            pairing.pair(senior, others)
    pairs = enumerate(pairing.pairs.items())
    return tuple(
        _answered(crew, pair, PROPOSED if place < unanswered else STATES[place % 12], place, rng)
        for place, pair in pairs
    )


def _shuffled(numbers: Sequence[int], rng: Random) -> Iterator[int]:
    return iter(rng.sample(numbers, len(numbers)))


class _Pairing:
    """Learner → adviser, every adviser once."""

    def __init__(self, crew: Crew, rules: tuple[int, int], rng: Random) -> None:
        self.pairs: dict[int, int] = {}
        self._crew, self._rules, self._rng = crew, rules, rng
        self._busy: set[int] = set()

    def pair(self, learner: int, advisers: Sequence[int]) -> bool:
        for adviser in self._rng.sample(advisers, min(TRIES, len(advisers))):
            if adviser not in self._busy and self._allowed(learner, adviser):
                self.pairs[learner] = adviser
                self._busy.add(adviser)
                return True
        return False

    def _allowed(self, learner: int, adviser: int) -> bool:
        crew, (gap, hours) = self._crew, self._rules
        return could_pair(
            crew.posts,
            crew.staff,
            learner,
            adviser,
            rank_gap=gap,
            shared_hours=hours,
            day=crew.today,
        )


def _answered(
    crew: Crew, pair: tuple[int, int], state: str, place: int, rng: Random
) -> SamplePartnership:
    learner, adviser = (crew.staff[number].external_id for number in pair)
    asked = rng.randint(4, 9) if state == PROPOSED else rng.randint(20, 40)
    first, second = asked - rng.randint(1, 3), asked - rng.randint(1, 3)
    learner_says, adviser_says = _answers(state, place)
    return SamplePartnership(
        learner=learner,
        adviser=adviser,
        state=state,
        proposed_at=crew.hour(asked),
        learner_answer=learner_says,
        learner_answered_at=crew.hour(first, 11) if learner_says else None,
        adviser_answer=adviser_says,
        adviser_answered_at=crew.hour(second, 14) if adviser_says else None,
    )


def _answers(state: str, place: int) -> tuple[str | None, str | None]:
    """Return what the learner and the adviser said; of the open ones some are half answered."""
    if state == ACCEPTED:
        return ACCEPTED, ACCEPTED
    if state == DECLINED:
        return (DECLINED, None) if place % 4 == 0 else (ACCEPTED, DECLINED)
    return (ACCEPTED, None) if place % 2 else (None, None)
