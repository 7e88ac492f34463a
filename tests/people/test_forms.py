"""What is typed on the pages, and what comes back when it does not fit."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_person, make_user
from tests.people.importing import ADMINISTRATOR
from viceversa.accounts.models import Invitation
from viceversa.people.actions import add_level, load_taxonomy
from viceversa.people.forms.fields import LanguagesField
from viceversa.people.models import Level, Offer, Person, Profile, Skill, Want

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


@pytest.fixture
def me() -> Person:
    return make_person("Ada Min")


@pytest.fixture
def client_of_me(signed_in: SignIn, me: Person) -> Client:
    return signed_in(make_user(me, roles=("directory_administrator",)))


def typed(**changes: Any) -> dict[str, Any]:
    return {"name": "Bo Tall", "external_id": "B1", "time_zone": "Europe/London", **changes}


def test_a_person_is_added_on_the_page(client_of_me: Client, me: Person) -> None:
    answer = client_of_me.post(
        "/people/add/", typed(email="BO@x.example", manager=me.email, languages="English, French")
    )

    person = Person.objects.get(external_id="B1")
    assert answer.headers["Location"] == f"/people/{person.key}/"
    assert (person.email, person.manager, person.languages) == ("bo@x.example", me, ["en", "fr"])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Please fill this in."),
        ({"name": "A\u202eb"}, "characters that cannot be seen"),
        ({"email": "nonsense"}, "“nonsense” is not an e-mail address."),
        ({"time_zone": "Mars/Base"}, "“Mars/Base” is not a time zone."),
        ({"languages": "Klingon"}, "“Klingon” is not a language"),
        ({"manager": "nobody@x.example"}, "Nobody present has “nobody@x.example”"),
        ({"manager": "Twin"}, "More than one person is called “Twin”"),
        ({"external_id": "TAKEN"}, "already has the number TAKEN"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(
    client_of_me: Client, changes: dict[str, Any], sentence: str
) -> None:
    make_person("Twin", external_id="TAKEN")
    make_person("Twin")

    answer = client_of_me.post("/people/add/", typed(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Person.objects.filter(name="Bo Tall").exists()


def test_a_new_address_must_be_confirmed(client_of_me: Client) -> None:
    person = make_person(external_id="B1", email="old@x.example")
    page = f"/people/{person.key}/edit/"

    asked = client_of_me.post(page, typed(email="new@x.example"))
    unchanged = Person.objects.get(pk=person.pk).email
    client_of_me.post(page, typed(email="new@x.example", email_checked="on"))

    assert asked.status_code == 422
    assert unchanged == "old@x.example"
    assert Person.objects.get(pk=person.pk).email == "new@x.example"


def test_leaving_and_coming_back_on_the_page(client_of_me: Client) -> None:
    person = make_person()

    client_of_me.post(f"/people/{person.key}/left/", {"on": "2026-01-31"})
    gone = Person.objects.get(pk=person.pk).left_on
    client_of_me.post(f"/people/{person.key}/back/")

    assert str(gone) == "2026-01-31"
    assert Person.objects.get(pk=person.pk).is_present


def test_an_own_skill_is_found_by_another_name(
    client_of_me: Client, me: Person, now: datetime
) -> None:
    load_taxonomy(by=ADMINISTRATOR, now=now)

    client_of_me.post("/people/me/offers/", {"offer-skill": "linkedin", "offer-level": 3})
    client_of_me.post(
        "/people/me/wants/", {"want-skill": "LINKEDIN", "want-target": 1, "want-priority": 1}
    )

    assert str(Offer.objects.get(person=me).skill) == "Professional networks"
    assert str(Want.objects.get(person=me).skill) == "Professional networks"


def test_an_unknown_skill_brings_suggestions_that_can_be_pressed(
    client_of_me: Client, me: Person, now: datetime
) -> None:
    load_taxonomy(by=ADMINISTRATOR, now=now)

    answer = client_of_me.post("/people/me/offers/", {"offer-skill": "linkdin", "offer-level": 3})
    text = answer.content.decode()
    slug = Skill.objects.get(name="Professional networks").slug
    client_of_me.post(
        "/people/me/offers/",
        {"offer-skill": "linkdin", "offer-level": 3, "chosen": ["", slug]},
    )

    assert answer.status_code == 422
    assert "No skill is called “linkdin”" in text
    assert f'value="{slug}"' in text
    assert Offer.objects.get(person=me).level == 3


def test_suggestions_come_while_one_types(client_of_me: Client, now: datetime) -> None:
    load_taxonomy(by=ADMINISTRATOR, now=now)

    text = client_of_me.get("/people/me/", {"offer-skill": "linkdi"}).content.decode()

    assert "Do you mean:" in text


def test_limits_are_saved_or_explained(client_of_me: Client, me: Person) -> None:
    good = {
        "hours_from": "10:00",
        "hours_to": "16:00",
        "time_zone": "Asia/Tokyo",
        "meets_by_video": "on",
        "languages": "English",
        "learning_style": "show",
    }

    client_of_me.post("/people/me/limits/", good)
    bad = client_of_me.post("/people/me/limits/", {**good, "hours_to": "09:00"})

    profile = Profile.objects.get(person=me)
    assert (profile.meets_in_person, profile.learning_style) == (False, "show")
    assert Person.objects.get(pk=me.pk).time_zone == "Asia/Tokyo"
    assert bad.status_code == 422
    assert "ends before it begins" in bad.content.decode()


def test_somebody_without_a_person_has_no_profile(signed_in: SignIn) -> None:
    user = make_user(roles=("operator",))
    user.person = None
    user.save()

    assert signed_in(user).get("/people/me/").status_code == 404


def test_the_ladder_on_its_page(client_of_me: Client, now: datetime) -> None:
    client_of_me.post("/people/ladder/", {"name": "Junior"})
    senior = add_level(name="Senior", by=ADMINISTRATOR, now=now)

    client_of_me.post(f"/people/ladder/{senior.pk}/move/", {"down": "1"})
    client_of_me.post(f"/people/ladder/{senior.pk}/", {"name": "Sr", "aliases": "Senior, Snr"})
    taken = client_of_me.post("/people/ladder/", {"name": "snr"})

    assert list(Level.objects.values_list("name", flat=True)) == ["Sr", "Junior"]
    assert taken.status_code == 422
    assert "already means the level Sr" in taken.content.decode()


def test_own_skills_on_their_page(client_of_me: Client, now: datetime) -> None:
    made = client_of_me.post(
        "/people/skills/new/", {"name": "Welding", "group": "Workshop", "facet": "craft"}
    )
    page = made.headers["Location"]
    client_of_me.post(page, {"text": "MIG"})
    twice = client_of_me.post(page, {"text": "mig"})
    alias = Skill.objects.get().aliases.get(text="MIG")
    client_of_me.post(f"{page}words/{alias.pk}/remove/")

    assert twice.status_code == 422
    assert "already means Welding" in twice.content.decode()
    assert Skill.objects.get().aliases.count() == 1


def test_two_are_kept_apart_and_nothing_of_it_is_shown(client_of_me: Client) -> None:
    one, other = make_person(), make_person("Other One")
    page = f"/people/{one.key}/apart/"
    before = client_of_me.get(page).content

    client_of_me.post(page, {"other": other.email, "reason": "pay"})
    client_of_me.get(f"/people/{one.key}/")
    after = client_of_me.get(page).content

    assert b"Other One" not in after
    assert len(before) == len(after)


def test_a_person_is_invited_from_their_page(client_of_me: Client) -> None:
    person = make_person("New Comer")
    text = client_of_me.get(f"/people/{person.key}/").content.decode()

    client_of_me.post("/accounts/without/invite/", {"person": person.key})

    assert 'action="/accounts/without/invite/"' in text
    assert f'name="person" value="{person.key}"' in text
    assert Invitation.objects.get().person == person


def test_languages_are_shown_by_name_and_read_again_as_they_were(
    client_of_me: Client, me: Person
) -> None:
    Person.objects.filter(pk=me.pk).update(languages=["en", "fr"])

    assert "English, French" in client_of_me.get(f"/people/{me.key}/").content.decode()
    shown = client_of_me.get("/people/me/").context["limits"]["languages"].value()

    assert shown == "English, French"
    assert LanguagesField().clean(shown) == ["en", "fr"]
