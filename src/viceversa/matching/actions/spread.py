"""Advisers a learner chooses together: different career stages, one of them from another field."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from viceversa.matching.queries.ask import advisers_now
from viceversa.matching.queries.shortlist import is_of_another_field, is_of_own_field, short_list
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.errors import Refused


def check_spread(learner: Enrolment, advisers: Sequence[Enrolment]) -> None:
    """Refuses a choice the programme's wish for different advisers forbids, and says what to do."""
    programme = learner.programme
    chosen = [adviser.person for adviser in advisers]
    held = advisers_now(learner)
    if programme.different_stages:
        _check_stages(chosen, held)
    if programme.one_from_other_field and learner.demand > 1:
        _check_fields(learner, chosen, held)


def _check_stages(chosen: Sequence[Person], held: Sequence[Person]) -> None:
    taken = {person.level_id for person in held if person.level_id}
    at_stage: dict[int, Person] = {}
    for person in chosen:
        if person.level_id is None:
            continue
        if person.level_id in taken:
            raise Refused(_stage_held(person), code="stage_held")
        if person.level_id in at_stage:
            raise Refused(_same_stage(at_stage[person.level_id], person), code="same_stage")
        at_stage[person.level_id] = person


def _stage_held(person: Person) -> str:
    return _(
        "%(name)s is at the career stage %(stage)s, like an adviser you already have. Choose "
        "somebody at another stage."
    ) % {"name": person, "stage": person.level}


def _same_stage(one: Person, other: Person) -> str:
    return _(
        "%(one)s and %(other)s are both at the career stage %(stage)s. In this programme your "
        "advisers are at different stages: keep one of the two and choose somebody at another."
    ) % {"one": one, "other": other, "stage": one.level}


def _check_fields(learner: Enrolment, chosen: Sequence[Person], held: Sequence[Person]) -> None:
    """The last place needs somebody from another field; before that, one on the list will do."""
    if any(not is_of_own_field(learner.person, person) for person in held):
        return
    own = [person for person in chosen if is_of_own_field(learner.person, person)]
    is_last_place = learner.demand - len(held) == 1
    is_fine = not own if is_last_place else len(own) < len(chosen) or len(chosen) == 1
    offered = None if is_fine else _somebody_from_another_field(learner)
    if offered is None:
        return
    said = _last_place() if is_last_place else _all_of_own_field()
    raise Refused(said % {"field": learner.person.unit, "name": offered}, code="own_field")


def _all_of_own_field() -> str:
    return _(
        "Everybody you chose is from your own field, %(field)s. One of your advisers comes from "
        "another: choose one more or exchange one, for example for %(name)s."
    )


def _last_place() -> str:
    return _(
        "The advisers you have are from your own field, %(field)s. The last one comes from "
        "another: choose only people from other fields, for example %(name)s."
    )


def _somebody_from_another_field(learner: Enrolment) -> Person | None:
    people = (choice.enrolment.person for choice in short_list(learner))
    return next((one for one in people if is_of_another_field(learner.person, one)), None)
