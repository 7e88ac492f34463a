"""Goals as one of the two reads them, and the titles that coordinators may read."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from viceversa.partnerships.models import (
    Agreement,
    Goal,
    GoalChange,
    Partnership,
    SelfCheck,
    Use,
)
from viceversa.partnerships.queries.agreement import spells_of
from viceversa.partnerships.queries.opening import Words, words
from viceversa.partnerships.queries.own_answers import Checks, opened_answers
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import goals as rules
from viceversa.partnerships.rules.agreement import level_for
from viceversa.people.models.skill import Mastery
from viceversa.toolkit.errors import NotFound
from viceversa.vault.rules.envelope import PERSONAL, SEALED, Place


def place_of_goal(goal: Goal) -> Place:
    return Place(SEALED, "partnerships.Goal.sealed", goal.key, goal.author_id)


def place_of_reply(goal: Goal, author_id: int) -> Place:
    return Place(SEALED, "partnerships.Goal.reply_sealed", goal.key, author_id)


def place_of_level(goal: Goal, author_id: int) -> Place:
    return Place(SEALED, "partnerships.Goal.level_sealed", goal.key, author_id)


def place_of_change(goal: Goal, kind: str, author_id: int) -> Place:
    return Place(SEALED, "partnerships.GoalChange.sealed", f"{goal.key}/{kind}", author_id)


def place_of_check(goal: Goal, moment: str, author_id: int) -> Place:
    return Place(PERSONAL, "partnerships.SelfCheck.sealed", f"{goal.key}/{moment}", author_id)


def place_of_use(goal: Goal, moment: str, author_id: int) -> Place:
    return Place(PERSONAL, "partnerships.Use.sealed", f"{goal.key}/{moment}", author_id)


@dataclass(frozen=True)
class GoalRow:
    """A goal opened for one of the two, and what they may do with it now."""

    goal: Goal
    words: Words
    reply: Words
    level: Words
    changes: dict[str, tuple[GoalChange, Words]]
    is_owner: bool
    is_author: bool

    @property
    def is_live(self) -> bool:
        return rules.is_live(self.goal.state)

    @property
    def may_accept(self) -> bool:
        return rules.may_accept(self.goal.state, is_author=self.is_author)

    @property
    def may_drop(self) -> bool:
        return rules.may_drop(self.goal.state, is_owner=self.is_owner, is_author=self.is_author)

    @property
    def may_move(self) -> bool:
        return rules.may_move(self.goal.state, is_owner=self.is_owner)

    @property
    def may_reply(self) -> bool:
        return self.is_live and not self.is_owner

    @property
    def change(self) -> tuple[GoalChange, Words] | None:
        return self.changes.get(GoalChange.Kind.WORDS)

    @property
    def wished_target(self) -> str:
        """How far the waiting change would like to go, in words; empty for as far as now."""
        wished = self.change[1].get("target") if self.change else ""
        return str(Mastery(wished).label) if wished else ""

    @property
    def share(self) -> tuple[GoalChange, Words] | None:
        return self.changes.get(GoalChange.Kind.SHARE)


def goals_of(partnership: Partnership) -> QuerySet[Goal]:
    changes = Prefetch("changes", queryset=GoalChange.objects.select_related("author"))
    return (
        Goal.objects.filter(partnership=partnership)
        .select_related("skill", "author")
        .prefetch_related(changes)
    )


def goal_for(seat: Seat, key: str) -> Goal:
    goal = goals_of(seat.partnership).filter(key=key).first()
    if goal is None:
        raise NotFound(_("There is no such goal, or it is not yours to see."))
    return goal


def opened_goal(seat: Seat, goal: Goal) -> GoalRow:
    owner = rules.owner_of(goal.stream)
    owner_id, helper_id = _ids(seat, owner)
    return GoalRow(
        goal=goal,
        words=words(seat, place_of_goal(goal), goal.sealed),
        reply=words(seat, place_of_reply(goal, helper_id), goal.reply_sealed),
        level=words(seat, place_of_level(goal, owner_id), goal.level_sealed),
        changes={
            change.kind: (change, _change_words(seat, goal, change))
            for change in goal.changes.all()
        },
        is_owner=seat.me.pk == owner_id,
        is_author=seat.me.pk == goal.author_id,
    )


def _ids(seat: Seat, owner: str) -> tuple[int, int]:
    learner, adviser = seat.partnership.learner.person_id, seat.partnership.adviser.person_id
    return (learner, adviser) if owner == "learner" else (adviser, learner)


def _change_words(seat: Seat, goal: Goal, change: GoalChange) -> Words:
    place = place_of_change(goal, change.kind, change.author_id)
    return words(seat, place, change.sealed)


def opened_goals(seat: Seat) -> dict[str, list[GoalRow]]:
    """By stream; those that are lived come before those that are over."""
    rows = [opened_goal(seat, goal) for goal in goals_of(seat.partnership)]
    rows.sort(key=lambda row: not row.is_live)
    return {
        stream: [row for row in rows if row.goal.stream == stream] for stream in Goal.Stream.values
    }


def confidentiality_of(partnership: Partnership) -> str | None:
    """Of the agreement that both have signed, as it is now; None before."""
    signed = Agreement.objects.filter(partnership=partnership, state=Agreement.State.SIGNED)
    agreement = signed.defer("sealed").first()
    return agreement.level if agreement is not None else None


def shared_goals(partnership: Partnership) -> list[Goal]:
    """For coordinators: the titles that both agreed to share, as long as what the two signed lets
    them be read. What was once withdrawn by a stricter level stays withdrawn."""
    spells = spells_of(partnership)
    shared = Goal.objects.filter(partnership=partnership, shared_at__isnull=False)
    return [
        goal
        for goal in shared.exclude(shared_title="")
        if goal.shared_at and rules.may_share(level_for(goal.shared_at, spells))
    ]


def checks_of(seat: Seat, goal: Goal) -> Checks:
    """Rows of the partner are never looked at."""
    rows = SelfCheck.objects.filter(goal=goal, author=seat.me)
    return opened_answers(seat, rows, lambda moment: place_of_check(goal, moment, seat.me.pk))


def uses_of(seat: Seat, goal: Goal) -> Checks:
    rows = Use.objects.filter(goal=goal, author=seat.me)
    return opened_answers(seat, rows, lambda moment: place_of_use(goal, moment, seat.me.pk))
