"""One passkey in a real browser: made, used instead of a password, opening what two people wrote
after the server lost its key store, and removed again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import CDPSession, Page, expect

from tests.accounts.helpers import PASSWORD
from tests.factories import make_enrolment, make_partnership, make_person, make_user
from tests.factories.goals import make_goal
from tests.factories.programmes import make_programme
from tests.journeys.pages import Witness
from viceversa.accounts.models import User
from viceversa.accounts.queries import passkeys_of
from viceversa.partnerships.models import Partnership
from viceversa.vault.models import KeySlot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.django_db(transaction=True),
]
SECRET_GOAL = "Speak plainly about the merger"


class Device:
    """A laptop whose passkeys ask for a finger, as Chromium pretends it."""

    def __init__(self, page: Page, *, evaluates: bool = True) -> None:
        page.set_default_timeout(15_000)
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
            "hasPrf": evaluates,
        }
        made = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = made["authenticatorId"]

    def take_wrong_finger(self) -> None:
        to = {"authenticatorId": self.id, "isUserVerified": False}
        self.cdp.send("WebAuthn.setUserVerified", to)

    def forge(self, *, on: bool) -> None:
        """Signs with something that is no signature."""
        to = {"authenticatorId": self.id, "isBogusSignature": on}
        self.cdp.send("WebAuthn.setResponseOverrideBits", to)

    def forget(self) -> None:
        self.cdp.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})

    def sites(self) -> list[str]:
        """Of the passkeys that it holds."""
        found = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return [str(one["rpId"]) for one in found["credentials"]]


@pytest.fixture(autouse=True)
def cache(transactional_db: None) -> None:
    call_command("createcachetable", verbosity=0)


@pytest.fixture
def partnership() -> Partnership:
    programme = make_programme("Digital half hour", state="running")
    learner = make_enrolment(programme, make_person("Odile Wren"), learner=True)
    adviser = make_enrolment(programme, make_person("Juno Okapi"), adviser=True)
    partnership = make_partnership(programme, learner=learner, adviser=adviser, state="active")
    make_goal(partnership, title=SECRET_GOAL)
    return partnership


@pytest.fixture
def user(partnership: Partnership) -> User:
    return make_user(partnership.learner.person)


@pytest.fixture
def lose_store(settings: Any, tmp_path: Path) -> Callable[[], None]:
    def lose() -> None:
        settings.KEY_STORE = tmp_path / "another"
        settings.KEY_STORE_SECRET = ""

    return lose


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def sign_in_by_password(page: Page, base: str, user: User, after: str = "/account/") -> None:
    page.goto(f"{base}/sign-in/?next={after}")
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add(page: Page, base: str, name: str, look: Callable[[str], None]) -> None:
    page.goto(f"{base}/account/")
    look("account-none")
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    look("again-by-password")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    look("add")
    page.get_by_label("Name").fill(name)
    press(page, "Make a passkey")
    expect(page.get_by_text("Your passkey is ready")).to_be_visible()
    look("account-one")


def sign_out_and_in_by_passkey(page: Page, base: str, look: Callable[[str], None]) -> None:
    page.goto(f"{base}/sign-in/out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.goto(f"{base}/sign-in/?next=/account/")
    look("sign-in")
    press(page, "Use a passkey")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    expect(page.locator("#passkeys")).to_contain_text("last used")


def let_open_key(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Let it open my key").click()
    look("let-open")
    press(page, "Let it open my key")
    expect(page.get_by_role("heading", name="My key", exact=True)).to_be_visible()
    expect(page.locator("#passkeys")).to_contain_text("Blue laptop")
    look("key-with-passkey")


def open_with_passkey(page: Page, base: str, look: Callable[[str], None]) -> None:
    page.goto(f"{base}/my-key/")
    expect(page.get_by_text("The last way to your key")).to_be_visible()
    look("key-closed")
    page.get_by_role("link", name="Open with passkey").click()
    look("open")
    press(page, "Open with passkey")
    expect(page.get_by_text("Your key opens again")).to_be_visible()


def remove(page: Page, base: str, look: Callable[[str], None]) -> None:
    page.goto(f"{base}/account/")
    page.get_by_role("link", name="Remove Blue laptop").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_role("link", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    look("again-by-passkey")
    press(page, "Use a passkey")
    expect(page.get_by_text("It also opens your key")).to_be_visible()
    look("remove")
    press(page, "Remove it")
    expect(page.get_by_text("no longer signs you in")).to_be_visible()


def test_a_passkey_from_the_first_to_the_last_day(
    page: Page, live_server: Any, partnership: Partnership, user: User, lose_store: Any
) -> None:
    base, goals = live_server.url, f"/partnerships/{partnership.key}/goals/"
    witness = Witness(page, "passkeys")
    device = Device(page)

    sign_in_by_password(page, base, user)
    add(page, base, "Blue laptop", witness.look)
    sign_out_and_in_by_passkey(page, base, witness.look)
    let_open_key(page, witness.look)
    page.goto(base + goals)
    expect(page.locator("main")).to_contain_text(SECRET_GOAL)

    lose_store()
    page.goto(base + goals)
    expect(page.locator("main")).not_to_contain_text(SECRET_GOAL)
    open_with_passkey(page, base, witness.look)
    page.goto(base + goals)
    expect(page.locator("main")).to_contain_text(SECRET_GOAL)

    remove(page, base, witness.look)
    assert not KeySlot.objects.filter(kind="passkey").exists()
    page.context.clear_cookies()
    page.goto(f"{base}/sign-in/")
    press(page, "Use a passkey")
    expect(page.get_by_text("This passkey does not sign anybody in here")).to_be_visible()
    witness.look("sign-in-refused")
    device.forget()
    assert witness.faults == []


def test_a_passkey_without_the_secret_function_says_so_and_makes_nothing(
    page: Page, live_server: Any, user: User, sign_in_browser: Callable[[User], None]
) -> None:
    Device(page, evaluates=False)
    sign_in_by_password(page, live_server.url, user)
    add(page, live_server.url, "Old key", lambda _title: None)
    passkey = passkeys_of(user)[0]
    expect(page.get_by_role("link", name="Let it open my key")).to_have_count(0)
    expect(page.locator("#passkeys")).to_contain_text("only signs in, opens no key")

    page.goto(f"{live_server.url}/account/passkeys/{passkey.pk}/key/")
    press(page, "Let it open my key")

    expect(page.get_by_role("alert")).to_contain_text("it cannot open a key")
    assert not KeySlot.objects.filter(kind="passkey").exists()


def test_forged_and_missing_answers_get_a_sentence_and_a_second_try(
    page: Page, live_server: Any, user: User
) -> None:
    device = Device(page)
    sign_in_by_password(page, live_server.url, user)
    add(page, live_server.url, "Blue laptop", lambda _title: None)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/?next=/account/")

    device.forge(on=True)
    press(page, "Use a passkey")
    expect(page.get_by_text("This passkey does not sign anybody in here")).to_be_visible()

    device.forge(on=False)
    press(page, "Use a passkey")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/")
    device.take_wrong_finger()
    press(page, "Use a passkey")
    expect(page.get_by_role("alert")).to_contain_text("Nothing happened")


def test_without_a_script_the_password_signs_in_and_no_dead_button_is_shown(
    browser: Any, live_server: Any, user: User
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/sign-in/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()

    sign_in_by_password(page, live_server.url, user)

    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    expect(page.get_by_role("link", name="Add a passkey")).to_be_visible()
