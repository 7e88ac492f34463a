"""khal as a process of its own, since it changes how its library reads zones for everybody. A line
in: a calendar, as JSON. A line out: what takes place, as pairs of seconds."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

import pytz
from khal.khalendar.backend import SQLiteDb

LOCALE: Any = {"default_timezone": pytz.UTC, "local_timezone": pytz.UTC}
FROM, TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


class Complaints(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise ValueError(record.getMessage())


def read(text: str) -> list[tuple[float, float]]:
    database = SQLiteDb(["mine"], ":memory:", LOCALE)
    database.update(text, "half-hours.ics", calendar="mine")
    rows = database.get_localized(FROM, TO)
    return sorted((row[2].timestamp(), row[3].timestamp()) for row in rows)


if __name__ == "__main__":
    logging.getLogger("khal").addHandler(Complaints(logging.WARNING))
    for line in sys.stdin:
        print(json.dumps(read(json.loads(line))), flush=True)
