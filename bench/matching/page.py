"""Puts measured tables into the page of benchmarks, between markers, and keeps the rest."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
IMAGES = ROOT / "docs" / "images"


def put(part: str, text: str, page: Path = PAGE) -> None:
    """Replace what stands between the two markers of the part; a new part comes last."""
    begin, end = f"<!-- matching {part}: begin -->", f"<!-- matching {part}: end -->"
    block = f"{begin}\n{text.strip()}\n{end}"
    before = page.read_text(encoding="utf-8")
    found = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    after, times = found.subn(lambda _: block, before)
    page.write_text(after if times else f"{before.rstrip()}\n\n{block}\n", encoding="utf-8")
