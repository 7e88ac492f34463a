"""What journeys share: a browser that looks at each page four ways, and a worker."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from viceversa.toolkit.jobs import worker

PICTURES = os.environ.get("JOURNEY_SCREENSHOTS", "")
WAYS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
OF_WIDTH_AND_COLOUR = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
OF_WIDTH_AND_COLOUR += ["aria-hidden-focus", "button-name", "link-name", "label", "region"]
# Colours on their way from one scheme to the other would be read half way.
AT_ONCE = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, *::before, *::after { transition-property: none !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def run_jobs() -> None:
    """Does what a worker would do, until no job is left."""
    worker.Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="journey",
        excluded_queue_names=[],
    ).run()


def look_at(page: Page, ways: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, list[str]]]:
    """The page in one way after the other, and what is wrong with it.

    Axe is asked everything in the first way; in the others, what width and colour can change.
    """
    page.evaluate(AT_ONCE)
    page.evaluate(AXE_SCRIPT)
    asked: dict[str, Any] = {"resultTypes": ["violations"]}
    for width, scheme in ways:
        page.set_viewport_size({"width": width, "height": 844 if width < 500 else 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults = [f"{wide} px too wide"] if wide > 0 else []
        for found in page.evaluate("o => axe.run(o).then(said => said.violations)", asked):
            nodes = [node["html"][:160] for node in found["nodes"][:3]]
            faults.append(f"{found['id']} {nodes}")
        yield width, scheme, faults
        asked = {**asked, "runOnly": {"type": "rule", "values": OF_WIDTH_AND_COLOUR}}


def keep_picture(page: Page, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    file = re.sub("[^a-z0-9-]+", "-", name.lower())
    page.screenshot(path=folder / f"{file}.png", full_page=True)


@dataclass
class Witness:
    """Asks axe about each page, and keeps what went wrong in the browser; with
    JOURNEY_SCREENSHOTS also a picture of it."""

    page: Page
    name: str
    faults: list[str] = field(default_factory=list)
    taken: int = 0

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._console)

    def _console(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def look(self, title: str) -> None:
        """The page as it stands, at both widths, in light and dark."""
        self.taken += 1
        for width, scheme, faults in look_at(self.page, WAYS):
            self.faults += [f"{title} at {width}, {scheme}: {fault}" for fault in faults]
            if PICTURES:
                name = f"{self.taken:02}-{title}-{width}-{scheme}"
                keep_picture(self.page, Path(PICTURES) / self.name, name)
        self.page.set_viewport_size({"width": 1280, "height": 800})
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
