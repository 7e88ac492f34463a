"""A signature is for exactly one version; a change is a new one."""

from datetime import datetime, timedelta

import pytest

from tests.factories import actor_for_person, make_partnership, make_person
from tests.factories.agreement import make_agreement, make_draft, seat_of
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.lifecycle import end_without_fault
from viceversa.partnerships.actions.signing import (
    change_terms,
    raise_confidentiality,
    set_draft_aside,
    sign_agreement,
)
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.queries.agreement import signed_terms, spells_of, terms_of
from viceversa.partnerships.rules.agreement import level_for
from viceversa.partnerships.rules.terms import Outcome, Permission
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.queries import NoKey
from viceversa.vault.rules.envelope import Broken

pytestmark = pytest.mark.django_db


def both(partnership: Partnership) -> tuple[Actor, Actor]:
    return (
        actor_for_person(partnership.learner.person),
        actor_for_person(partnership.adviser.person),
    )


def test_it_holds_once_both_have_signed_the_same_version(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_draft(partnership)
    learner, adviser = both(partnership)
    about = {"partnership": partnership, "version": draft.version, "now": now}

    sign_agreement(**about, commits=True, by=learner)
    assert signed_terms(seat_of(partnership, "learner")) is None
    sign_agreement(**about, commits=False, by=adviser)

    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.ACTIVE
    assert partnership.started_at == now
    terms = signed_terms(seat_of(partnership, "adviser"))
    assert terms is not None
    assert terms.permission == Permission(True, True, True, False, "Stop me when I lecture.")


def test_each_signature_is_recorded_and_told_without_content(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_draft(partnership)
    learner, adviser = both(partnership)
    Notification.objects.all().delete()
    about = {"partnership": partnership, "version": draft.version, "now": now}

    sign_agreement(**about, commits=True, by=learner)
    assert Notification.objects.get().person == partnership.adviser.person
    sign_agreement(**about, commits=False, by=adviser)

    assert Notification.objects.filter(kind="partnerships.agreement_holds").count() == 2
    signed = Entry.objects.filter(verb="partnerships.signed").order_by("id")
    assert [entry.detail["side"] for entry in signed] == ["learner", "adviser"]
    said = " ".join(f"{row.title} {row.body}" for row in Notification.objects.all())
    assert "lecture" not in said + str(list(Entry.objects.values_list("detail", flat=True)))


def test_nobody_signs_twice(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_draft(partnership)
    about = {"partnership": partnership, "version": draft.version, "commits": True, "now": now}
    sign_agreement(**about, by=both(partnership)[0])

    with pytest.raises(Refused, match="already signed"):
        sign_agreement(**about, by=both(partnership)[0])


def test_somebody_else_does_not_sign(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_draft(partnership)
    stranger = actor_for_person(make_person(), roles=("operator", "directory_administrator"))

    with pytest.raises(NotAllowed):
        sign_agreement(
            partnership=partnership, version=draft.version, commits=True, by=stranger, now=now
        )

    draft.refresh_from_db()
    assert draft.learner_signed_at is None
    assert draft.adviser_signed_at is None


def test_a_seat_without_a_key_signs_nothing(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_draft(partnership)
    intruder = make_person()
    type(partnership.adviser).objects.filter(pk=partnership.adviser_id).update(person=intruder)

    with pytest.raises(NoKey):
        sign_agreement(
            partnership=Partnership.objects.get(pk=partnership.pk),
            version=draft.version,
            commits=True,
            by=actor_for_person(intruder),
            now=now,
        )


def test_a_stale_version_is_refused(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_draft(partnership)
    learner, adviser = both(partnership)
    change_terms(
        partnership=partnership, seen=draft.version, changes={"minutes": 45}, by=adviser, now=now
    )

    with pytest.raises(Refused, match="changed in between") as refused:
        sign_agreement(
            partnership=partnership, version=draft.version, commits=True, by=learner, now=now
        )

    assert refused.value.code == "changed"
    assert not Agreement.objects.filter(learner_signed_at__isnull=False).exists()


def test_a_change_made_on_a_stale_version_is_refused(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_draft(partnership)
    learner, adviser = both(partnership)
    about = {"partnership": partnership, "seen": draft.version, "now": now}
    change_terms(**about, changes={"minutes": 45}, by=adviser)

    with pytest.raises(Refused, match="changed in between"):
        change_terms(**about, changes={"place": "The library"}, by=learner)


def test_a_change_needs_both_signatures_again_and_the_old_one_holds_meanwhile(
    now: datetime,
) -> None:
    partnership = make_partnership(state="accepted")
    first = make_agreement(partnership)
    learner, adviser = both(partnership)

    draft = change_terms(
        partnership=partnership, seen=first.version, changes={"minutes": 45}, by=learner, now=now
    )

    seat = seat_of(partnership, "learner")
    held = signed_terms(seat)
    assert held is not None
    assert (held.version, held.minutes) == (1, 30)
    for by in (learner, adviser):
        sign_agreement(partnership=partnership, version=draft.version, commits=True, by=by, now=now)
    held = signed_terms(seat)
    assert held is not None
    assert (held.version, held.minutes) == (2, 45)
    first.refresh_from_db()
    assert first.state == Agreement.State.REPLACED
    assert terms_of(seat, first).minutes == 30


def test_the_permission_is_the_learners_alone_to_write(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    first = make_agreement(partnership)
    changes = {"permission": Permission(directive=True, words="Whatever you like.")}

    with pytest.raises(NotAllowed, match="partner's to write"):
        change_terms(
            partnership=partnership,
            seen=first.version,
            changes=changes,
            by=both(partnership)[1],
            now=now,
        )


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"learner_aims": ""}, "aims"),
        ({"outcomes": ()}, "aims"),
        ({"permission": Permission(directive=True)}, "leave"),
        ({"permission": Permission(words="Be kind.")}, "leave"),
        ({"outcomes": (Outcome("Judge a film"),)}, "not replied"),
    ],
)
def test_nobody_signs_without_purpose_permission_and_replies(
    terms: dict[str, object], why: str, now: datetime
) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_agreement(partnership, signed=False, **terms)

    with pytest.raises(Refused, match=why):
        sign_agreement(
            partnership=partnership,
            version=draft.version,
            commits=True,
            by=both(partnership)[0],
            now=now,
        )


def test_the_learner_commits_by_signing(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_agreement(partnership, signed=False)

    with pytest.raises(Refused, match="Commit"):
        sign_agreement(
            partnership=partnership,
            version=draft.version,
            commits=False,
            by=both(partnership)[0],
            now=now,
        )


@pytest.mark.parametrize("state", ["paused", "completed", "ended"])
def test_nothing_is_signed_outside_its_time(state: str, now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_agreement(partnership, signed=False)
    Partnership.objects.filter(pk=partnership.pk).update(state=state)

    with pytest.raises(Refused, match="cannot be changed or signed"):
        sign_agreement(
            partnership=partnership,
            version=draft.version,
            commits=True,
            by=both(partnership)[0],
            now=now,
        )


def test_one_is_enough_to_raise_confidentiality_and_the_other_is_told(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership, confidentiality="story")
    Notification.objects.all().delete()

    raise_confidentiality(
        partnership=partnership, level="nothing", by=both(partnership)[1], now=now
    )

    terms = signed_terms(seat_of(partnership, "learner"))
    assert terms is not None
    assert terms.confidentiality == "nothing"
    assert Notification.objects.get().person == partnership.learner.person
    assert Entry.objects.filter(verb="partnerships.confidentiality_raised").count() == 1


@pytest.mark.parametrize("level", ["goals", "story", "everything"])
def test_one_alone_cannot_lower_confidentiality(level: str, now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership, confidentiality="goals")

    with pytest.raises(Refused, match="only raise"):
        raise_confidentiality(
            partnership=partnership, level=level, by=both(partnership)[0], now=now
        )


def test_a_stranger_does_not_raise_it(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership, confidentiality="story")

    with pytest.raises(NotAllowed):
        raise_confidentiality(
            partnership=partnership, level="nothing", by=actor_for_person(make_person()), now=now
        )


def test_lowering_needs_both_and_never_holds_for_what_is_past(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    first = make_agreement(partnership, confidentiality="nothing", now=now)
    before, later = now + timedelta(days=1), now + timedelta(days=2)
    learner, adviser = both(partnership)
    draft = change_terms(
        partnership=partnership,
        seen=first.version,
        changes={"confidentiality": "goals"},
        by=learner,
        now=later,
    )
    about = {"partnership": partnership, "version": draft.version, "commits": True, "now": later}
    sign_agreement(**about, by=learner)
    assert level_for(later + timedelta(days=1), spells_of(partnership)) == "nothing"
    sign_agreement(**about, by=adviser)

    assert level_for(later + timedelta(days=1), spells_of(partnership)) == "goals"
    assert level_for(before, spells_of(partnership)) == "nothing"


def test_what_was_raised_stays_raised_for_what_is_past_when_both_lower_it_again(
    now: datetime,
) -> None:
    partnership = make_partnership(state="accepted")
    first = make_agreement(partnership, confidentiality="goals", now=now)
    shared_at, raised_at, lowered_at = (now + timedelta(days=day) for day in (1, 2, 3))
    learner, adviser = both(partnership)
    raise_confidentiality(partnership=partnership, level="nothing", by=adviser, now=raised_at)
    changes = {"confidentiality": "goals"}
    draft = change_terms(
        partnership=partnership, seen=first.version, changes=changes, by=learner, now=lowered_at
    )
    about = {"partnership": partnership, "version": draft.version, "now": lowered_at}
    for by in (learner, adviser):
        sign_agreement(**about, commits=True, by=by)

    spells = spells_of(partnership)

    assert level_for(shared_at, spells) == "nothing"
    assert level_for(lowered_at + timedelta(hours=1), spells) == "goals"


def test_a_change_of_something_else_keeps_the_level_that_one_raised(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    first = make_agreement(partnership, confidentiality="story")
    learner, adviser = both(partnership)
    raise_confidentiality(partnership=partnership, level="nothing", by=adviser, now=now)

    draft = change_terms(
        partnership=partnership, seen=first.version, changes={"minutes": 45}, by=learner, now=now
    )

    terms = terms_of(seat_of(partnership, "adviser"), draft)
    assert terms.confidentiality == draft.confidentiality == "nothing"


def test_a_change_that_nobody_wants_is_set_aside(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    first = make_agreement(partnership)
    learner, adviser = both(partnership)
    draft = change_terms(
        partnership=partnership, seen=first.version, changes={"minutes": 60}, by=learner, now=now
    )

    set_draft_aside(partnership=partnership, version=draft.version, by=adviser, now=now)

    draft.refresh_from_db()
    assert draft.state == Agreement.State.DROPPED
    held = signed_terms(seat_of(partnership, "learner"))
    assert held is not None
    assert held.minutes == 30
    assert Notification.objects.filter(kind="partnerships.draft_set_aside").count() == 1


def test_once_it_is_over_no_draft_is_set_aside(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    first = make_agreement(partnership)
    learner, adviser = both(partnership)
    draft = change_terms(
        partnership=partnership, seen=first.version, changes={"minutes": 60}, by=learner, now=now
    )
    end_without_fault(partnership=partnership, by=adviser, now=now)

    with pytest.raises(Refused, match="cannot be changed or signed now"):
        set_draft_aside(partnership=partnership, version=draft.version, by=adviser, now=now)


def test_who_was_written_in_and_holds_no_key_changes_no_agreement(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    first = make_agreement(partnership, confidentiality="story")
    learner, _adviser = both(partnership)
    draft = change_terms(
        partnership=partnership, seen=first.version, changes={"minutes": 60}, by=learner, now=now
    )
    thief = make_person()
    Enrolment.objects.filter(pk=partnership.adviser.pk).update(person=thief)
    partnership = Partnership.objects.get(pk=partnership.pk)

    by = actor_for_person(thief)
    with pytest.raises(NoKey):
        raise_confidentiality(partnership=partnership, level="nothing", by=by, now=now)
    with pytest.raises(NoKey):
        set_draft_aside(partnership=partnership, version=draft.version, by=by, now=now)


def test_the_first_draft_is_changed_and_not_set_aside(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_agreement(partnership, signed=False)

    with pytest.raises(Refused, match="first agreement"):
        set_draft_aside(
            partnership=partnership, version=draft.version, by=both(partnership)[0], now=now
        )


def test_a_version_whose_number_was_changed_in_the_database_does_not_open(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    draft = make_agreement(partnership, signed=False)
    Agreement.objects.filter(pk=draft.pk).update(version=7)

    with pytest.raises(Broken):
        sign_agreement(
            partnership=partnership, version=7, commits=True, by=both(partnership)[0], now=now
        )
