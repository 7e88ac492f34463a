"""What happens by itself with half hours. Every job may run twice without harm."""

from viceversa.meetings.actions import holding, series, silence
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system
from viceversa.toolkit.jobs import later

SERIES_AT_ONCE = 500


def keep_up() -> None:
    """Those that are past took place; those of partnerships that rest or are over do not."""
    by = system("the clock of half hours", via="job")
    now = clock.now()
    holding.clear_stopped(by=by, now=now)
    holding.hold_past(by=by, now=now)


def extend_series() -> None:
    """Some at a time, so that other jobs run in between. Each that is looked at is done."""
    now = clock.now()
    waiting = series.series_to_extend(now, most=SERIES_AT_ONCE)
    for series_id in waiting:
        series.extend_series(series_id=series_id, now=now)
    if len(waiting) == SERIES_AT_ONCE:
        later("meetings.extend_series")


def watch_silence() -> None:
    silence.watch_silence(by=system("the silence clocks", via="job"), now=clock.now())
