"""What an agenda is drafted from, and the draft."""

from dataclasses import dataclass
from datetime import date

from viceversa.learning.queries.packs import FittingPack, pack_for_topics
from viceversa.meetings.queries.content import HalfHour, Opened, agenda_of, preparations
from viceversa.meetings.queries.promises import OpenedPromise, open_promises
from viceversa.meetings.rules import agenda as rules
from viceversa.meetings.rules.agenda import Material, Slot
from viceversa.meetings.rules.words import Preparing
from viceversa.partnerships.models import Goal
from viceversa.partnerships.queries.goals import GoalRow, opened_goals
from viceversa.people.models.skill import Mastery
from viceversa.programmes.models import EnrolmentWant

LONGEST_LINE = 160


@dataclass(frozen=True)
class Ground:
    """Everything that lies on the table before a half hour, for one of the two."""

    mine: Opened[Preparing]
    theirs: Opened[Preparing]
    goals: dict[str, list[GoalRow]]
    promises: list[OpenedPromise]
    agenda: Opened[list[Slot]]
    draft: list[Slot]
    plan: FittingPack | None

    @property
    def slots(self) -> list[Slot]:
        """The learner's agenda, or the draft as long as there is none."""
        return self.agenda.words or self.draft

    @property
    def borrows(self) -> bool:
        """Whether the draft holds what the plan suggests to try."""
        suggested = set(_lines(self.plan.plan.task)) if self.plan else set()
        return any(suggested & set(slot.lines) for slot in self.draft)


def ground_of(half_hour: HalfHour, *, today: date) -> Ground:
    mine, theirs = preparations(half_hour)
    goals = {
        stream: [row for row in rows if row.goal.state == Goal.State.OPEN]
        for stream, rows in opened_goals(half_hour.seat).items()
    }
    promises = open_promises(half_hour.seat, today=today)
    plan = _plan(half_hour, goals, today)
    material = _material(half_hour, mine, theirs, goals, promises, plan)
    draft = rules.draft(half_hour.meeting.minutes, material)
    return Ground(mine, theirs, goals, promises, agenda_of(half_hour), draft, plan)


def _plan(half_hour: HalfHour, goals: dict[str, list[GoalRow]], today: date) -> FittingPack | None:
    """Of the topic packs about their goals first, then about what the learner came for."""
    of_goals = [
        (row.goal.skill_id, row.goal.target or Mastery.BASIC)
        for rows in goals.values()
        for row in rows
        if row.goal.skill_id is not None
    ]
    wants = EnrolmentWant.objects.filter(enrolment=half_hour.seat.partnership.learner)
    of_wants = wants.order_by("priority", "id").values_list("skill", "target")
    return pack_for_topics([*of_goals, *of_wants], number=half_hour.number, today=today)


def _material(
    half_hour: HalfHour,
    mine: Opened[Preparing],
    theirs: Opened[Preparing],
    goals: dict[str, list[GoalRow]],
    promises: list[OpenedPromise],
    plan: FittingPack | None,
) -> Material:
    """What a plan suggests to try gives way to what one of the two wrote."""
    by_side = (mine, theirs) if half_hour.seat.is_learner else (theirs, mine)
    learner, adviser = (words.words or Preparing() for words in by_side)
    return Material(
        goals=_lines(*(row.words.get("title") for rows in goals.values() for row in rows)),
        promises=_lines(*(row.promise.words.will for row in promises if row.promise.words)),
        mine=_lines(learner.questions, learner.concerns),
        theirs=_lines(adviser.questions, adviser.concerns, adviser.ideas),
        hands_on=_lines(learner.hands_on, adviser.hands_on)
        or _lines(plan.plan.task if plan else ""),
    )


def _lines(*texts: str) -> tuple[str, ...]:
    lines = (line.strip() for text in texts for line in text.splitlines())
    return tuple(line[:LONGEST_LINE] for line in lines if line)
