"""The directory narrowed down to those at ease with several things at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import make_person, make_skill, make_user
from viceversa.people.models import Offer

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def test_somebody_at_ease_with_several_networks_is_found_by_all_of_them(signed_in: SignIn) -> None:
    video, crisis = make_skill("Short video"), make_skill("Crisis communications")
    both, one = make_person("Juno Okapi"), make_person("Kit Tallow")
    Offer.objects.bulk_create(
        [
            Offer(person=both, skill=video),
            Offer(person=both, skill=crisis),
            Offer(person=one, skill=video),
        ]
    )
    client = signed_in(make_user())

    page = client.get("/people/", {"offers": "short video, Crisis communications"})

    found = [row.person.name for row in page.context["page"].rows]
    assert found == ["Juno Okapi"]


def test_a_skill_that_nobody_knows_is_named_and_finds_nobody(signed_in: SignIn) -> None:
    make_skill("Short video")

    page = signed_in(make_user()).get("/people/", {"offers": "short video, zzzzz"})

    assert page.context["unknown_skill"] == "zzzzz"
    assert page.context["page"].rows == []


def test_those_who_offer_a_skill_are_searched_on_its_page(signed_in: SignIn) -> None:
    video = make_skill("Short video")
    people = [make_person("Juno Okapi"), make_person("Kit Tallow")]
    Offer.objects.bulk_create([Offer(person=person, skill=video) for person in people])
    make_person("Juno Elsewhere")
    client = signed_in(make_user())

    page = client.get(f"/people/skills/{video.slug}/", {"q": "juno"})
    nobody = client.get(f"/people/skills/{video.slug}/", {"q": "zzzzz"})

    assert [row.person.name for row in page.context["page"].rows] == ["Juno Okapi"]
    assert "Nobody fits" in nobody.content.decode()
