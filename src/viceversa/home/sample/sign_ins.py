"""Who can sign in to the sample. Imports nothing heavy, so that a second start is quick."""

from collections.abc import Callable

from viceversa.home.sample.setting import SIGN_INS

SAMPLE_PHRASE = "half an hour a week"


def say_sign_ins(echo: Callable[[str], None]) -> None:
    echo(f"Sample sign-ins, all with the password: {SAMPLE_PHRASE}")
    for sign_in in SIGN_INS:
        echo(f"  {sign_in.email:<44} {sign_in.part.replace('_', ' ')}")
    echo("Everybody in a partnership of Fresh eyes signs in with it too, to see each state of one.")
