"""Single cells: dates in every usual spelling, addresses as Django judges them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from viceversa.people.rules.values import BadValue, read_date, read_email


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2024-03-04", "mdy", date(2024, 3, 4)),
        ("2024-03-04 00:00:00", "dmy", date(2024, 3, 4)),
        ("2024-03-04T10:00:00Z", "dmy", date(2024, 3, 4)),
        ("03/04/2024", "dmy", date(2024, 4, 3)),
        ("03/04/2024", "mdy", date(2024, 3, 4)),
        ("3.4.24", "dmy", date(2024, 4, 3)),
        ("03/04/69", "dmy", date(1969, 4, 3)),
        ("24/04/03", "ymd", date(2024, 4, 3)),
        ("20240304", "dmy", date(2024, 3, 4)),
        ("4 March 2024", "dmy", date(2024, 3, 4)),
        ("04-Mar-24", "dmy", date(2024, 3, 4)),
        ("Mar 4, 2024", "dmy", date(2024, 3, 4)),
    ],
)
def test_dates_are_read(text: str, order: str, day: date) -> None:
    assert read_date(text, order) == day


@pytest.mark.parametrize("text", ["Sep-12", "2024", "13/13/2024", "0000-01-01", "1/2", "४/३/२०२४x"])
def test_half_dates_are_not_guessed(text: str) -> None:
    with pytest.raises(BadValue):
        read_date(text, "dmy")


@pytest.mark.parametrize(
    "address",
    [
        *("a@b.test", "a@b.local", "first.o'last+x@sub.firm.co.uk", "a@localhost", "a@b.c"),
        *("a@-b.com", "a..b@c.com", "a@b..com", "@b.com", "a b@c.com", "a@xn--mller-kva.de"),
        *("ü@firm.test", "a@müller.de", "a@b.c1", "a@1.2.3.4", "a@b.com.", "a@b,com"),
    ],
)
def test_addresses_are_judged_as_django_judges_them(address: str) -> None:
    try:
        validate_email(address)
        expected = True
    except ValidationError:
        expected = False
    try:
        read_email(address)
        found = True
    except BadValue:
        found = False

    assert found is expected
