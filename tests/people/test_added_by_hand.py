"""People whom no staff file lists: guests, contractors, the first administrator."""

from datetime import datetime

import pytest

from tests.factories import make_person
from viceversa.people.actions.importing import import_file
from viceversa.people.models import Person
from viceversa.toolkit.actor import system

pytestmark = pytest.mark.django_db

BY = system("tests", via="command")
FILE = b"id,name,email\nE1,Tamsin Marlow,tamsin@firm.example\n"


def imported(content: bytes, now: datetime) -> None:
    import_file(content=content, filename="staff.csv", mapping=None, dry_run=False, by=BY, now=now)


def test_who_was_added_by_hand_does_not_leave_because_a_file_lacks_them(now: datetime) -> None:
    guest = make_person("Juno Okapi", by_hand=True)

    imported(FILE, now)

    assert set(Person.objects.filter(left_on__isnull=True).values_list("name", flat=True)) == {
        guest.name,
        "Tamsin Marlow",
    }


def test_who_is_listed_once_is_kept_by_the_file_from_then_on(now: datetime) -> None:
    make_person("Tamsin Marlow", external_id="E1", email="tamsin@firm.example", by_hand=True)
    stays = [make_person(external_id=f"S{n}", email=f"s{n}@firm.example") for n in range(20)]
    rows = "".join(f"{person.external_id},{person.name},{person.email}\n" for person in stays)

    imported(FILE + rows.encode(), now)
    imported(b"id,name,email\n" + rows.encode(), now)

    assert Person.objects.get(external_id="E1").left_on == now.date()
