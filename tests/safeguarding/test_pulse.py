"""A pulse from opening to close: who may, what is stored meanwhile, and what is left."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from tests.factories import actor_for_person, make_partnership, make_person, make_user
from tests.factories.safeguarding import (
    actor_of,
    answer_as,
    asked_in,
    make_pairs,
    make_wave,
)
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.safeguarding.actions.closing import tend_pulses
from viceversa.safeguarding.actions.pulse import answer_pulse
from viceversa.safeguarding.models import Ballot, Invitation, Slip, Wave
from viceversa.safeguarding.models.pulse import random_id
from viceversa.safeguarding.queries.pulse import own_slip, roster
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.actions import start_anew
from viceversa.vault.models import KeySlot

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def close(wave: Wave, now: datetime) -> Wave:
    tend_pulses(now=now + 11 * DAY)
    return Wave.objects.get(pk=wave.pk)


def test_everybody_in_a_living_partnership_is_asked_and_told(now: datetime) -> None:
    programme = make_pairs(5)
    ended = make_partnership(programme, state="ended")
    wave = make_wave(programme, now=now)
    assert (wave.asked, len(asked_in(wave))) == (10, 10)
    assert ended.learner.person not in asked_in(wave)
    told = Notification.objects.filter(kind="safeguarding.pulse_opened")
    assert set(told.values_list("person", flat=True)) == {one.pk for one in asked_in(wave)}
    entry = Entry.objects.get(verb="safeguarding.pulse_opened")
    assert entry.detail == {"asked": 10, "k": 5, "questions": ["respect", "goals"]}


def test_only_coordinators_open_a_pulse(now: datetime) -> None:
    programme = make_pairs(5)
    roles = ("operator", "directory_administrator", "safeguarding_contact")
    for person in (make_person(), asked := roster(programme, [], today=now.date())[0].person):
        by = actor_for_person(person, roles=() if person == asked else roles)
        with pytest.raises(NotAllowed, match="Only the coordinators"):
            make_wave(programme, now=now, by=by)
    assert not Wave.objects.exists()


def test_fewer_than_eight_people_are_not_asked(now: datetime) -> None:
    with pytest.raises(Refused, match="6 people are in a partnership now; a pulse needs 8"):
        make_wave(make_pairs(3), now=now)


def test_pulses_do_not_overlap_or_follow_each_other_closely(now: datetime) -> None:
    programme = make_pairs(5)
    wave = make_wave(programme, now=now)
    with pytest.raises(Refused, match="open already"):
        make_wave(programme, now=now)
    close(wave, now)
    with pytest.raises(Refused, match="Wait until 30 March 2026"):
        make_wave(programme, now=now + 12 * DAY)
    assert make_wave(programme, now=now + 28 * DAY).number == 2


def test_the_last_day_lies_within_six_weeks(now: datetime) -> None:
    for days in (2, 43):
        with pytest.raises(Refused, match="from 3 to 42 days"):
            make_wave(make_pairs(5), now=now, closes_on=now.date() + days * DAY)


def test_an_answer_uses_the_slip_and_cannot_be_given_twice(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    person = asked_in(wave)[0]
    answer_as(person, wave, now=now)
    assert (Slip.objects.count(), Ballot.objects.count()) == (9, 1)
    with pytest.raises(Refused, match="cannot be changed"):
        answer_as(person, wave, now=now)
    assert Ballot.objects.count() == 1


def test_only_those_asked_can_answer(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    with pytest.raises(NotAllowed, match="were asked"):
        answer_as(make_person(), wave, now=now)


def test_each_question_needs_an_answer_of_the_four(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    for answers in (["yes"], ["yes", "maybe"], ["yes"] * 3):
        with pytest.raises(Refused, match="cannot tell"):
            answer_as(asked_in(wave)[0], wave, now=now, answers=answers)
    assert Slip.objects.count() == 10


def test_after_the_last_day_nothing_is_taken(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    answer_as(asked_in(wave)[0], wave, now=now + 10 * DAY)
    with pytest.raises(Refused, match="closed"):
        answer_as(asked_in(wave)[1], wave, now=now + 11 * DAY)


def test_a_new_key_of_the_person_opens_no_old_slip(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    person = asked_in(wave)[0]
    KeySlot.objects.filter(user_key__person=person).delete()
    start_anew(by=actor_of(person), now=now)
    with pytest.raises(Refused, match="slip opens no more"):
        answer_as(person, wave, now=now)


def everything_stored() -> dict[tuple[str, Any], str]:
    """All rows of all tables, as whoever holds the database reads them."""
    return {
        (row["model"], row["pk"]): str(row["fields"])
        for model in apps.get_models()
        for row in serializers.serialize("python", model._default_manager.all())
    }


def test_an_answer_is_one_slip_less_and_one_row_more_and_nothing_else(now: datetime) -> None:
    """So who answered stands nowhere: not in the history, not in an inbox, not with the person."""
    wave = make_wave(make_pairs(5), now=now)
    before = everything_stored()
    for person in asked_in(wave)[:3]:
        answer_as(person, wave, now=now, comment="a word of mine")
    after = everything_stored()
    added, gone = after.keys() - before.keys(), before.keys() - after.keys()
    assert [model for model, _pk in added] == ["safeguarding.ballot"] * 3
    assert [model for model, _pk in gone] == ["safeguarding.slip"] * 3
    assert all(after[row] == before[row] for row in after.keys() & before.keys())
    assert "a word of mine" not in "".join(after.values())
    fields = {field.name for field in Ballot._meta.get_fields()}
    assert fields == {"id", "wave", "sealed"}


def test_answers_are_of_one_length_and_no_row_has_a_clock(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    for number, person in enumerate(asked_in(wave)):
        answer_as(person, wave, now=now, comment="x" * 60 * number)
    lengths = {len(bytes(each)) for each in Ballot.objects.values_list("sealed", flat=True)}
    assert len(lengths) == 1
    fields = {
        (model.__name__, field.get_internal_type())
        for model in (Ballot, Slip, Invitation)
        for field in model._meta.get_fields()
    }
    assert not [pair for pair in fields if pair[1] in ("DateTimeField", "DateField", "TimeField")]


def test_the_order_of_rows_tells_nothing_of_the_order_of_answers(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    rows = [Ballot(id=random_id(), wave=wave, sealed=str(n).encode()) for n in range(2500)]
    Ballot.objects.bulk_create(rows)
    sealed = Ballot.objects.order_by("pk").values_list("sealed", flat=True)
    found = [int(bytes(each)) for each in sealed]
    mean = (len(found) - 1) / 2
    together = sum((at - mean) * (place - mean) for at, place in enumerate(found))
    assert abs(together / sum((at - mean) ** 2 for at in range(len(found)))) <= 0.1


def test_the_reminder_goes_to_everybody_once(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    answer_as(asked_in(wave)[0], wave, now=now)
    for days in (7, 8, 9):
        tend_pulses(now=now + days * DAY)
    told = Notification.objects.filter(kind="safeguarding.pulse_reminder")
    assert told.count() == len(set(told.values_list("person", flat=True))) == 10


def test_the_close_publishes_ranges_and_destroys_the_rest(now: datetime) -> None:
    wave = make_wave(make_pairs(10), now=now)
    for number, person in enumerate(asked_in(wave)[:18]):
        answer_as(person, wave, now=now, answers=["yes", "no" if number % 5 else "partly"])
    closed = close(wave, now)
    assert (closed.state, closed.locked, closed.lock_parameters) == ("published", None, {})
    everybody = closed.results["cells"][0]
    assert (everybody["cell"], everybody["base"]) == (["everybody", ""], [15, 19])
    assert everybody["bands"][0] == [[14, None], [0, 5], [0, 5], [0, 5]]
    assert not Ballot.objects.exists()
    assert not Slip.objects.exists()
    assert {bytes(one.sealed) for one in Invitation.objects.all()} == {b""}
    assert Entry.objects.get(verb="safeguarding.pulse_closed").detail == {}


def test_below_the_quorum_everything_is_destroyed_unseen(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    for person in asked_in(wave)[:7]:
        answer_as(person, wave, now=now)
    closed = close(wave, now)
    assert (closed.state, closed.results, closed.locked) == ("too_few", None, None)
    assert not Ballot.objects.exists()


def test_closing_twice_changes_nothing(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    for person in asked_in(wave):
        answer_as(person, wave, now=now)
    results = close(wave, now).results
    assert close(wave, now + DAY).results == results
    assert Entry.objects.filter(verb="safeguarding.pulse_closed").count() == 1


def test_how_somebody_is_counted_is_theirs_to_choose(now: datetime) -> None:
    wave = make_wave(make_pairs(12), now=now, breakdowns=["role", "years"])
    for number, person in enumerate(asked_in(wave)):
        answer_as(
            person,
            wave,
            now=now,
            answers=["yes" if number % 3 else "partly"] * 2,
            counted={"role": "not_said", "years": "coarser"},
        )
    results = close(wave, now).results
    assert {cell["cell"][0] for cell in results["cells"]} <= {"everybody", "years"}
    assert ["years", "years_under_3"] in [cell["cell"] for cell in results["cells"]]


def test_what_somebody_is_told_about_being_counted_is_what_is_counted(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now, breakdowns=["role", "years"])
    slip = own_slip(actor_of(asked_in(wave)[0]), wave)
    assert slip is not None
    assert slip.slip is not None
    assert [group.fine for group in slip.slip.groups] == ["learner", "years_10_on"]
    assert len(slip.slip.counterparts) == 1
    assert own_slip(actor_of(make_user().person), wave) is None  # type: ignore[arg-type]


def test_who_may_not_see_results_is_not_told_of_them(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now, audience="running")
    for person in asked_in(wave):
        answer_as(person, wave, now=now)
    close(wave, now)
    told = Notification.objects.filter(kind="safeguarding.pulse_closed")
    assert told.count() == 1
    assert told.get().person not in asked_in(wave)


def test_a_comment_that_does_not_fit_is_refused_and_the_slip_stays(now: datetime) -> None:
    wave = make_wave(make_pairs(5), now=now)
    with pytest.raises(Refused, match="too long"):
        answer_pulse(
            wave=wave,
            answers=["yes", "yes"],
            counted={},
            comment="x" * 5000,
            by=actor_of(asked_in(wave)[0]),
            now=now,
        )
    assert Slip.objects.count() == 10
