"""Silence clocks: a reminder, then the coordinators, then the place goes to whoever waits."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from viceversa.history.actions import record
from viceversa.meetings.actions.helping import settle, tell_coordinators
from viceversa.meetings.messages.help import AnswerDue, FirstContactDue, PlacePassedOn
from viceversa.meetings.models import Help
from viceversa.meetings.queries.booker import person_on
from viceversa.meetings.queries.help import may_be_due, stops_of, stories
from viceversa.meetings.rules import help as rules
from viceversa.meetings.rules.booking import other
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.quiet import end_quietly
from viceversa.partnerships.actions.telling import tell_both
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules.lifecycle import ACCEPTED, ACTIVE, LIVE, PAUSED, PREPARING
from viceversa.programmes.actions.passing_on import pass_place_on
from viceversa.toolkit.actor import Actor

WATCHED = frozenset({ACCEPTED, PREPARING, ACTIVE})
BATCH = 200


def watch_silence(*, by: Actor, now: datetime) -> int:
    """Looks at every partnership in which something may be due. Returns how many steps were taken;
    doing it twice takes none twice."""
    _settle_what_is_over(by=by, now=now)
    return sum(_watch(batch, by=by, now=now) for batch in _batches(now))


def _batches(now: datetime) -> Iterator[list[Partnership]]:
    watched = may_be_due(now).filter(state__in=WATCHED)
    watched = watched.select_related("programme", "learner__person", "adviser__person")
    last = 0
    while batch := list(watched.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _watch(batch: list[Partnership], *, by: Actor, now: datetime) -> int:
    """Nine queries for a batch in which nothing is due."""
    known, stops = stories(batch, now), stops_of(batch, now)
    rows = _open_rows([partnership.pk for partnership in batch])
    taken = 0
    for partnership in batch:
        clock = rules.clock_of(known[partnership.pk])
        row = rows.get(partnership.pk)
        if _is_due(clock, row, stops[partnership.pk], now):
            taken += _look_closer(partnership, by=by, now=now)
    return taken


def _open_rows(ids: list[int]) -> dict[int, Help]:
    """Of silence; at most one of its two kinds is open at a time."""
    found = Help.objects.filter(
        partnership__in=ids, kind__in=[rules.NO_CONTACT, rules.SILENCE], resolved_at=None
    )
    return {row.partnership_id: row for row in found.order_by("id")}


def _is_due(
    clock: rules.Clock | None, row: Help | None, stops: list[rules.Span], now: datetime
) -> bool:
    if row is not None and (clock is None or not _is_about(row, clock)):
        return True
    return clock is not None and _next_step(clock, row, stops, now) is not None


def _is_about(row: Help, clock: rules.Clock) -> bool:
    return (row.kind, row.side, row.since) == (clock.kind, clock.side, clock.since)


def _next_step(
    clock: rules.Clock, row: Help | None, stops: list[rules.Span], now: datetime
) -> int | None:
    if rules.stands_still(now, stops):
        return None
    due = rules.step_due(clock.kind, rules.passed(clock.since, now, stops))
    done, at = (row.step, row.stepped_at) if row else (0, None)
    return rules.next_step(done, due, stepped_at=at, now=now)


@transaction.atomic
def _look_closer(partnership: Partnership, *, by: Actor, now: datetime) -> int:
    """Once more while it is held: somebody may have written at this moment."""
    partnership = locked(partnership)
    if partnership.state not in WATCHED:
        return 0
    clock = rules.clock_of(stories([partnership], now)[partnership.pk])
    row = _open_rows([partnership.pk]).get(partnership.pk)
    if row is not None and (clock is None or not _is_about(row, clock)):
        settle(partnership, row.kind, by=by, now=now)
        row = None
    if clock is None:
        return 0
    step = _next_step(clock, row, stops_of([partnership], now)[partnership.pk], now)
    return 0 if step is None else _take(step, clock, row, partnership, by=by, now=now)


def _take(
    step: int,
    clock: rules.Clock,
    row: Help | None,
    partnership: Partnership,
    *,
    by: Actor,
    now: datetime,
) -> int:
    if step == rules.PLACE:
        return _pass_on(clock, partnership, by=by, now=now)
    row = row or Help(partnership=partnership, kind=clock.kind, side=clock.side, since=clock.since)
    row.step, row.stepped_at = step, now
    row.save()
    detail = {"kind": clock.kind, "side": clock.side}
    if step != rules.REMINDED:
        record(by=by, verb="meetings.help_needed", target=partnership, detail=detail, now=now)
        tell_coordinators(partnership, now=now)
    elif not clock.of_agreement:  # of that, whoever's turn it is has a reminder already
        record(by=by, verb="meetings.reminded", target=partnership, detail=detail, now=now)
        _remind(clock, partnership, now=now)
    return 1


def _remind(clock: rules.Clock, partnership: Partnership, *, now: datetime) -> None:
    kind = FirstContactDue if clock.kind == rules.NO_CONTACT else AnswerDue
    partner = person_on(partnership, other(clock.side))
    message = kind(partnership=partnership, partner=partner)
    notify(to=[person_on(partnership, clock.side)], message=message, now=now)


def _pass_on(clock: rules.Clock, partnership: Partnership, *, by: Actor, now: datetime) -> int:
    """Only when somebody waits; otherwise it stays with the coordinators."""
    silent = partnership.learner if clock.side == "learner" else partnership.adviser
    if pass_place_on(silent, role=clock.side, by=by, now=now) is None:
        return 0
    detail = {"kind": clock.kind, "side": clock.side}
    record(by=by, verb="meetings.place_passed_on", target=partnership, detail=detail, now=now)
    Help.objects.filter(partnership=partnership, resolved_at=None).update(
        step=rules.PLACE, stepped_at=now, resolved_at=now
    )
    end_quietly(partnership, by=by, now=now)
    tell_both(partnership, PlacePassedOn(partnership=partnership), now=now)
    return 1


def _settle_what_is_over(*, by: Actor, now: datetime) -> None:
    """Of a paused partnership it stays open, out of sight, until the two go on."""
    stale = (
        Help.objects.filter(resolved_at=None)
        .exclude(partnership__state__in=WATCHED | {PAUSED})
        .exclude(kind=rules.CANCELLATIONS, partnership__state__in=LIVE)
        .select_related("partnership__learner__person", "partnership__adviser__person")
    )
    for row in stale:
        settle(row.partnership, row.kind, by=by, now=now)
