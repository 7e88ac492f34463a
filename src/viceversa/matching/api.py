"""Rounds, proposals and asks for programs. The same actions and queries as the pages."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from viceversa.matching.actions import answer, publishing
from viceversa.matching.actions import round as actions
from viceversa.matching.actions import wish as wishes
from viceversa.matching.models import Ask, Proposal, Round
from viceversa.matching.queries.ask import ask_for, asks_for
from viceversa.matching.queries.round import (
    enrolment_in,
    proof_of,
    proposals_of,
    round_for,
    rounds_of,
    with_people,
)
from viceversa.programmes.queries import coordinated_programme_for, programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.cursor import cursor_page
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of

router = Router(tags=["matching"])

WISHES = {"pin": wishes.pin_pair, "forbid": wishes.forbid_pair, "release": wishes.release_pair}


class PersonOut(Schema):
    key: str
    name: str
    external_id: str


class RoundOut(Schema):
    number: int
    state: str
    gathered_at: datetime
    solved_at: datetime | None
    published_at: datetime | None
    progress_label: str
    progress_done: int
    failure: str
    settings: dict[str, Any]
    summary: dict[str, Any]


class RoundsOut(Schema):
    items: list[RoundOut]
    next: str | None


class ProposalOut(Schema):
    """Scores and parts run from 0 to 10,000."""

    learner: PersonOut
    adviser: PersonOut
    learner_enrolment: str
    adviser_enrolment: str
    score: int
    parts: dict[str, int]
    reason: str
    is_pinned: bool

    @staticmethod
    def resolve_learner(row: Proposal) -> Any:
        return row.learner.person

    @staticmethod
    def resolve_adviser(row: Proposal) -> Any:
        return row.adviser.person

    @staticmethod
    def resolve_learner_enrolment(row: Proposal) -> str:
        return row.learner.key

    @staticmethod
    def resolve_adviser_enrolment(row: Proposal) -> str:
        return row.adviser.key


class ProposalsOut(Schema):
    items: list[ProposalOut]
    next: str | None


class WishIn(Schema):
    """Keys of the two enrolments; `kind` is pin, forbid or release."""

    kind: str
    learner: str
    adviser: str


class PublishedOut(Schema):
    partnerships: int


class AskOut(Schema):
    """An ask to you, as an adviser."""

    key: str
    state: str
    learner: PersonOut
    goals: str
    career_direction: str
    sent_at: datetime | None
    expires_at: datetime | None

    @staticmethod
    def resolve_learner(row: Ask) -> Any:
        return row.learner.person


class AsksOut(Schema):
    items: list[AskOut]
    next: str | None


@router.get("/programmes/{slug}/rounds", response=RoundsOut)
def list_rounds(
    request: HttpRequest, slug: str, after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """The rounds of a programme you coordinate, oldest first."""
    programme = coordinated_programme_for(actor_of(request), slug)
    return cursor_page(rounds_of(programme), after=after, limit=limit)


@router.post("/programmes/{slug}/rounds", response={201: RoundOut})
def gather_round(request: HttpRequest, slug: str) -> tuple[int, Round]:
    """Gather a new round; solving begins at once. Look at its state until it is ready."""
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    return 201, actions.gather_round(programme=programme, by=actor, now=clock.now())


@router.get("/programmes/{slug}/rounds/{number}", response=RoundOut)
def read_round(request: HttpRequest, slug: str, number: int) -> Round:
    """One round: its state, progress and figures."""
    return _round(request, slug, number)


@router.post("/programmes/{slug}/rounds/{number}/gather", response=RoundOut)
def gather_again(request: HttpRequest, slug: str, number: int) -> Round:
    """Take the people as they are now and solve again."""
    round_ = _round(request, slug, number)
    return actions.gather_again(round_=round_, by=actor_of(request), now=clock.now())


@router.post("/programmes/{slug}/rounds/{number}/solve", response=RoundOut)
def solve_again(request: HttpRequest, slug: str, number: int) -> Round:
    """Solve again with the pins and forbidden pairs as they stand."""
    round_ = _round(request, slug, number)
    return actions.solve_again(round_=round_, by=actor_of(request), now=clock.now())


@router.get("/programmes/{slug}/rounds/{number}/proposals", response=ProposalsOut)
def list_proposals(
    request: HttpRequest, slug: str, number: int, after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """The proposed pairs of a solved round."""
    found = with_people(proposals_of(_round(request, slug, number)))
    return cursor_page(found, after=after, limit=limit)


@router.get("/programmes/{slug}/rounds/{number}/certificate", response=dict[str, Any])
def read_certificate(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """The proof that no arrangement is better, with the numbers it speaks about."""
    return proof_of(_round(request, slug, number))


@router.post("/programmes/{slug}/rounds/{number}/wishes", response={204: None})
def wish(request: HttpRequest, slug: str, number: int, body: WishIn) -> tuple[int, None]:
    """Pin, forbid or release one pair; it takes effect with the next solve."""
    round_ = _round(request, slug, number)
    if body.kind not in WISHES:
        raise Refused("`kind` is pin, forbid or release.", code="kind")
    WISHES[body.kind](
        round_=round_,
        learner=enrolment_in(round_, body.learner, "learner"),
        adviser=enrolment_in(round_, body.adviser, "adviser"),
        by=actor_of(request),
        now=clock.now(),
    )
    return 204, None


@router.post("/programmes/{slug}/rounds/{number}/publish", response=PublishedOut)
def publish_round(request: HttpRequest, slug: str, number: int) -> dict[str, int]:
    """Make the partnerships and tell everybody. Refused when people changed since."""
    round_ = _round(request, slug, number)
    made = publishing.publish_round(round_=round_, by=actor_of(request), now=clock.now())
    return {"partnerships": made}


@router.post("/programmes/{slug}/rounds/{number}/undo", response=PublishedOut)
def undo_round(request: HttpRequest, slug: str, number: int) -> dict[str, int]:
    """Take a published round back, until the first person has answered."""
    round_ = _round(request, slug, number)
    taken = publishing.undo_round(round_=round_, by=actor_of(request), now=clock.now())
    return {"partnerships": taken}


@router.get("/programmes/{slug}/asks", response=AsksOut)
def list_asks(
    request: HttpRequest, slug: str, after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """Asks to you, as an adviser, that were sent."""
    actor = actor_of(request)
    programme = programme_for(actor, slug)
    return cursor_page(asks_for(actor, programme), after=after, limit=limit)


@router.post("/programmes/{slug}/asks/{key}/accept", response={204: None})
def accept_ask(request: HttpRequest, slug: str, key: str) -> tuple[int, None]:
    """Say yes: you are partners at once."""
    actor = actor_of(request)
    ask = ask_for(actor, programme_for(actor, slug), key)
    answer.accept_ask(ask=ask, by=actor, now=clock.now())
    return 204, None


@router.post("/programmes/{slug}/asks/{key}/decline", response={204: None})
def decline_ask(request: HttpRequest, slug: str, key: str) -> tuple[int, None]:
    """Say no, in private. The learner's next choice is asked."""
    actor = actor_of(request)
    ask = ask_for(actor, programme_for(actor, slug), key)
    answer.decline_ask(ask=ask, by=actor, now=clock.now())
    return 204, None


def _round(request: HttpRequest, slug: str, number: int) -> Round:
    return round_for(coordinated_programme_for(actor_of(request), slug), number)
