"""What happens by itself with half hours. Every job may run twice without harm."""

from viceversa.meetings.actions import holding, series, silence
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system


def keep_up() -> None:
    """Those that are past took place; those of partnerships that rest or are over do not."""
    by = system("the clock of half hours", via="job")
    now = clock.now()
    holding.clear_stopped(by=by, now=now)
    holding.hold_past(by=by, now=now)


def extend_series() -> None:
    now = clock.now()
    for series_id in series.series_to_extend(now):
        series.extend_series(series_id=series_id, now=now)


def watch_silence() -> None:
    silence.watch_silence(by=system("the silence clocks", via="job"), now=clock.now())
