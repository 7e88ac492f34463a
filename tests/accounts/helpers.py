"""Typing at the door."""

import re
from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from viceversa.accounts.models import User
from viceversa.toolkit.jobs.queue import run_named

PASSWORD = "correct horse battery"
LIMITS = {
    "login": "60/m/ip",
    "login_failed": "100/m/ip,5/10m/key",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
}
FOR_AN_HOUR = timedelta(hours=1)


def type_password(client: Client, email: str, password: str, **extra: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:account")).status_code == 200


def run_jobs() -> None:
    """What the worker would do, in this test's own transaction."""
    for row in DBTaskResult.objects.ready():
        row.delete()
        run_named.func(**row.args_kwargs["kwargs"])


def code_in_mail() -> str:
    found = re.search(r"Your code: (\S+)", mail.outbox[-1].subject)
    assert found is not None
    return found[1]


def path_in_mail() -> str:
    found = re.search(r"http://localhost:8000(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def signed_in_by_password(user: User) -> Client:
    client = Client()
    assert type_password(client, user.email, PASSWORD).status_code == 302
    return client
