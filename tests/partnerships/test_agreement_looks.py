"""The pages of the agreement in a real browser, at both widths, light and dark."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_partnership,
    make_person,
    make_user,
)
from tests.factories.agreement import answer, make_agreement, make_draft
from tests.journeys.pages import Witness
from viceversa.accounts.models import User
from viceversa.partnerships.actions.signing import change_terms
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
Visit = Callable[[Person, Iterable[str]], None]


@pytest.fixture
def visit(
    live_server: Any, page: Any, sign_in_browser: Callable[[User], None], request: Any
) -> Visit:
    witness = Witness(page, request.node.name)

    def go(person: Person, paths: Iterable[str]) -> None:
        sign_in_browser(make_user(person))
        for path in paths:
            page.goto(f"{live_server.url}{path}")
            witness.look(path.strip("/").split("/", 2)[-1])
        assert witness.faults == []

    return go


def of(partnership: Partnership, *tails: str) -> list[str]:
    return [f"/partnerships/{partnership.key}/{tail}" for tail in tails]


def pair(**fields: Any) -> Partnership:
    return make_partnership(**{"state": "accepted", **fields})


def test_answering_apart_looks_right(visit: Visit) -> None:
    partnership = pair()
    steps = [f"agreement/answer/{step}/" for step in ("you", "aims", "leave", "trust", "meet")]

    visit(partnership.learner.person, of(partnership, "", "agreement/", *steps))
    answer(partnership, "learner")
    visit(partnership.learner.person, of(partnership, "agreement/"))


def test_side_by_side_and_replies_look_right(visit: Visit) -> None:
    partnership = pair()
    answer(partnership, "learner", trust={"confidentiality": "story"})
    answer(partnership, "adviser")

    visit(partnership.adviser.person, of(partnership, "agreement/", "agreement/replies/"))


def test_signing_and_changing_look_right(visit: Visit) -> None:
    partnership = pair()
    make_draft(partnership)
    visit(partnership.learner.person, of(partnership, "agreement/"))

    changed = pair()
    make_agreement(changed)
    by = actor_for_person(changed.learner.person)
    changes = {"minutes": 45, "place": "The library"}
    change_terms(partnership=changed, seen=1, changes=changes, by=by, now=clock.now())
    pages = ["agreement/", "agreement/change/trust/", "agreement/raise/", "agreement/1/"]
    visit(changed.adviser.person, of(changed, *pages, "pause/", "leave/"))


def test_on_paper_an_agreement_is_whole_and_names_the_two(
    live_server: Any, page: Any, sign_in_browser: Callable[[User], None]
) -> None:
    partnership = pair(state="active")
    make_agreement(partnership)
    learner, adviser = partnership.learner.person, partnership.adviser.person
    sign_in_browser(make_user(learner))
    page.goto(f"{live_server.url}/partnerships/{partnership.key}/agreement/")
    folded = page.locator("#meet dl")
    assert not folded.is_visible()

    page.emulate_media(media="print")

    assert folded.bounding_box()["height"] > 0
    assert f"{learner.name} learns and {adviser.name} advises" in page.inner_text("main")
    assert page.locator("main .tabs").is_hidden()


@pytest.mark.parametrize("state", ["active", "paused", "closing", "completed", "ended"])
def test_every_state_looks_right(state: str, visit: Visit) -> None:
    partnership = pair(state=state)

    visit(partnership.learner.person, of(partnership, ""))


def test_coordinators_and_the_keyless_see_a_page_that_looks_right(visit: Visit) -> None:
    partnership = pair(state="preparing")
    make_draft(partnership)
    programme = f"/programmes/{partnership.programme.slug}/partnerships/"

    coordinator = make_coordinator(partnership.programme)
    visit(coordinator, [*of(partnership, ""), programme, f"{programme}?state=alone"])
    intruder = make_person()
    type(partnership.learner).objects.filter(pk=partnership.learner_id).update(person=intruder)
    visit(intruder, of(partnership, "agreement/"))
