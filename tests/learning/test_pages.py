"""Every page of learning opens for whoever may open it."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import make_coordinator, make_person, make_programme, make_user
from viceversa.learning.actions.starter import load_starter
from viceversa.learning.models import Pack, Resource
from viceversa.people.actions import load_taxonomy
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system

pytestmark = pytest.mark.django_db
BY = system("setup", via="command")


def test_every_page_opens(signed_in: Callable[..., Client]) -> None:
    load_taxonomy(by=BY, now=clock.now())
    load_starter(by=BY, now=clock.now())
    programme = make_programme()
    keeper = signed_in(make_user(make_coordinator(programme)))
    reader = signed_in(make_user(make_person()))
    pack = Pack.objects.filter(state="published")[0].key
    for path in [
        "",
        "words/",
        "library/",
        "packs/",
        f"library/{Resource.objects.all()[0].key}/",
        f"packs/{pack}/?level=2",
        "training/listening/",
        "training/listening/1/",
    ]:
        assert reader.get(f"/learning/{path}").status_code == 200, path
        assert keeper.get(f"/learning/{path}").status_code == 200, path
    for path in [
        "keeping/",
        "library/add/",
        "packs/add/",
        f"packs/{pack}/change/",
        f"packs/{pack}/plan/1/",
    ]:
        assert keeper.get(f"/learning/{path}").status_code == 200, path
        assert reader.get(f"/learning/{path}").status_code == 403, path
    assert keeper.get(f"/programmes/{programme.slug}/training/").status_code == 200
    assert reader.get(f"/programmes/{programme.slug}/training/").status_code == 404
