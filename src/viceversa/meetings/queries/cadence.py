"""Planned against kept, and how soon answers came: for the two, and for those who coordinate."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.help import stops_of, stories
from viceversa.meetings.rules import cadence as rules
from viceversa.meetings.rules.cadence import Answers, Cadence
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.queries import partnerships_in
from viceversa.partnerships.rules.lifecycle import ACTIVE, CLOSING, PAUSED
from viceversa.programmes.models import Programme

UNDER_WAY = (ACTIVE, PAUSED, CLOSING)


@dataclass(frozen=True)
class PairCadence:
    """`mine` and `theirs` are the answers of each side; None where there was none."""

    cadence: Cadence
    mine: Answers | None
    theirs: Answers | None


@dataclass(frozen=True)
class ProgrammeCadence:
    """Sums over the pairs that are under way, and how soon answers come. Who meets more often than
    planned makes up for nobody else; `within` is None where fewer than five pairs have answers."""

    pairs: int
    planned: int
    kept: int
    within: str | None


def pairs_under_way(programme: Programme) -> QuerySet[Partnership]:
    """For the programme's coordinators; the caller has checked that the actor is one."""
    return partnerships_in(programme).filter(state__in=UNDER_WAY)


def cadences(partnerships: Sequence[Partnership], now: datetime) -> dict[int, Cadence]:
    """Of those that have signed; four queries for any number."""
    stops, held = stops_of(partnerships, now), _held(partnerships)
    signed = Agreement.objects.filter(
        partnership__in=[row.pk for row in partnerships], state=Agreement.State.SIGNED
    )
    by_key = {row.partnership_id: row for row in signed.defer("sealed")}
    found = {}
    for row in partnerships:
        agreement = by_key.get(row.pk)
        began = row.started_at or (agreement.in_force_at if agreement else None)
        if agreement is None or began is None:
            continue
        since = rules.begins(began, now)
        found[row.pk] = Cadence(
            every_days=agreement.every_days,
            planned=rules.planned(agreement.every_days, since, now, stops[row.pk]),
            met=sum(since <= at <= now for at in held[row.pk]),
            last_at=max(held[row.pk], default=None),
        )
    return found


def _held(partnerships: Sequence[Partnership]) -> dict[int, list[datetime]]:
    rows = Meeting.objects.filter(partnership__in=partnerships, state=Meeting.State.HELD)
    found: dict[int, list[datetime]] = defaultdict(list)
    for partnership, at in rows.order_by().values_list("partnership", "starts_at"):
        found[partnership].append(at)
    return found


def cadence_of(partnership: Partnership, side: str, now: datetime) -> PairCadence | None:
    """For one of the two; None before both have signed."""
    cadence = cadences([partnership], now).get(partnership.pk)
    if cadence is None:
        return None
    lasted = rules.waits(
        stories([partnership], now)[partnership.pk].turns,
        since=now - rules.WINDOW,
        stops=stops_of([partnership], now)[partnership.pk],
    )
    other = "adviser" if side == "learner" else "learner"
    return PairCadence(cadence, rules.answers(lasted[side]), rules.answers(lasted[other]))


def cadence_in(programme: Programme, now: datetime) -> ProgrammeCadence:
    """A handful of queries, whatever the number of pairs."""
    rows = list(pairs_under_way(programme))
    found = cadences(rows, now).values()
    return ProgrammeCadence(
        pairs=len(found),
        planned=sum(one.planned for one in found),
        kept=sum(min(one.met, one.planned) for one in found),
        within=_within(rows, now),
    )


def _within(rows: Sequence[Partnership], now: datetime) -> str | None:
    """Each pair counts once, with the middle of its answers."""
    told, stops = stories(rows, now), stops_of(rows, now)
    halves = []
    for row in rows:
        by_side = rules.waits(told[row.pk].turns, since=now - rules.WINDOW, stops=stops[row.pk])
        both = rules.answers([*by_side["learner"], *by_side["adviser"]])
        if both is not None:
            halves.append(both.half)
    return rules.within(halves)
