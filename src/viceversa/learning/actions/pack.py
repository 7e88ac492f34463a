"""Writing a topic pack and the plans of its levels."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.learning.actions.credit import check_credit, check_review_by
from viceversa.learning.models import Pack, Plan
from viceversa.learning.permissions import check_can_keep
from viceversa.learning.rules import packs as rules
from viceversa.learning.rules.packs import Step
from viceversa.people.models import Person, Skill
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@dataclass(frozen=True, kw_only=True)
class PackText:
    """What a person writes about a subject, apart from the plans."""

    title: str
    facet: str
    summary: str
    guard: str = ""
    ideas: tuple[str, ...] = ()
    is_risky: bool = False
    language: str = "en"
    sources: str = ""
    has_interests: bool = False
    interests: str = ""


@transaction.atomic
def add_pack(
    *,
    text: PackText,
    topics: Sequence[Skill],
    owner: Person | None,
    review_by: date,
    by: Actor,
    now: datetime,
) -> Pack:
    """A draft. It needs a plan, and somebody's look, before others see it."""
    check_can_keep(by)
    _check(text, topics)
    check_review_by(review_by, now.date())
    pack = Pack.objects.create(**_values(text), owner=owner, review_by=review_by, created_at=now)
    pack.topics.set(topics)
    record(by=by, verb="learning.pack.added", target=pack, now=now)
    return pack


@transaction.atomic
def change_pack(
    *,
    pack: Pack,
    text: PackText,
    topics: Sequence[Skill],
    owner: Person | None,
    review_by: date,
    by: Actor,
    now: datetime,
) -> Pack:
    check_can_keep(by)
    pack = open_pack(pack)
    _check(text, topics)
    if review_by != pack.review_by:
        check_review_by(review_by, now.date())
    was_risky = pack.is_risky
    for name, value in {**_values(text), "owner": owner, "review_by": review_by}.items():
        setattr(pack, name, value)
    pack.topics.set(topics)
    _save_changed(pack, was_risky=was_risky, by=by, now=now)
    return pack


@transaction.atomic
def set_plan(
    *, pack: Pack, level: int, steps: Sequence[Step], task: str, by: Actor, now: datetime
) -> Plan:
    """The half hour on one level, whole; what stood there before is replaced."""
    check_can_keep(by)
    pack = open_pack(pack)
    _check_plan(level, steps, task)
    values = {"steps": [[step.minutes, step.what] for step in steps], "task": task.strip()}
    plan, _new = Plan.objects.update_or_create(pack=pack, level=level, defaults=values)
    _save_changed(pack, was_risky=pack.is_risky, by=by, now=now, level=level)
    return plan


@transaction.atomic
def drop_plan(*, pack: Pack, level: int, by: Actor, now: datetime) -> Pack:
    check_can_keep(by)
    pack = open_pack(pack)
    plans = Plan.objects.filter(pack=pack)
    if pack.state == Pack.State.PUBLISHED and not plans.exclude(level=level).exists():
        raise Refused(_("A published pack keeps at least one plan."), code="last_plan")
    gone, _by_model = plans.filter(level=level).delete()
    if not gone:
        raise Refused(_("There is no plan on this level."), code="no_plan")
    _save_changed(pack, was_risky=pack.is_risky, by=by, now=now, level=level)
    return pack


def open_pack(pack: Pack) -> Pack:
    """Part of an action: the row, locked, unless it is retired."""
    pack = Pack.objects.select_for_update().get(pk=pack.pk)
    if pack.state == Pack.State.RETIRED:
        raise Refused(_("This pack is retired. Bring it back first."), code="retired")
    return pack


def _save_changed(
    pack: Pack, *, was_risky: bool, by: Actor, now: datetime, level: int | None = None
) -> None:
    before = pack.state
    pack.state = rules.state_after_change(pack.state, is_risky=pack.is_risky or was_risky)
    if pack.state != before:
        pack.reviewer, pack.reviewed_on = None, None
    pack.save()
    detail = {"state": pack.state, "level": level}
    record(by=by, verb="learning.pack.changed", target=pack, detail=detail, now=now)


def _values(text: PackText) -> dict[str, object]:
    return {**asdict(text), "ideas": list(text.ideas)}


def _check(text: PackText, topics: Sequence[Skill]) -> None:
    check_credit(
        needs_sources=False,
        sources=text.sources,
        gains=text.has_interests,
        interests=text.interests,
    )
    if not topics:
        raise Refused(_("Name at least one topic, so that people find the pack."), code="topics")


def _check_plan(level: int, steps: Sequence[Step], task: str) -> None:
    if level not in rules.LEVELS:
        raise Refused(_("There are four levels: basic to expert."), code="level")
    code = rules.wrong_with_steps(steps)
    if code == "steps":
        raise Refused(
            _("A plan has one to %(most)s steps of a minute or more.") % {"most": rules.MOST_STEPS},
            code=code,
        )
    if code == "sum":
        raise Refused(
            _("The steps take %(sum)s minutes. A half hour has %(length)s.")
            % {"sum": sum(step.minutes for step in steps), "length": rules.LENGTH},
            code=code,
        )
    if not task.strip():
        raise Refused(_("Say what the learner tries with their own hands."), code="task")
