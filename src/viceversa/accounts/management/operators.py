from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from viceversa.accounts.actions import bootstrap_operator
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system


def run_operator(*, email: str, name: str, echo: Callable[[str], None]) -> int:
    """Exit code 0, or 2 when the address is none."""
    try:
        validate_email(email)
    except ValidationError:
        echo(f"{email} is not an e-mail address.")
        return 2
    by = system("viceversa operator", via="command")
    link = bootstrap_operator(email=email, name=name, by=by, now=clock.now())
    echo(f"{email} is an operator now. Set the password here, within one hour, once:\n{link}")
    return 0
