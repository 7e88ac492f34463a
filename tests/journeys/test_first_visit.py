"""What a phone loads that has never been here: the product as it is served, over a real wire."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.architecture.source import ROOT
from tests.journeys.test_passkeys import Device
from viceversa.home.sample.setting import LEARNER, address_of
from viceversa.home.sample.sign_ins import SAMPLE_PHRASE

pytestmark = pytest.mark.browser

MOST_BYTES = 50_000
PHONE = {"width": 390, "height": 844}
PROGRAM = [sys.executable, "-m", "viceversa.config"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a product with its sample says that it runs, in a home of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    env = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    env |= {"VICEVERSA_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    env.pop("BASE_URL", None)
    start = [*PROGRAM, "demo", "--port", str(port), "--people", "200"]
    with subprocess.Popen(start, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as product:
        try:
            said = _address_said_by(product)
            _wait_for(port)
            yield said
        finally:
            product.send_signal(signal.SIGINT)


def _address_said_by(product: "subprocess.Popen[str]") -> str:
    assert product.stdout is not None
    for line in product.stdout:
        if found := re.search(r"runs at (\S+)", line):
            return found[1]
    raise AssertionError("it never said where it runs")


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.1)


def sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Work e-mail").fill(address_of(LEARNER))
    page.get_by_label("Password").fill(SAMPLE_PHRASE)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


@pytest.fixture(scope="module")
def session(address: str, browser: Browser) -> Any:
    """Cookies of a learner, and the page on which she prepares."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    sign_in(page)
    ahead = page.get_by_role("list", name="Your next half hours").get_by_role("link").first
    found = f"{ahead.get_attribute('href')}prepare/"
    state = context.storage_state()
    context.close()
    return state, found


def loaded(browser: Browser, address: str, session: Any) -> dict[str, float]:
    """Bytes over the wire by address, with nothing in the cache."""
    state, path = session
    context = browser.new_context(base_url=address, storage_state=state, viewport=PHONE)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}

    def begun(told: Any) -> None:
        names[told["requestId"]] = told["response"]["url"]

    def ended(told: Any) -> None:
        sizes[names[told["requestId"]]] = told["encodedDataLength"]

    wire.on("Network.responseReceived", begun)
    wire.on("Network.loadingFinished", ended)
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    context.close()
    return sizes


def test_preparing_on_a_phone_loads_less_than_50_kb(
    browser: Browser, address: str, session: Any
) -> None:
    sizes = loaded(browser, address, session)

    assert sum(sizes.values()) < MOST_BYTES, sizes
    kinds = {Path(name.partition("?")[0]).suffix for name in sizes}
    assert {".css", ".js", ".woff2"} <= kinds
    assert sum(name.endswith(".woff2") for name in sizes) == 2


def test_the_address_that_is_printed_takes_a_passkey(browser: Browser, address: str) -> None:
    """Passkeys belong to a host name and want none that is a number."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    device = Device(page)
    sign_in(page)
    page.goto("/account/passkeys/new/")
    page.get_by_label("Password").fill(SAMPLE_PHRASE)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Make a passkey").click()

    expect(page.get_by_text("Your passkey is ready")).to_be_visible()
    assert device.sites() == ["localhost"]
    context.close()
