import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    make_adviser,
    make_ask,
    make_choosing_programme,
    make_coordinator,
    make_learner,
    make_person,
    make_user,
)
from viceversa.matching.engine import InvalidCertificate, verify
from viceversa.matching.engine.files import run_verify
from viceversa.matching.models import PairWish, Proposal, Round, WhatIf
from viceversa.partnerships.models import Partnership
from viceversa.people.models import KeepApart, Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor

Solved = Callable[[], Round]


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> Callable[[Person], Client]:
    return lambda person: signed_in(make_user(person))


@pytest.fixture
def client(coordinator: Actor, client_of: Callable[[Person], Client]) -> Client:
    return client_of(Person.objects.get(pk=coordinator.person_id))


def address(programme: Programme, name: str = "round", *more: Any) -> str:
    numbered = name not in ("rounds", "gather")
    return reverse(f"matching:{name}", args=[programme.slug, *([1] if numbered else []), *more])


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_review_says_what_is_true_and_what_is_not_yet(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    solved()

    page = client.get(address(programme)).content.decode()

    assert "Round 1, ready to review" in page
    assert "Nothing is sent before you publish." in page
    assert "Publish 1 partnership" in page
    assert "checked 1 pair" in page


def test_pages_of_a_round_are_for_its_coordinators_only(
    programme: Programme, solved: Solved, client_of: Callable[[Person], Client]
) -> None:
    learner = make_learner(programme)
    make_adviser(programme)
    solved()
    names = ("round", "progress", "unmatched", "publish", "undo", "certificate", "what_if")

    for person in (learner.person, make_person()):
        outsider = client_of(person)
        for name in ("rounds", *names):
            assert outsider.get(address(programme, name)).status_code == 404
        for name in ("gather", "gather_again", "solve_again", "publish", "undo", "wish"):
            assert outsider.post(address(programme, name)).status_code == 404

    assert not Partnership.objects.exists()


def test_the_review_asks_the_same_number_of_queries_for_one_pair_and_for_three(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    make_adviser(programme)
    solved()
    client.get(address(programme))
    pages = [address(programme, name) for name in ("round", "unmatched", "rounds")]
    one = [queries_of(client, page) for page in pages]
    Round.objects.all().delete()
    for _number in range(2):
        make_learner(programme)
        make_adviser(programme)
    solved()

    three = [queries_of(client, page) for page in pages]

    assert Proposal.objects.count() == 3
    assert three == one


def test_the_review_never_loads_snapshot_or_certificate(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    solved()

    with CaptureQueriesContext(connection) as captured:
        client.get(address(programme))

    read = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    assert not [sql for sql in read if '"snapshot"' in sql or '"certificate"' in sql]


def test_the_table_is_searched_filtered_and_sorted(
    client: Client, programme: Programme, solved: Solved
) -> None:
    for name in ("Bram Lindqvist", "Odile Wren"):
        make_learner(programme, person=make_person(name, rank=5))
        make_adviser(programme)
    solved()

    def learners(query: str) -> list[str]:
        rows = client.get(address(programme) + query).context["rows"]
        return [row["learner"].name for row in rows]

    assert learners("?q=wren") == ["Odile Wren"]
    assert learners("?show=pinned") == []
    assert learners("?order=learner") == ["Bram Lindqvist", "Odile Wren"]
    assert learners("?order=-learner") == ["Odile Wren", "Bram Lindqvist"]


def test_why_not_names_the_rule_the_cost_or_that_it_is_so(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme, person=make_person("Tamsin Marlow", rank=5))
    make_adviser(programme, person=make_person("Juno Okapi", rank=1))
    make_adviser(programme, person=make_person("Kit Tallow", rank=4))
    make_adviser(programme, person=make_person("Mira Ibis", rank=1))
    solved()
    proposed = Proposal.objects.get().adviser.person.name
    other = ({"Juno Okapi", "Mira Ibis"} - {proposed}).pop()

    def ask(whom: str) -> Any:
        query = {"who": "Tamsin", "whom": whom}
        return client.get(address(programme), query).context["answer"]

    assert ask(proposed).kind == "matched"
    assert ask(other).kind == "possible"
    assert ask("Kit").sentences == ["The rank gap is 1; the programme asks for 2 or more."]
    assert ask("Nobody at all").kind == "unknown"


def test_why_not_never_tells_that_two_are_kept_apart(
    client: Client, programme: Programme, solved: Solved
) -> None:
    learner, other = make_learner(programme), make_adviser(programme)
    boss = make_learner(programme)
    report = make_adviser(programme, person=make_person("Rae Ortolan", rank=1, manager=boss.person))
    make_adviser(programme)
    KeepApart.objects.create(one=learner.person, other=other.person)
    solved()

    said = [
        client.get(address(programme), {"learner": one.key, "adviser": two.key}).context["answer"]
        for one, two in ((learner, other), (boss, report))
    ]

    assert said[0].sentences == said[1].sentences
    assert "shown to nobody" in said[0].sentences[0]


def test_a_pin_from_the_page_waits_for_the_next_solve(
    client: Client, programme: Programme, solved: Solved, now: datetime
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    solved()
    client.post(address(programme, "wish"), {"wish": f"pin {learner.key} {adviser.key}"})

    assert PairWish.objects.get().kind == "pin"
    page = client.get(address(programme)).content.decode()
    assert "1 wish is not in this picture yet" in page
    assert client.post(address(programme, "publish")).status_code == 409
    assert not Partnership.objects.exists()


@pytest.mark.parametrize("said", ["", "pin", "marry a b", "pin a b c", "pin nobody nothing"])
def test_a_wish_that_cannot_be_read_changes_nothing(
    client: Client, programme: Programme, solved: Solved, said: str
) -> None:
    make_learner(programme)
    make_adviser(programme)
    solved()

    answer = client.post(address(programme, "wish"), {"wish": said})

    assert answer.status_code in (404, 409)
    assert not PairWish.objects.exists()


def test_publishing_from_the_page_lists_what_changed(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    solved()
    make_adviser(programme, person=make_person("Mira Ibis", rank=1))

    answer = client.post(address(programme, "publish"))

    assert answer.status_code == 409
    assert "Mira Ibis joined." in answer.content.decode()
    assert "Gather again" in answer.content.decode()


def test_publishing_and_undoing_from_the_page(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    solved()

    client.post(address(programme, "publish"))
    assert Partnership.objects.get().state == "proposed"
    assert "published" in client.get(address(programme)).content.decode()
    client.post(address(programme, "undo"))

    assert Partnership.objects.get().state == "withdrawn"


def test_while_solving_the_page_shows_progress_and_then_sends_the_browser_on(
    client: Client, programme: Programme, solve_now: Callable[[Round], Round]
) -> None:
    make_learner(programme)
    make_adviser(programme)
    client.post(address(programme, "gather"))
    Round.objects.update(progress_label="Looking at every pair", progress_done=40)

    page = client.get(address(programme, "progress")).content.decode()
    assert "Looking at every pair" in page
    assert "40" in page
    solve_now(Round.objects.get())

    plain = client.get(address(programme, "progress"))
    asked = client.get(address(programme, "progress"), headers={"HX-Request": "true"})
    assert plain["Location"] == asked["HX-Redirect"] == address(programme)


def test_the_certificate_can_be_checked_by_itself_and_fails_when_changed(
    client: Client, programme: Programme, solved: Solved, tmp_path: Path
) -> None:
    for _number in range(2):
        make_learner(programme)
        make_adviser(programme)
    solved()

    proof = json.loads(client.get(address(programme, "certificate")).content)

    verify(proof["certificate"], **proof["input"])
    file = tmp_path / "certificate.json"
    file.write_text(json.dumps(proof))
    assert run_verify(file, lambda line: None) == 0
    proof["certificate"]["values"]["total"] += 1
    file.write_text(json.dumps(proof))
    assert run_verify(file, lambda line: None) == 1
    with pytest.raises(InvalidCertificate):
        verify(proof["certificate"], **proof["input"])


def test_what_if_is_tried_from_the_page_and_taken(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    solved()
    typed = {
        "min_rank_gap": 1,
        "shared_hours": 2,
        "order": "fair",
        "same_unit_allowed": "on",
        "skills": 9,
        "goals": 0,
        "other_unit": 0,
        "place": 0,
        "hours": 1,
    }

    client.post(address(programme, "what_if"), typed)

    what_if = WhatIf.objects.get()
    assert what_if.settings["rules"]["min_rank_gap"] == 1
    assert what_if.settings["weights"]["skills"] == 9
    page = client.get(address(programme, "what_if_result", what_if.key)).content.decode()
    assert "Least rank gap" in page


def test_weights_that_are_all_nothing_are_refused(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)
    solved()
    nothing = dict.fromkeys(("skills", "goals", "other_unit", "place", "hours"), 0)

    answer = client.post(
        address(programme, "what_if"),
        {"min_rank_gap": 1, "shared_hours": 2, "order": "fair", **nothing},
    )

    assert answer.status_code == 422
    assert not WhatIf.objects.exists()


def test_coordinators_see_how_many_asked_and_cannot_read_an_ask(
    client_of: Callable[[Person], Client],
) -> None:
    programme = make_choosing_programme()
    ask = make_ask(make_learner(programme))
    watcher = client_of(make_coordinator(programme))

    page = watcher.get(reverse("matching:rounds", args=[programme.slug])).content.decode()
    own = watcher.get(reverse("matching:ask", args=[programme.slug, ask.key]))

    assert "Learners who asked" in page
    assert ask.learner.person.name not in page
    assert own.status_code == 404
