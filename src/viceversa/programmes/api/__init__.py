"""Programmes and enrolments for programs: the same queries and actions as the pages."""

from collections.abc import Iterable, Sequence, Set
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from viceversa.people.models import Person, Skill
from viceversa.programmes.actions import (
    EnrolmentRow,
    Part,
    create_programme,
    enrol_eligible,
    enrol_many,
    move_programme,
    save_part,
)
from viceversa.programmes.api.schemas import (
    AddedOut,
    EligibleIn,
    EnrolmentIn,
    EnrolmentsIn,
    EnrolmentsOut,
    PartIn,
    PartOut,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammesOut,
    StateIn,
    TopicIn,
    WantIn,
)
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.queries import (
    coordinated_programme_for,
    enrolment_of,
    enrolments_for_program,
    programme_for,
    visible_programmes,
)
from viceversa.toolkit import clock
from viceversa.toolkit.cursor import cursor_page
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.toolkit.http import actor_of

router = Router(tags=["programmes"])
CHUNK = 900


@router.get("/programmes", response=ProgrammesOut)
def list_programmes(
    request: HttpRequest, state: str = "", after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """Those you coordinate, sponsor or take part in."""
    found = visible_programmes(actor_of(request))
    if state:
        found = found.filter(state=state)
    return cursor_page(found, after=after, limit=limit)


@router.post("/programmes", response={201: ProgrammeOut})
def begin_programme(request: HttpRequest, body: ProgrammeIn) -> Status[Programme]:
    """A draft from one of the six templates."""
    programme = create_programme(
        template_key=body.template, name=body.name, by=actor_of(request), now=clock.now()
    )
    return Status(201, programme)


@router.get("/programmes/{slug}", response=ProgrammeOut)
def read_programme(request: HttpRequest, slug: str) -> Programme:
    """One programme."""
    return programme_for(actor_of(request), slug)


@router.post("/programmes/{slug}/state", response=ProgrammeOut)
def set_state(request: HttpRequest, slug: str, body: StateIn) -> Programme:
    """Move a programme on: enrolling, matching, running, closing or archived."""
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    return move_programme(programme=programme, to=body.state, by=actor, now=clock.now())


@router.get("/programmes/{slug}/enrolments", response=EnrolmentsOut)
def list_enrolments(
    request: HttpRequest,
    slug: str,
    state: str = "",
    role: str = "",
    after: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Who takes part, for coordinators: names, roles and states, never content."""
    found = enrolments_for_program(coordinated_programme_for(actor_of(request), slug))
    if state:
        found = found.filter(state=state)
    if role in ("learner", "adviser"):
        found = found.filter(**{f"is_{role}": True})
    return cursor_page(found, after=after, limit=limit)


@router.post("/programmes/{slug}/enrolments", response=AddedOut)
def add_enrolments(request: HttpRequest, slug: str, body: EnrolmentsIn) -> dict[str, Any]:
    """Invite or enrol up to 5,000 people; unknown ones come back by their external id."""
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    people = _people(row.person for row in body.rows)
    wants = (want.skill for row in body.rows for want in row.wants or [])
    offers = (offer.skill for row in body.rows for offer in row.offers or [])
    skills = _skills({*wants, *offers})
    rows = [
        _row(row, people[row.person], skills, aim=programme.target_mastery)
        for row in body.rows
        if row.person in people
    ]
    added = enrol_many(programme=programme, rows=rows, by=actor, now=clock.now())
    return {
        "enrolled": added.enrolled,
        "invited": added.invited,
        "waiting": added.waiting,
        "already": added.already,
        "gone": added.gone,
        "unknown": [
            {"person": row.person, "sentence": _("is nobody in the directory")}
            for row in body.rows
            if row.person not in people
        ],
    }


@router.post("/programmes/{slug}/enrolments/eligible", response={200: AddedOut, 202: None})
def add_eligible(request: HttpRequest, slug: str, body: EligibleIn) -> Status[Any]:
    """Invite or enrol everyone who fits. 202: so many that a job does it."""
    actor, now = actor_of(request), clock.now()
    added = enrol_eligible(
        programme=coordinated_programme_for(actor, slug),
        role=body.role,
        state=body.state,
        by=actor,
        now=now,
        today=now.date(),
    )
    if added is None:
        return Status(202, None)
    counts = {"enrolled": added.enrolled, "invited": added.invited, "waiting": added.waiting}
    return Status(200, {**counts, "already": added.already, "gone": added.gone, "unknown": []})


@router.get("/programmes/{slug}/my-part", response=PartOut)
def read_my_part(request: HttpRequest, slug: str) -> Enrolment:
    """Your own part."""
    return _own(request, slug)


@router.put("/programmes/{slug}/my-part", response=PartOut)
def write_my_part(request: HttpRequest, slug: str, body: PartIn) -> Enrolment:
    """Save your own part; this also confirms it."""
    enrolment = _own(request, slug)
    values = body.dict(exclude={"wants", "offers"})
    skills = _skills({*(want.skill for want in body.wants), *(o.skill for o in body.offers)})
    wants = _wants(body.wants, skills, aim=enrolment.programme.target_mastery)
    part = Part(**values, wants=wants, offers=_offers(body.offers, skills))
    save_part(enrolment=enrolment, part=part, by=actor_of(request), now=clock.now())
    return _own(request, slug)


def _own(request: HttpRequest, slug: str) -> Enrolment:
    actor = actor_of(request)
    enrolment = enrolment_of(actor, programme_for(actor, slug))
    if enrolment is None:
        raise NotFound(_("You do not take part in this programme."))
    return enrolment


def _people(external_ids: Iterable[str]) -> dict[str, int]:
    ids = list(external_ids)
    found: dict[str, int] = {}
    for start in range(0, len(ids), CHUNK):
        people = Person.objects.filter(external_id__in=ids[start : start + CHUNK])
        found.update(people.values_list("external_id", "pk"))
    return found


def _skills(slugs: Set[str]) -> dict[str, int]:
    """Slug → id; an unknown slug is refused by name."""
    skills = Skill.objects.in_bulk(sorted(slugs), field_name="slug")
    found = {slug: skill.pk for slug, skill in skills.items()}
    unknown = sorted(slugs - set(found))
    if unknown:
        raise Refused(_("There is no skill “%(slug)s”.") % {"slug": unknown[0]}, code="skill")
    return found


def _wants(wants: Sequence[WantIn], skills: dict[str, int], *, aim: int) -> list[tuple[int, int]]:
    return [(skills[want.skill], want.level or aim) for want in wants]


def _offers(offers: Sequence[TopicIn], skills: dict[str, int]) -> list[tuple[int, int]]:
    return [(skills[offer.skill], offer.level) for offer in offers]


def _row(row: EnrolmentIn, person_id: int, skills: dict[str, int], *, aim: int) -> EnrolmentRow:
    wants = None if row.wants is None else _wants(row.wants, skills, aim=aim)
    return EnrolmentRow(
        person_id=person_id,
        is_learner="learner" in row.roles,
        is_adviser="adviser" in row.roles,
        state=row.state,
        demand=row.demand,
        capacity=row.capacity,
        wants=None
        if wants is None
        else [(skill, target, place) for place, (skill, target) in enumerate(wants, start=1)],
        offers=None if row.offers is None else _offers(row.offers, skills),
    )
