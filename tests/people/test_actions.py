"""Each thing a directory administrator or a person can do: done, refused, recorded, announced."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.factories import actor_for_person, make_level, make_person, make_skill
from tests.people.importing import ADMINISTRATOR
from viceversa.history.models import Entry
from viceversa.people import actions
from viceversa.people.actions import Facts, Limits
from viceversa.people.models import KeepApart, Level, Offer, Person, Profile, Skill, Want
from viceversa.people.queries.skills import find_skill, suggest_skills
from viceversa.toolkit import events
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What was announced, through reactions that only listen."""
    from viceversa.people import events as facts

    heard: list[tuple[str, Any]] = []

    def listen(event: Any) -> None:
        heard.append((type(event).__name__, event))

    kinds = (
        facts.PersonLeft,
        facts.PeopleLeft,
        facts.PeopleCameBack,
        facts.ReportingLinesChanged,
    )
    monkeypatch.setattr(events, "_reactions", lambda: dict.fromkeys(kinds, (listen,)))
    return heard


def facts_of(person: Person, **changes: Any) -> Facts:
    names = ("external_id", "name", "title", "level", "time_zone", "languages", "manager")
    values = {name: getattr(person, name) for name in names}
    return Facts(**{**values, "email": person.email or "", **changes})


def test_a_person_is_added_with_a_new_unit(now: datetime, announced: list[Any]) -> None:
    boss = make_person()

    person = actions.add_person(
        facts=Facts(external_id="7", name="Ada Low", email="ADA@x.example", unit="R", manager=boss),
        by=ADMINISTRATOR,
        now=now,
    )

    assert (person.email, str(person.unit), person.manager) == ("ada@x.example", "R", boss)
    assert Entry.objects.get().verb == "people.person.added"
    assert [name for name, _ in announced] == ["ReportingLinesChanged"]


def test_an_edit_is_recorded_by_names_of_fields_only(now: datetime, announced: list[Any]) -> None:
    person = make_person("Ada Low")

    actions.edit_person(
        person=person, facts=facts_of(person, name="Ada High"), by=ADMINISTRATOR, now=now
    )

    entry = Entry.objects.get()
    assert (entry.verb, entry.detail) == ("people.person.changed", {"fields": ["name"]})
    assert announced == []
    assert Person.objects.get(pk=person.pk).search.startswith(" ada high")


def test_an_edit_without_a_change_is_not_recorded(now: datetime) -> None:
    person = make_person()

    actions.edit_person(person=person, facts=facts_of(person), by=ADMINISTRATOR, now=now)

    assert not Entry.objects.exists()


@pytest.mark.parametrize("field", ["external_id", "email"])
def test_numbers_and_addresses_belong_to_one_person(field: str, now: datetime) -> None:
    other, person = make_person("Bo Tall"), make_person()
    value = getattr(other, field)

    with pytest.raises(Refused, match="Bo Tall already has"):
        actions.edit_person(
            person=person, facts=facts_of(person, **{field: value}), by=ADMINISTRATOR, now=now
        )


def test_nobody_becomes_their_own_manager(now: datetime) -> None:
    person = make_person()

    with pytest.raises(Refused, match="their own manager"):
        actions.edit_person(
            person=person, facts=facts_of(person, manager=person), by=ADMINISTRATOR, now=now
        )


def test_a_new_manager_may_not_close_a_circle(now: datetime) -> None:
    root = make_person("Root")
    middle = make_person(manager=root)
    below = make_person("Below", manager=middle)

    with pytest.raises(Refused, match="Below reports to Root"):
        actions.edit_person(
            person=root, facts=facts_of(root, manager=below), by=ADMINISTRATOR, now=now
        )


def test_leaving_and_coming_back_are_announced(now: datetime, announced: list[Any]) -> None:
    person = make_person()

    actions.mark_left(person=person, on=now.date(), by=ADMINISTRATOR, now=now)
    gone = Person.objects.get(pk=person.pk).left_on
    actions.mark_back(person=person, by=ADMINISTRATOR, now=now)

    assert gone == now.date()
    assert [name for name, _ in announced] == ["PersonLeft", "PeopleCameBack"]
    assert Person.objects.get(pk=person.pk).is_present
    verbs = list(Entry.objects.values_list("verb", flat=True).order_by("id"))
    assert verbs == ["people.person.left", "people.person.came_back"]


def test_nobody_leaves_twice_or_in_advance_or_comes_back_unleft(now: datetime) -> None:
    gone = make_person(left_on=date(2026, 1, 1))
    here = make_person()

    with pytest.raises(Refused, match="already marked"):
        actions.mark_left(person=gone, on=now.date(), by=ADMINISTRATOR, now=now)
    with pytest.raises(Refused, match="in the future"):
        actions.mark_left(person=here, on=now.date() + timedelta(days=1), by=ADMINISTRATOR, now=now)
    with pytest.raises(Refused, match="has not left"):
        actions.mark_back(person=here, by=ADMINISTRATOR, now=now)


def test_two_people_are_kept_apart_once(now: datetime) -> None:
    one, other = make_person(), make_person()
    wish = KeepApart.Reason.PAY

    for first, second in ((one, other), (other, one)):
        actions.keep_apart(one=first, other=second, reason=wish, by=ADMINISTRATOR, now=now)

    assert KeepApart.objects.get().one == one


def test_taking_back_leaves_the_wishes_of_the_two(now: datetime) -> None:
    one, other = make_person(), make_person()
    KeepApart.objects.create(one=one, other=other, reason=KeepApart.Reason.WISH)
    reason = KeepApart.Reason.CARE
    actions.keep_apart(one=one, other=other, reason=reason, by=ADMINISTRATOR, now=now)

    actions.end_keep_apart(one=other, other=one, by=ADMINISTRATOR, now=now)

    assert KeepApart.objects.get().reason == KeepApart.Reason.WISH


def test_nobody_is_kept_apart_from_themselves(now: datetime) -> None:
    person = make_person()

    with pytest.raises(Refused, match="same person"):
        actions.keep_apart(one=person, other=person, reason="pay", by=ADMINISTRATOR, now=now)


def as_person(person: Person) -> Actor:
    return actor_for_person(person)


def test_offers_and_wants_are_set_changed_and_taken_away(now: datetime) -> None:
    person, skill = make_person(), make_skill("Podcasts")
    me = as_person(person)

    actions.offer_skill(person=person, skill=skill, level=2, by=me, now=now)
    actions.offer_skill(person=person, skill=skill, level=4, by=me, now=now)
    actions.want_skill(person=person, skill=skill, target=3, priority=2, by=me, now=now)
    held = (Offer.objects.get().level, Want.objects.get().target, Want.objects.get().priority)
    actions.stop_offering(person=person, skill=skill, by=me, now=now)
    actions.stop_wanting(person=person, skill=skill, by=me, now=now)

    assert held == (4, 3, 2)
    assert not Offer.objects.exists()
    assert not Want.objects.exists()
    assert Entry.objects.count() == 5


def test_thirty_skills_are_enough(now: datetime) -> None:
    person = make_person()
    for number in range(30):
        Offer.objects.create(person=person, skill=make_skill(f"S{number}"))

    with pytest.raises(Refused, match="enough"):
        actions.offer_skill(
            person=person, skill=make_skill("One more"), level=1, by=as_person(person), now=now
        )


def limits(**changes: Any) -> Limits:
    return Limits(**{"languages": ["en", "fr"], "time_zone": "Europe/Paris", **changes})


def test_a_profile_is_saved(now: datetime) -> None:
    person = make_person()

    actions.save_profile(
        person=person, limits=limits(hours_from=time(10)), by=as_person(person), now=now
    )

    person.refresh_from_db()
    assert Profile.objects.get().hours_from == time(10)
    assert (person.time_zone, person.languages) == ("Europe/Paris", ["en", "fr"])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hours_from": time(18)}, "ends before it begins"),
        ({"meets_by_video": False, "meets_in_person": False}, "at least one way"),
    ],
)
def test_impossible_limits_are_refused(
    changes: dict[str, Any], sentence: str, now: datetime
) -> None:
    person = make_person()

    with pytest.raises(Refused, match=sentence):
        actions.save_profile(person=person, limits=limits(**changes), by=as_person(person), now=now)


def test_a_profile_is_ones_own(now: datetime) -> None:
    person, skill, other = make_person(), make_skill("X"), as_person(make_person())
    attempts: list[Callable[[], object]] = [
        lambda: actions.offer_skill(person=person, skill=skill, level=1, by=other, now=now),
        lambda: actions.stop_offering(person=person, skill=skill, by=other, now=now),
        lambda: actions.stop_wanting(person=person, skill=skill, by=other, now=now),
        lambda: actions.save_profile(person=person, limits=limits(), by=other, now=now),
        lambda: actions.want_skill(
            person=person, skill=skill, target=1, priority=1, by=other, now=now
        ),
    ]

    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()


def test_only_administrators_change_the_directory(now: datetime) -> None:
    person, level, skill = make_person(), make_level(1), make_skill("X")
    me = as_person(person)
    attempts: list[Callable[[], object]] = [
        lambda: actions.add_person(facts=facts_of(person), by=me, now=now),
        lambda: actions.edit_person(person=person, facts=facts_of(person), by=me, now=now),
        lambda: actions.mark_left(person=person, on=now.date(), by=me, now=now),
        lambda: actions.mark_back(person=person, by=me, now=now),
        lambda: actions.keep_apart(one=person, other=person, reason="pay", by=me, now=now),
        lambda: actions.end_keep_apart(one=person, other=person, by=me, now=now),
        lambda: actions.load_taxonomy(by=me, now=now),
        lambda: actions.add_skill(name="Y", group="G", facet="tool", by=me, now=now),
        lambda: actions.add_alias(skill=skill, text="Z", by=me, now=now),
        lambda: actions.add_level(name="L", by=me, now=now),
        lambda: actions.change_level(level=level, name="L", aliases=[], by=me, now=now),
        lambda: actions.move_level(level=level, up=True, by=me, now=now),
        lambda: actions.remove_level(level=level, by=me, now=now),
        lambda: actions.export_directory(form="csv", by=me, now=now),
    ]

    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert not Entry.objects.exists()


def test_the_starter_skills_load_once(now: datetime) -> None:
    first = actions.load_taxonomy(by=ADMINISTRATOR, now=now)
    second = actions.load_taxonomy(by=ADMINISTRATOR, now=now)

    assert first > 200
    assert second == 0
    assert Skill.objects.count() == first
    assert str(find_skill("linkedin")) == "Professional networks"


def test_the_starter_skills_leave_own_words_alone(now: datetime) -> None:
    own = actions.add_skill(
        name="LinkedIn", group="Ours", facet="channel", by=ADMINISTRATOR, now=now
    )

    actions.load_taxonomy(by=ADMINISTRATOR, now=now)

    assert find_skill("Linked-In") in {None, own}
    assert find_skill("LINKEDIN") == own


def test_what_is_typed_wrong_is_suggested(now: datetime) -> None:
    actions.load_taxonomy(by=ADMINISTRATOR, now=now)

    assert "Professional networks" in {skill.name for skill in suggest_skills("linkdin")}
    assert suggest_skills("  ") == []


def test_a_word_stands_for_one_skill_only(now: datetime) -> None:
    skill = actions.add_skill(name="Welding", group="G", facet="craft", by=ADMINISTRATOR, now=now)
    actions.add_alias(skill=skill, text="MIG", by=ADMINISTRATOR, now=now)

    for text in ("welding", "m-i-g".replace("-", ""), "MIG"):
        with pytest.raises(Refused, match="already means Welding"):
            actions.add_skill(name=text, group="G", facet="craft", by=ADMINISTRATOR, now=now)
    with pytest.raises(Refused, match="letters or figures"):
        actions.add_alias(skill=skill, text="!?", by=ADMINISTRATOR, now=now)


def test_an_own_word_can_be_taken_away_but_not_the_name(now: datetime) -> None:
    skill = actions.add_skill(name="Welding", group="G", facet="craft", by=ADMINISTRATOR, now=now)
    alias = actions.add_alias(skill=skill, text="MIG", by=ADMINISTRATOR, now=now)

    actions.remove_alias(alias=alias, by=ADMINISTRATOR, now=now)

    assert find_skill("MIG") is None
    with pytest.raises(Refused, match="keeps its own name"):
        actions.remove_alias(alias=skill.aliases.get(), by=ADMINISTRATOR, now=now)


def test_levels_are_added_on_top_moved_renamed_and_removed(now: datetime) -> None:
    for name in ("Junior", "Senior", "Chief"):
        actions.add_level(name=name, by=ADMINISTRATOR, now=now)
    junior, senior = Level.objects.get(name="Junior"), Level.objects.get(name="Senior")

    actions.move_level(level=junior, up=True, by=ADMINISTRATOR, now=now)
    actions.change_level(level=senior, name="Mid", aliases=["M"], by=ADMINISTRATOR, now=now)
    names = list(Level.objects.values_list("name", flat=True))
    actions.remove_level(level=junior, by=ADMINISTRATOR, now=now)

    assert names == ["Mid", "Junior", "Chief"]
    assert Level.objects.count() == 2


def test_a_level_in_use_stays_and_words_are_unique(now: datetime) -> None:
    level = actions.add_level(name="Chief", by=ADMINISTRATOR, now=now)
    other = actions.add_level(name="Boss", by=ADMINISTRATOR, now=now)
    make_person(level=level)

    with pytest.raises(Refused, match="Somebody stands on Chief"):
        actions.remove_level(level=level, by=ADMINISTRATOR, now=now)
    with pytest.raises(Refused, match="already means the level Chief"):
        actions.add_level(name="CHIEF", by=ADMINISTRATOR, now=now)
    with pytest.raises(Refused, match="already means the level Chief"):
        actions.change_level(level=other, name="Boss", aliases=["chief"], by=ADMINISTRATOR, now=now)
    with pytest.raises(Refused, match="end of the ladder"):
        actions.move_level(level=other, up=True, by=ADMINISTRATOR, now=now)
