import json
from datetime import timedelta

import pytest

from tests.factories import make_partnership, make_programme
from viceversa.home.management.partnerships import run_partnerships
from viceversa.meetings.models import Commitment, Help, Meeting
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db


def said(slug: str, *, as_json: bool = False) -> tuple[int, str]:
    lines: list[str] = []
    code = run_partnerships(slug=slug, as_json=as_json, echo=lines.append)
    return code, "\n".join(lines)


def test_the_command_tells_states_counts_and_needs_and_opens_nothing() -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    for _ in range(2):
        Meeting.objects.create(
            partnership=partnership,
            state="held",
            starts_at=clock.now() - timedelta(days=3),
            zone="UTC",
            booked_by=partnership.learner.person,
            created_at=clock.now(),
        )
        Commitment.objects.create(
            partnership=partnership,
            author=partnership.learner.person,
            sealed=b"sealed",
            made_at=clock.now(),
        )
    Help.objects.create(
        partnership=partnership, kind="silence", since=clock.now(), stepped_at=clock.now(), step=2
    )

    code, text = said(partnership.programme.slug, as_json=True)

    (row,) = json.loads(text)
    assert code == 0
    assert (row["state"], row["held"], row["promises_open"]) == ("active", 2, 2)
    assert row["needs"] == ["silence"]
    assert "sealed" not in text


def test_the_table_names_both_and_says_what_is_missing() -> None:
    partnership = make_partnership(make_programme(state="running"), state="accepted")
    _code, text = said(partnership.programme.slug)
    assert partnership.learner.person.name in text
    assert "not signed" in text


def test_the_table_counts_promises_kept_of_those_that_stand() -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    for state in ("kept", "open", "open", "dropped"):
        Commitment.objects.create(
            partnership=partnership,
            author=partnership.learner.person,
            sealed=b"sealed",
            made_at=clock.now(),
            state=state,
        )
    head, row = said(partnership.programme.slug)[1].splitlines()
    column = head.index("promises")
    assert row[column : column + len("promises")].strip() == "1/3"


def test_an_unknown_programme_is_answered_with_those_there_are() -> None:
    programme = make_programme("Fresh eyes")
    code, text = said("nothing")
    assert code == 1
    assert programme.slug in text


def test_a_programme_without_partnerships_says_so() -> None:
    assert said(make_programme().slug) == (0, "No partnership yet.")


def test_the_table_says_whom_it_waits_for() -> None:
    programme = make_programme(state="running")
    make_partnership(programme, learner_accepted_at=clock.now())
    make_partnership(programme, state="accepted")
    make_partnership(programme, state="active")

    rows = json.loads(said(programme.slug, as_json=True)[1])

    assert [row["turn"] for row in rows] == [[], ["adviser", "learner"], ["adviser"]]
    assert "adviser" in said(programme.slug)[1].splitlines()[-1]


def test_whoever_needs_a_new_partner_is_among_the_needs_without_a_side() -> None:
    programme = make_programme(state="running")
    make_partnership(programme, state="ended", needs_new_partner=True)
    make_partnership(programme, state="ended")

    rows = json.loads(said(programme.slug, as_json=True)[1])

    assert [row["needs"] for row in rows] == [[], ["new_partner"]]
    assert [row["turn"] for row in rows] == [[], []]
