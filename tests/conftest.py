import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from viceversa.accounts.models import User

# Playwright runs an event loop in the test's thread; the ORM in that thread works as ever.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

settings.register_profile(
    "quick", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return datetime(2026, 3, 2, 9, 12, tzinfo=UTC)


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """`signed_in(user)` is a browser-less client of that user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="viceversa.accounts.backend.Backend")
        return client

    return sign_in


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def sign_in_browser(live_server: Any, context: Any) -> Callable[[User], None]:
    """Gives the browser a session of that user, without typing a password."""

    def sign_in(user: User) -> None:
        client = Client()
        client.force_login(user, backend="viceversa.accounts.backend.Backend")
        session = client.cookies["sessionid"].value
        context.clear_cookies()
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return sign_in
