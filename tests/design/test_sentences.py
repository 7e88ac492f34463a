"""Every form says what to do in the same plain words."""

from typing import Any

import pytest
from django import forms


class Sample(forms.Form):
    name = forms.CharField(max_length=5)
    number = forms.IntegerField(min_value=2, max_value=9)
    day = forms.DateField()
    at = forms.TimeField()
    kind = forms.TypedChoiceField(choices=[("a", "A")])


FITS = {"name": "Juno", "number": "3", "day": "2026-12-01", "at": "09:30", "kind": "a"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Please fill this in."),
        ({"name": "Juno Okapi"}, "Shorten it to 5 characters; it has 10."),
        ({"number": "1"}, "Choose 2 or more."),
        ({"number": "10"}, "Choose 9 or less."),
        ({"number": "many"}, "Write a whole number."),
        ({"day": "the first"}, "Choose a day of the calendar."),
        ({"at": "noon"}, "Write a time like 09:30."),
        ({"kind": "b"}, "Choose one of those that are offered."),
    ],
)
def test_what_does_not_fit_is_answered_with_what_to_do(typed: dict[str, Any], words: str) -> None:
    form = Sample({**FITS, **typed})

    assert form.errors[next(iter(typed))] == [words]
    assert Sample(FITS).is_valid()
