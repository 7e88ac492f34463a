"""Nobody is ever asked for age or gender: not by a file, a form or matching."""

import re
from dataclasses import fields

import pytest

from viceversa.matching.engine import Participant
from viceversa.people.forms.person import PersonForm
from viceversa.people.models import Person, Profile
from viceversa.people.rules.fields import Field
from viceversa.programmes.models import Enrolment
from viceversa.programmes.rules.eligibility import Candidate

pytestmark = pytest.mark.pure
NEVER = re.compile(r"(^|_)(age|aged|birth|birthday|born|gender|sex|generation)(_|$)")
NAMES = {
    "a staff file": [field.value for field in Field],
    "the form of a person": list(PersonForm.base_fields),
    "the directory": [field.name for field in Person._meta.get_fields()],
    "a profile": [field.name for field in Profile._meta.get_fields()],
    "a part in a programme": [field.name for field in Enrolment._meta.get_fields()],
    "eligibility": [field.name for field in fields(Candidate)],
    "matching": [field.name for field in fields(Participant)],
}


@pytest.mark.parametrize("place", NAMES)
def test_age_and_gender_are_not_among_what_is_known(place: str) -> None:
    assert len(NAMES[place]) > 2
    assert [name for name in NAMES[place] if NEVER.search(name)] == []
