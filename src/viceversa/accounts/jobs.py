from datetime import datetime

from django.contrib.sessions.models import Session

from viceversa.accounts import actions
from viceversa.toolkit import clock


def send_login_code(address: str, code: str, asked_at: str) -> None:
    actions.send_login_code(
        address=address, code=code, asked_at=datetime.fromisoformat(asked_at), now=clock.now()
    )


def send_reset_link(address: str) -> None:
    actions.send_reset_link(address=address)


def forget_sessions() -> None:
    """Sessions that have ended of themselves."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
