"""The answers as CSV and JSON texts. The same match always gives the same bytes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any

from viceversa.matching.engine.explaining.fairness import Fairness
from viceversa.matching.engine.explaining.unmatched import WhyUnmatched
from viceversa.matching.engine.pairs import Pair

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def partnerships_text(pairs: Sequence[Pair]) -> str:
    """partnerships.csv: learner_id, adviser_id, score, each part, reason."""
    parts = list(pairs[0].parts) if pairs else []
    header = ["learner_id", "adviser_id", "score", *(p.replace(" ", "_") for p in parts), "reason"]
    rows = (
        [p.learner_id, p.adviser_id, p.score, *(p.parts[name] for name in parts), p.reason]
        for p in pairs
    )
    return table_text(header, rows)


def unmatched_text(reasons: Sequence[WhyUnmatched]) -> str:
    """unmatched.csv: id, role, reason, smallest_change."""
    rows = (
        [r.person_id, r.role, r.sentence, r.smallest_change.sentence if r.smallest_change else ""]
        for r in reasons
    )
    return table_text(["id", "role", "reason", "smallest_change"], rows)


def table_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([inert(name) for name in header])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def inert(cell: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def fairness_text(report: Fairness) -> str:
    return json_text(asdict(report))


def json_text(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def compact_text(value: Any) -> str:
    """JSON without indentation, for what programs read."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
