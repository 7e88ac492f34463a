"""Topic packs, the library and training for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from viceversa.learning.actions.training import set_demands
from viceversa.learning.models import Pack, Plan, Resource
from viceversa.learning.permissions import can_keep
from viceversa.learning.queries.library import Wanted, resource_for, resources
from viceversa.learning.queries.packs import pack_for, packs
from viceversa.learning.queries.training import completed_by, demanded_in, demanded_of
from viceversa.learning.rules.modules import modules
from viceversa.programmes.queries import coordinated_programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.cursor import cursor_page
from viceversa.toolkit.http import actor_of, as_typed

router = Router(tags=["learning"])


class TextQuery(Schema):
    q: str = ""
    kind: str = ""
    after: str | None = None
    limit: int = 50


class TextOut(Schema):
    key: str
    title: str
    language: str
    topics: list[str]
    sources: str
    interests: str
    reviewed_on: date | None
    review_by: date

    @staticmethod
    def resolve_topics(row: Pack | Resource) -> list[str]:
        return [topic.slug for topic in row.topics.all()]


class ResourceOut(TextOut):
    kind: str
    words: str
    address: str
    ask: str


class ResourcesOut(Schema):
    items: list[ResourceOut]
    next: str | None


class StepOut(Schema):
    minutes: int
    what: str


class PlanOut(Schema):
    level: int
    steps: list[StepOut]
    task: str

    @staticmethod
    def resolve_steps(row: Plan) -> list[StepOut]:
        return [StepOut(minutes=step.minutes, what=step.what) for step in row.parts]


class PackOut(TextOut):
    facet: str
    state: str
    is_risky: bool
    summary: str
    guard: str
    ideas: list[str]
    plans: list[PlanOut]

    @staticmethod
    def resolve_plans(row: Pack) -> list[Plan]:
        return list(row.plans.all())


class PacksOut(Schema):
    items: list[PackOut]
    next: str | None


class TrainingOut(Schema):
    slug: str
    title: str
    minutes: int
    sides: list[str]
    is_finished: bool
    is_asked_for: bool


class Demands(Schema):
    modules: list[str]


@router.get("/learning/resources", response=ResourcesOut, summary="Search the library")
def list_resources(request: HttpRequest, query: Query[TextQuery]) -> dict[str, Any]:
    """`kind` is one of the five kinds of help, or `article`."""
    found = resources(Wanted(words=as_typed(query.q), kind=as_typed(query.kind)))
    return cursor_page(found, after=query.after, limit=query.limit)


@router.get("/learning/resources/{key}", response=ResourceOut, summary="Read one of the library")
def read_resource(request: HttpRequest, key: str) -> Resource:
    actor = actor_of(request)
    return resource_for(actor, key, keeps=can_keep(actor))


@router.get("/learning/packs", response=PacksOut, summary="Search topic packs")
def list_packs(request: HttpRequest, query: Query[TextQuery]) -> dict[str, Any]:
    """`kind` is a facet: trend, technology, tool or organisation."""
    actor = actor_of(request)
    words, facet = as_typed(query.q), as_typed(query.kind)
    found = packs(actor, keeps=can_keep(actor), words=words, facet=facet)
    return cursor_page(found, after=query.after, limit=query.limit)


@router.get("/learning/packs/{key}", response=PackOut, summary="Read a topic pack")
def read_pack(request: HttpRequest, key: str) -> Pack:
    actor = actor_of(request)
    return pack_for(actor, key, keeps=can_keep(actor))


@router.get("/learning/training", response=list[TrainingOut], summary="My training")
def list_training(request: HttpRequest) -> list[TrainingOut]:
    """What there is, what I have finished, and what a programme of mine asks for."""
    actor = actor_of(request)
    done, asked = completed_by(actor.person_id), demanded_of(actor)
    return [
        TrainingOut(
            slug=one.slug,
            title=one.title,
            minutes=one.minutes,
            sides=sorted(one.sides),
            is_finished=one.slug in done,
            is_asked_for=one.slug in asked,
        )
        for one in modules()
    ]


@router.get("/programmes/{slug}/training", response=Demands, summary="Training that is asked for")
def read_demands(request: HttpRequest, slug: str) -> dict[str, Any]:
    """For coordinators."""
    programme = coordinated_programme_for(actor_of(request), slug)
    return {"modules": sorted(demanded_in(programme))}


@router.put("/programmes/{slug}/training", response=Demands, summary="Ask for training")
def change_demands(request: HttpRequest, slug: str, wanted: Demands) -> dict[str, Any]:
    """Asked of pairs that sign from now on. An empty list asks for nothing."""
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    asked = set_demands(programme=programme, slugs=wanted.modules, by=actor, now=clock.now())
    return {"modules": sorted(asked)}
