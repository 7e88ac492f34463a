from datetime import datetime

from viceversa.accounts import actions
from viceversa.toolkit import clock


def send_login_code(address: str, code: str, asked_at: str) -> None:
    actions.send_login_code(
        address=address, code=code, asked_at=datetime.fromisoformat(asked_at), now=clock.now()
    )


def send_reset_link(address: str) -> None:
    actions.send_reset_link(address=address)
