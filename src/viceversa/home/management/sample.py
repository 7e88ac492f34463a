"""The `sample` command."""

from collections.abc import Callable

from django.utils import timezone

from viceversa.home.actions import load_sample
from viceversa.home.sample import SIGN_INS, generate
from viceversa.home.sample.sign_ins import say_sign_ins
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import Refused

Echo = Callable[[str], None]


def run_sample(*, people: int, seed: int, echo: Echo, tell: bool = True) -> int:
    """Loads the sample into an empty directory; a loaded sample is left as it is."""
    if not Person.objects.filter(email=SIGN_INS[0].email).exists():
        organisation = generate(people=people, seed=seed, today=timezone.localdate())
        try:
            load_sample(
                organisation=organisation,
                by=system("sample", via="command"),
                now=clock.now(),
                echo=echo,
            )
        except Refused as refusal:
            echo(refusal.sentence)
            return 1
    if tell:
        say_sign_ins(echo)
    return 0
