"""Stores the sample organisation: plainly fictional people, in an empty installation only."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.db.models import Q

from viceversa.accounts.models import RoleGrant, User
from viceversa.history.actions import record
from viceversa.home.actions.sample_community import let_them_share
from viceversa.home.actions.sample_concern import let_them_report
from viceversa.home.actions.sample_learning import let_them_learn
from viceversa.home.actions.sample_life import let_them_live
from viceversa.home.actions.sample_programme import BATCH, MASTERY, store_programme
from viceversa.home.actions.sample_themes import let_them_speak
from viceversa.home.sample.shapes import SampleOrganisation, SamplePerson
from viceversa.home.sample.sign_ins import SAMPLE_PHRASE
from viceversa.partnerships.models import Partnership
from viceversa.people.actions import load_taxonomy
from viceversa.people.models import (
    Level,
    Offer,
    Person,
    Place,
    Profile,
    Skill,
    Unit,
    Want,
)
from viceversa.people.models.person import search_text
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

Row = TypeVar("Row", bound=models.Model)
Echo = Callable[[str], None]


@transaction.atomic
def load_sample(*, organisation: SampleOrganisation, by: Actor, now: datetime, echo: Echo) -> None:
    """Everything or nothing. Refused when the directory already holds people."""
    if Person.objects.exists():
        raise Refused("The directory already holds people; the sample is for an empty one.")
    load_taxonomy(by=by, now=now)
    people = _store_people(organisation)
    echo(f"{len(people):,} people stored")
    _store_skills(organisation.people, people)
    _store_accounts(organisation, people)
    for programme in organisation.programmes:
        stored = store_programme(programme, people=people, now=now)
        echo(f"{stored.name}: {len(programme.enrolments):,} parts")
        record(by=by, verb="home.sample_loaded", target=stored, now=now)
        if stored.state == Programme.State.RUNNING:
            echo(f"{let_them_live(stored, now=now)} partnerships lived in")
            echo(f"{let_them_speak(stored, now=now)} themes")
            let_them_share(stored, now=now)
            let_them_learn(stored, now=now)
    _let_every_pair_sign_in()
    let_them_report(make_password(SAMPLE_PHRASE), now=now)


def bulk(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    return model._default_manager.bulk_create(rows, batch_size=BATCH)


def _store_people(organisation: SampleOrganisation) -> dict[str, Person]:
    levels = {
        level.number: row
        for level, row in zip(
            organisation.levels,
            bulk(
                Level, [Level(rank=level.number, name=level.name) for level in organisation.levels]
            ),
            strict=True,
        )
    }
    units = _by_code(Unit, organisation.units)
    places = _by_code(Place, organisation.places)
    rows = bulk(
        Person,
        [
            Person(
                external_id=person.external_id,
                name=person.name,
                email=person.email,
                title=person.title,
                level=levels[person.level],
                unit=units[person.unit],
                place=places[person.place],
                time_zone=person.time_zone,
                languages=list(person.languages),
                hired_on=person.hired_on,
                search=search_text(person.name, person.title, person.external_id, person.email),
            )
            for person in organisation.people
        ],
    )
    people = {row.external_id: row for row in rows}
    for person in organisation.people:
        people[person.external_id].manager = people[person.manager] if person.manager else None
    Person.objects.bulk_update(rows, ["manager"], batch_size=BATCH)
    return people


def _by_code(model: type[Row], sources: Iterable[object]) -> dict[str, Row]:
    pairs = [(source.code, model(name=source.name)) for source in sources]  # type: ignore[attr-defined]
    rows = bulk(model, [row for _, row in pairs])
    return {code: row for (code, _), row in zip(pairs, rows, strict=True)}


def _store_skills(sources: Iterable[SamplePerson], people: dict[str, Person]) -> None:
    skills = dict(Skill.objects.values_list("slug", "pk"))
    bulk(
        Offer,
        (
            Offer(
                person=people[source.external_id],
                skill_id=skills[offer.slug],
                level=MASTERY[offer.level],
            )
            for source in sources
            for offer in source.offers
        ),
    )
    bulk(
        Want,
        (
            Want(
                person=people[source.external_id],
                skill_id=skills[want.slug],
                target=MASTERY[want.target],
                priority=want.priority,
            )
            for source in sources
            for want in source.wants
        ),
    )
    bulk(
        Profile,
        (
            Profile(
                person=people[source.external_id],
                hours_from=source.hours.start,
                hours_to=source.hours.end,
            )
            for source in sources
        ),
    )


def _store_accounts(organisation: SampleOrganisation, people: dict[str, Person]) -> None:
    by_email = {person.email: person for person in people.values()}
    password = make_password(SAMPLE_PHRASE)
    emails = {sign_in.email for sign_in in organisation.sign_ins}
    emails |= {people[grant.person].email or "" for grant in organisation.roles}
    users = bulk(
        User,
        [User(email=email, person=by_email[email], password=password) for email in sorted(emails)],
    )
    by_person = {user.person_id: user for user in users}
    bulk(
        RoleGrant,
        [
            RoleGrant(user=by_person[people[grant.person].pk], role=grant.role)
            for grant in organisation.roles
        ],
    )


def _let_every_pair_sign_in() -> None:
    """So that every state of a partnership can be seen from within."""
    pairs = Partnership.objects.order_by()
    learners, advisers = pairs.values("learner__person"), pairs.values("adviser__person")
    missing = Person.objects.filter(Q(pk__in=learners) | Q(pk__in=advisers), email__isnull=False)
    missing = missing.exclude(pk__in=User.objects.filter(person__isnull=False).values("person"))
    password = make_password(SAMPLE_PHRASE)
    bulk(User, [User(email=one.email or "", person=one, password=password) for one in missing])
