"""People and skills for programs: the same queries and actions as the pages."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from viceversa.people.actions.importing import import_file
from viceversa.people.models import Person
from viceversa.people.permissions import can_manage_directory, check_can_manage_directory
from viceversa.people.queries.directory import Filter, directory, person_for, with_offers
from viceversa.people.queries.lines import managers_above
from viceversa.people.queries.skills import find_skills, offering_counts, skills_with_aliases
from viceversa.people.rules.mapping import BadMapping, Mapping
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.cursor import cursor_page
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of

router = Router(tags=["people"])


class OfferOut(Schema):
    skill: str
    level: int


class PersonOut(Schema):
    """`external_id` and `hired_on` are given to directory administrators only."""

    key: str
    name: str
    email: str | None
    title: str
    level: str | None
    unit: str | None
    place: str | None
    time_zone: str
    languages: list[str]
    offers: list[OfferOut]
    left_on: date | None
    external_id: str | None
    hired_on: date | None


class ManagerOut(Schema):
    key: str
    name: str


class PersonDetailOut(PersonOut):
    managers: list[ManagerOut]


class PeopleOut(Schema):
    items: list[PersonOut]
    next: str | None


class PeopleQuery(Schema):
    q: str = ""
    level: str = ""
    unit: str = ""
    offers: str = ""
    state: str = "present"
    after: str | None = None
    limit: int = 50


class ProblemOut(Schema):
    row: int
    column: str
    value: str
    code: str
    sentence: str


class ImportOut(Schema):
    """`applied` is false for a dry run and whenever something was refused."""

    joined: int
    left: int
    came_back: int
    moved: int
    new_manager: int
    changed: int
    unchanged: int
    rows_read: int
    rows_filtered: int
    new_levels: list[str]
    bad_rows: list[ProblemOut]
    notes: list[ProblemOut]
    refusals: list[ProblemOut]
    applied: bool


class ExportOut(Schema):
    csv: str
    xlsx: str


class SkillOut(Schema):
    """`offering` counts the people who can teach it and stops at 100."""

    slug: str
    name: str
    group: str
    facet: str
    aliases: list[str]
    esco: str
    is_own: bool
    offering: int


@router.get("/people", response=PeopleOut, summary="List and search people")
def list_people(request: HttpRequest, query: Query[PeopleQuery]) -> dict[str, Any]:
    actor = actor_of(request)
    people = with_offers(directory(actor, _narrowed(query)))
    if query.level:
        people = people.filter(level__name__iexact=query.level)
    page = cursor_page(people, after=query.after, limit=query.limit)
    return {**page, "items": [_person(actor, person) for person in page["items"]]}


@router.post(
    "/people/import", response={200: ImportOut, 409: ImportOut}, summary="Import a staff file"
)
def import_people(
    request: HttpRequest,
    file: File[UploadedFile],
    dry_run: Form[bool] = True,
    mapping: Form[str] = "",
    confirm_leavers: Form[bool] = False,
) -> tuple[int, dict[str, Any]]:
    """Answers 409 with the refusals, and writes nothing, when the file cannot be applied."""
    actor = actor_of(request)
    check_can_manage_directory(actor)
    report = import_file(
        content=file.read(),
        filename=file.name or "",
        mapping=_mapping(mapping),
        dry_run=dry_run,
        confirm_leavers=confirm_leavers,
        by=actor,
        now=clock.now(),
    )
    return (409 if report.refusals else 200), report.as_dict()


@router.get("/people/export", response=ExportOut, summary="Where the directory can be fetched")
def export_people(request: HttpRequest) -> dict[str, str]:
    check_can_manage_directory(actor_of(request))
    return {
        "csv": request.build_absolute_uri(reverse("people:export_csv")),
        "xlsx": request.build_absolute_uri(reverse("people:export_xlsx")),
    }


@router.get("/people/{key}", response=PersonDetailOut, summary="One person")
def get_person(request: HttpRequest, key: str) -> dict[str, Any]:
    actor = actor_of(request)
    person = person_for(actor, key)
    managers = [{"key": one.key, "name": one.name} for one in managers_above(person)]
    return {**_person(actor, person), "managers": managers}


@router.get("/skills", response=list[SkillOut], summary="All skills")
def list_skills(request: HttpRequest) -> list[dict[str, Any]]:
    counts = offering_counts()
    return [
        {
            "slug": skill.slug,
            "name": skill.name,
            "group": skill.group,
            "facet": skill.facet,
            "aliases": [alias.text for alias in skill.aliases.all() if alias.text != skill.name],
            "esco": skill.esco,
            "is_own": skill.is_own,
            "offering": counts[skill.pk],
        }
        for skill in skills_with_aliases()
    ]


def _narrowed(query: PeopleQuery) -> Filter:
    skill_ids, unknown = find_skills(query.offers)
    if unknown:
        raise Refused(_("No skill is called “%(text)s”.") % {"text": unknown}, code="skill")
    state = query.state if query.state in ("present", "left", "all") else "present"
    return Filter(words=query.q, unit=query.unit, skill_ids=skill_ids, state=state)


def _mapping(text: str) -> Mapping | None:
    try:
        return Mapping.from_text(text) if text.strip() else None
    except BadMapping as error:
        raise Refused(error.sentence, code="mapping") from error


def _person(actor: Actor, person: Person) -> dict[str, Any]:
    manages = can_manage_directory(actor)
    plain = ("key", "name", "email", "title", "time_zone", "languages", "left_on")
    offers = sorted(person.offers.all(), key=lambda offer: -offer.level)
    return {
        **{name: getattr(person, name) for name in plain},
        "level": person.level.name if person.level else None,
        "unit": person.unit.name if person.unit else None,
        "place": person.place.name if person.place else None,
        "offers": [{"skill": offer.skill.slug, "level": offer.level} for offer in offers],
        "external_id": person.external_id if manages else None,
        "hired_on": person.hired_on if manages else None,
    }
