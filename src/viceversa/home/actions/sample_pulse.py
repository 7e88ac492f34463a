"""Two pulses of the sample: one whose results stand, and one that is open."""

from datetime import datetime, timedelta
from random import Random

from viceversa.programmes.models import Programme, Standing
from viceversa.safeguarding.actions.closing import tend_pulses
from viceversa.safeguarding.actions.pulse import answer_pulse, open_pulse
from viceversa.safeguarding.models import Wave
from viceversa.safeguarding.queries.pulse import people_asked, roster
from viceversa.safeguarding.rules.groups import AS_IT_IS, NOT_SAID
from viceversa.safeguarding.rules.questions import ANSWERS, FOUR_KEYS
from viceversa.safeguarding.rules.release import QUORUM
from viceversa.toolkit.actor import Actor

LEANS = ((6, 3, 1, 1), (8, 2, 0, 1), (5, 3, 2, 1), (3, 4, 2, 1))
COMMENTS = (
    "Half an hour is just right.",
    "The first weeks were slow because nobody said what we wanted to reach.",
    "More examples from our own market would help.",
    "I had not expected to be asked so openly what I think.",
    "Please keep the slot when quarter end comes.",
)


def ask_how_it_goes(programme: Programme, *, now: datetime) -> int:
    """How many pulses: none where too few live in partnerships."""
    coordinator = Standing.objects.filter(programme=programme, role="coordinator").first()
    if coordinator is None or len(roster(programme, [], today=now.date())) < QUORUM + 2:
        return 0
    by = Actor(person_id=coordinator.person_id, label=coordinator.person.name)
    first = _open(programme, by=by, now=now - timedelta(days=40))
    _answer(first, now=now - timedelta(days=36))
    tend_pulses(now=now - timedelta(days=29))
    _open(programme, by=by, now=now - timedelta(days=3))
    return 2


def _open(programme: Programme, *, by: Actor, now: datetime) -> Wave:
    return open_pulse(
        programme=programme,
        questions=FOUR_KEYS,
        breakdowns=["role", "years"],
        k=5,
        audience=Wave.Audience.ASKED,
        closes_on=now.date() + timedelta(days=10),
        by=by,
        now=now,
    )


def _answer(wave: Wave, *, now: datetime) -> None:
    """Four of five, by chance."""
    chance = Random(f"viceversa:pulse:{wave.number}")  # noqa: S311
    for number, person in enumerate(people_asked(wave).order_by("pk")):
        if number % 5 == 4:
            continue
        answer_pulse(
            wave=wave,
            answers=[chance.choices(ANSWERS, lean)[0] for lean in LEANS],
            counted={"role": AS_IT_IS, "years": NOT_SAID if number % 11 == 3 else AS_IT_IS},
            comment=COMMENTS[number // 6 % 5] if number % 6 == 2 and number < 30 else "",
            by=Actor(person_id=person.pk, label=person.name),
            now=now,
        )
