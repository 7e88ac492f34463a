"""Beginning a programme, setting it up step by step, and using one again."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.models import Level, Person, Skill
from viceversa.programmes.actions.standing import name_people
from viceversa.programmes.models import Programme, Standing
from viceversa.programmes.permissions import (
    check_can_coordinate,
    check_can_create_programmes,
    check_may_be_coordinator,
)
from viceversa.programmes.queries import coordinators_of, sponsors_of, taken_slugs
from viceversa.programmes.rules import setup
from viceversa.programmes.rules.lifecycle import settings_may_change
from viceversa.programmes.rules.slugs import slug_for
from viceversa.programmes.rules.templates import Template, ranks_of, template
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.ids import new_key

NOT_COPIED = frozenset({"name", "starts_on", "ends_on", "skills"})


@transaction.atomic
def create_programme(
    *,
    template_key: str,
    name: str,
    by: Actor,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
    coordinators: Sequence[Person] = (),
    sponsors: Sequence[Person] = (),
) -> Programme:
    """A draft with the template's texts and rules; `fields` overrule them, `skills` included.

    Whoever begins it coordinates it, unless others are named.
    """
    check_can_create_programmes(by)
    source = template(template_key)
    if source is None:
        raise Refused(_("There is no such template. Choose one of the six."), code="template")
    people = list(coordinators) or list(Person.objects.filter(pk=by.person_id or 0))
    _check_coordinators(people)
    values = {**_from_template(source, now=now), **(fields or {})}
    programme = _store(name=name, template_key=source.key, values=values, now=now)
    record(
        by=by,
        verb="programmes.programme.created",
        target=programme,
        detail={"template": source.key},
        now=now,
    )
    name_people(programme, people, Standing.Role.COORDINATOR, by=by, now=now)
    name_people(programme, list(sponsors), Standing.Role.SPONSOR, by=by, now=now)
    return programme


def _check_coordinators(people: Sequence[Person]) -> None:
    if not people:
        raise Refused(_("Name somebody who coordinates it."), code="no_coordinator")
    for person in people:
        check_may_be_coordinator(person)


def _from_template(source: Template, *, now: datetime) -> dict[str, Any]:
    levels = {level.rank: level for level in Level.objects.all()}
    learner_low, learner_high = ranks_of(source.learners, list(levels))
    adviser_low, adviser_high = ranks_of(source.advisers, list(levels))
    starts_on = now.date() + timedelta(days=28)
    suggested = {
        "learner_level_min": levels.get(learner_low or 0),
        "learner_level_max": levels.get(learner_high or 0),
        "adviser_level_min": levels.get(adviser_low or 0),
        "adviser_level_max": levels.get(adviser_high or 0),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(weeks=source.weeks),
        "weights": dict(source.weights),
        "skills": list(Skill.objects.filter(slug__in=source.skills)),
    }
    return {**suggested, **source.fields}


def _store(*, name: str, template_key: str, values: dict[str, Any], now: datetime) -> Programme:
    check_values({**values, "name": name})
    skills = values.pop("skills", [])
    slug = values.pop("slug", None) or slug_for(name, taken_slugs(slug_for(name, ())))
    programme = Programme.objects.create(
        name=name.strip(), slug=slug, template=template_key, created_at=now, **values
    )
    programme.skills.set(skills)
    return programme


def check_values(values: Mapping[str, Any]) -> None:
    """Raises with the first sentence; the pages show all of them beside their fields."""
    if "name" in values and not str(values["name"]).strip():
        raise Refused(_("Give the programme a name."), code="name")
    for field, sentence in setup.problems(values).items():
        raise Refused(sentence, code=field)


@transaction.atomic
def save_step(
    *, programme: Programme, step: str, values: Mapping[str, Any], by: Actor, now: datetime
) -> Programme:
    """One of the five steps; what does not belong to it is refused."""
    check_can_coordinate(by, programme)
    programme = _locked(programme)
    _check_may_change(programme)
    known = setup.step(step)
    if known is None or set(values) - set(known.fields):
        raise Refused(_("This does not belong to the step. Open the step again."), code="step")
    check_values({**_of_programme(programme, known), **values})
    changed = _write(programme, values)
    if step not in programme.steps_saved:
        programme.steps_saved = [*programme.steps_saved, step]
    programme.save()
    detail = {"step": step, "changed": changed}
    record(by=by, verb="programmes.step.saved", target=programme, detail=detail, now=now)
    return programme


def _of_programme(programme: Programme, step: setup.Step) -> dict[str, Any]:
    return {field: getattr(programme, field) for field in step.fields if field != "skills"}


def _write(programme: Programme, values: Mapping[str, Any]) -> list[str]:
    """Sets the values on the row and returns the names of those that differ."""
    changed = []
    for field, value in values.items():
        if field == "skills":
            programme.skills.set(value)
        elif getattr(programme, field) != value:
            setattr(programme, field, value)
            changed.append(field)
    return changed


@transaction.atomic
def duplicate_programme(*, programme: Programme, name: str, by: Actor, now: datetime) -> Programme:
    """The settings of one for a new draft: its coordinators and sponsor, none of its people."""
    check_can_coordinate(by, programme)
    copied = [field for field in setup.FIELDS if field not in NOT_COPIED]
    values: dict[str, Any] = {field: getattr(programme, field) for field in copied}
    values["open_link_enabled"] = False
    values["is_pilot"] = programme.is_pilot
    values["skills"] = list(programme.skills.all())
    copy = _store(name=name, template_key=programme.template, values=values, now=now)
    detail = {"from": programme.pk}
    record(by=by, verb="programmes.programme.duplicated", target=copy, detail=detail, now=now)
    name_people(copy, list(coordinators_of(programme)), Standing.Role.COORDINATOR, by=by, now=now)
    name_people(copy, list(sponsors_of(programme)), Standing.Role.SPONSOR, by=by, now=now)
    return copy


@transaction.atomic
def renew_open_link(*, programme: Programme, by: Actor, now: datetime) -> Programme:
    """The old address stops working at once."""
    check_can_coordinate(by, programme)
    programme = _locked(programme)
    _check_may_change(programme)
    programme.open_link_key = new_key()
    programme.save(update_fields=["open_link_key"])
    record(by=by, verb="programmes.link.renewed", target=programme, now=now)
    return programme


def _locked(programme: Programme) -> Programme:
    return Programme.objects.select_for_update().get(pk=programme.pk)


def _check_may_change(programme: Programme) -> None:
    if not settings_may_change(programme.state):
        raise Refused(
            _("This programme is archived. Duplicate it to begin again."), code="archived"
        )
