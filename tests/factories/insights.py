from datetime import datetime, timedelta

from tests.factories.meetings import make_meeting
from tests.factories.partnerships import MADE_AT, make_partnership
from tests.factories.people import make_person
from tests.factories.programmes import make_enrolment
from viceversa.insights.models import Theme
from viceversa.meetings.models import Cancellation
from viceversa.partnerships.models import Confidence, Goal, Partnership, SelfCheck, Use
from viceversa.people.models import Person, Skill
from viceversa.programmes.models import Programme


def make_pairs(
    programme: Programme, number: int, *, gap: int = 4, **fields: str
) -> list[Partnership]:
    """Active, each with a learner and an adviser of its own, `gap` levels apart."""
    return [
        make_partnership(
            programme,
            learner=make_enrolment(programme, make_person(rank=1 + gap), learner=True),
            adviser=make_enrolment(programme, make_person(rank=1), adviser=True),
            **{"state": "active", **fields},
        )
        for _pair in range(number)
    ]


def make_held(pair: Partnership, *days: int, called_off: str = "") -> None:
    """Half hours that many days after the two agreed; with `called_off` that side called off."""
    for day in days:
        at = MADE_AT + timedelta(days=day)
        state = "cancelled" if called_off else "held"
        meeting = make_meeting(pair, starts_at=at, state=state)
        if called_off:
            person = pair.person_on(called_off)
            Cancellation.objects.create(
                meeting=meeting, person=person, side=called_off, hours_before=3, at=at
            )


def make_reached(pair: Partnership, state: str = "reached", stream: str = "learning") -> Goal:
    return _goal(pair, stream, state=state)


def make_checks(pair: Partnership, before: str, after: str, skill: Skill | None = None) -> None:
    """Of the learner, who lets both be counted."""
    goal = _goal(pair, "learning", skill=skill)
    for moment, band in (("before", before), ("after", after)):
        SelfCheck.objects.create(
            goal=goal,
            author=pair.learner.person,
            moment=moment,
            band=band,
            sealed=b"-",
            at=MADE_AT,
        )


def make_use(pair: Partnership, before: str, after: str) -> None:
    """How often the learner uses it, with leave to count both."""
    goal = _goal(pair, "learning")
    for moment, band in (("before", before), ("after", after)):
        said = {"moment": moment, "band": band, "sealed": b"-", "at": MADE_AT}
        Use.objects.create(goal=goal, author=pair.learner.person, **said)


def make_confidence(pair: Partnership, before: str, after: str) -> None:
    """Of the adviser, with leave to count both."""
    for moment, band in (("before", before), ("after", after)):
        said = {"moment": moment, "band": band, "sealed": b"-", "at": MADE_AT}
        Confidence.objects.create(partnership=pair, author=pair.adviser.person, **said)


def _goal(pair: Partnership, stream: str, **fields: object) -> Goal:
    author = pair.learner.person if stream == "learning" else pair.adviser.person
    return Goal.objects.create(
        partnership=pair,
        author=author,
        stream=stream,
        kind="literacy",
        sealed=b"-",
        created_at=MADE_AT,
        **{"state": "open", **fields},
    )


def make_theme(
    programme: Programme, name: str = "Tools", owner: Person | None = None, at: datetime = MADE_AT
) -> Theme:
    return Theme.objects.create(
        programme=programme,
        name=name,
        owner=owner,
        owner_function="" if owner else "IT",
        created_at=at,
    )
