"""What the two people of a partnership do next: half hours, promises, the agreement."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from viceversa.learning.queries.training import waiting_for
from viceversa.learning.rules.modules import Module
from viceversa.meetings.models import (
    Afterword,
    Commitment,
    Delegate,
    Help,
    Meeting,
    Preparation,
)
from viceversa.meetings.rules.help import COORDINATORS
from viceversa.partnerships.models import Agreement, AgreementPart, Partnership
from viceversa.partnerships.queries.agreement import facts_from
from viceversa.partnerships.rules import agreement
from viceversa.partnerships.rules.lifecycle import LIVE, MEETING
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor

MOST_SHOWN = 3
STILL_ON = timedelta(hours=1)
SOON = timedelta(days=2)
FRESH = timedelta(days=7)


@dataclass(frozen=True)
class HalfHour:
    meeting: Meeting
    partner: Person
    is_learner: bool
    has_prepared: bool
    is_on: bool

    @property
    def asks_something(self) -> bool:
        return self.is_on or not self.has_prepared


def half_hours_of(actor: Actor, *, now: datetime) -> list[HalfHour]:
    """Those that come next, and the one that is on. Two queries."""
    mine = Q(partnership__learner__person=actor.person_id) | Q(
        partnership__adviser__person=actor.person_id
    )
    meetings = list(
        Meeting.objects.filter(
            mine,
            state=Meeting.State.BOOKED,
            starts_at__gt=now - STILL_ON,
            partnership__state__in=MEETING,
        )
        .select_related("partnership__learner__person", "partnership__adviser__person")
        .defer("agenda")
        .order_by("starts_at")[:MOST_SHOWN]
    )
    prepared = set(
        Preparation.objects.filter(meeting__in=meetings, author=actor.person_id).values_list(
            "meeting", flat=True
        )
    )
    return [_half_hour(actor, meeting, meeting.pk in prepared, now) for meeting in meetings]


def _half_hour(actor: Actor, meeting: Meeting, has_prepared: bool, now: datetime) -> HalfHour:
    learner, adviser = meeting.partnership.learner.person, meeting.partnership.adviser.person
    is_learner = learner.pk == actor.person_id
    is_on = meeting.starts_at - timedelta(minutes=10) <= now
    return HalfHour(meeting, adviser if is_learner else learner, is_learner, has_prepared, is_on)


def to_look_back(actor: Actor, *, now: datetime) -> list[HalfHour]:
    """The last one of each partnership, while it is fresh and this person has not looked back."""
    mine = Q(partnership__learner__person=actor.person_id) | Q(
        partnership__adviser__person=actor.person_id
    )
    over = Q(state=Meeting.State.HELD) | Q(
        state=Meeting.State.BOOKED, starts_at__lte=now - STILL_ON
    )
    rows = (
        Meeting.objects.filter(mine, over, starts_at__range=(now - FRESH, now))
        .filter(partnership__state__in=MEETING)
        .select_related("partnership__learner__person", "partnership__adviser__person")
        .defer("agenda")
        .order_by("starts_at")
    )
    last = {row.partnership_id: row for row in rows}.values()
    written = Afterword.objects.filter(meeting__in=last, author=actor.person_id)
    done = set(written.values_list("meeting", flat=True))
    return [_half_hour(actor, row, True, now) for row in last if row.pk not in done][:MOST_SHOWN]


def promises_due(actor: Actor, *, today: date) -> list[tuple[Partnership, int]]:
    """Partnerships with the learner's open promises due by the day after tomorrow."""
    rows = (
        Commitment.objects.filter(
            author=actor.person_id, state=Commitment.State.OPEN, due_on__lte=today + SOON
        )
        .order_by()
        .values_list("partnership")
        .annotate(number=Count("pk"))
    )
    counts = dict(rows[:MOST_SHOWN])
    found = Partnership.objects.filter(pk__in=counts).select_related("adviser__person")
    return [(partnership, counts[partnership.pk]) for partnership in found]


def my_turn(partnerships: Iterable[tuple[Partnership, str]]) -> dict[int, str]:
    """Of these, given with one's side: where the agreement waits for oneself, and how far it is.
    Two queries."""
    sides = {row.pk: side for row, side in partnerships if row.state in agreement.SIGNING}
    parts: dict[int, list[AgreementPart]] = defaultdict(list)
    for part in AgreementPart.objects.filter(partnership__in=sides).defer("sealed"):
        parts[part.partnership_id].append(part)
    versions: dict[int, list[Agreement]] = defaultdict(list)
    open_ones = Agreement.objects.filter(
        partnership__in=sides, state__in=[Agreement.State.DRAFT, Agreement.State.SIGNED]
    ).order_by()
    for version in open_ones.defer("sealed"):
        versions[version.partnership_id].append(version)
    facts = {pk: facts_from(parts[pk], versions[pk]) for pk in sides}
    return {
        pk: agreement.stage(facts[pk])
        for pk, side in sides.items()
        if side in agreement.turn_of(facts[pk])
    }


def training_of(actor: Actor, partnerships: Iterable[tuple[Partnership, str]]) -> list[Module]:
    """What this person finishes before the first half hour, given with one's side."""
    return waiting_for(
        actor.person_id,
        [
            (row.programme_id, side, row.started_at)
            for row, side in partnerships
            if row.state in LIVE
        ],
    )


def helps_in(programme_ids: Iterable[int]) -> Counter[int]:
    """Programme → how many partnerships need help; a reminder alone is not for coordinators yet."""
    rows = (
        Help.objects.filter(
            partnership__programme__in=list(programme_ids),
            resolved_at=None,
            step__gte=COORDINATORS,
        )
        .order_by()
        .values_list("partnership__programme")
        .annotate(number=Count("partnership", distinct=True))
    )
    return Counter(dict(rows))


def assisted_by(actor: Actor) -> list[Delegate]:
    """Those for whom one books."""
    return list(
        Delegate.objects.filter(person=actor.person_id, ended_at=None).select_related("principal")
    )
