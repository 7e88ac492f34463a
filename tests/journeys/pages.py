"""What journeys share: a browser that looks at each page four ways, and a worker."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from viceversa.toolkit.jobs import worker

SCREENSHOTS = Path(os.environ.get("JOURNEY_SCREENSHOTS", "var/screenshots"))
WAYS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


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


@dataclass
class Witness:
    """Takes a picture of each page, asks axe, and keeps what went wrong in the browser."""

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
        for width, scheme in WAYS:
            self.page.set_viewport_size({"width": width, "height": 844 if width < 500 else 800})
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self._picture(f"{self.taken:02}-{title}-{width}-{scheme}")
            self._check(f"{title} at {width}, {scheme}")
        self.page.set_viewport_size({"width": 1280, "height": 800})
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    def _picture(self, name: str) -> None:
        folder = SCREENSHOTS / self.name
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(
            path=folder / f"{re.sub('[^a-z0-9-]+', '-', name)}.png", full_page=True
        )

    def _check(self, where: str) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.faults.append(f"{where}: {wide} px too wide")
        for violation in Axe().run(self.page).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            self.faults.append(f"{where}: {violation['id']} {nodes}")
