"""The agreement for programs: what is missing, the terms in every version, and a signature."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from viceversa.partnerships.actions.signing import sign_agreement
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.queries import partnership_for
from viceversa.partnerships.queries.agreement import facts_of, terms_of, version_for, versions_of
from viceversa.partnerships.queries.agreement_page import current_of
from viceversa.partnerships.queries.seat import seat_for
from viceversa.partnerships.rules import agreement as agreement_rules
from viceversa.partnerships.rules.terms import Terms
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of

router = Router()
MOST_VERSIONS = 200


class MissingOut(Schema):
    what: str
    whose: str


class AgreementStateOut(Schema):
    """Who has done what so far; nothing that anybody wrote."""

    stage: str
    draft: int | None
    signed: int | None
    draft_signed_by: list[str]
    missing: list[MissingOut]
    turn_of: list[str]


class AgreementOut(AgreementStateOut):
    draft_terms: dict[str, Any] | None
    signed_terms: dict[str, Any] | None
    is_closed_to_you: bool


class VersionOut(Schema):
    version: int
    state: str
    learner_signed_at: datetime | None
    adviser_signed_at: datetime | None
    created_at: datetime


class OpenedVersionOut(VersionOut):
    terms: dict[str, Any]


class SignatureIn(Schema):
    version: int = Field(ge=1, le=10_000_000)
    commits: bool = False


def state_of(partnership: Partnership) -> dict[str, Any]:
    facts = facts_of(partnership)
    return {
        "stage": agreement_rules.stage(facts),
        "draft": facts.draft,
        "signed": facts.signed,
        "draft_signed_by": sorted(facts.draft_signed),
        "missing": [asdict(one) for one in agreement_rules.missing(facts)],
        "turn_of": sorted(agreement_rules.turn_of(facts)),
    }


@router.get("/partnerships/{key}/agreement/state", response=AgreementStateOut)
def read_agreement_state(request: HttpRequest, key: str) -> dict[str, Any]:
    """What is missing before the first meeting and whose turn it is, for the two and for
    coordinators."""
    return state_of(partnership_for(actor_of(request), key))


@router.get("/partnerships/{key}/agreement", response=AgreementOut)
def read_agreement(request: HttpRequest, key: str) -> dict[str, Any]:
    """The terms in force and the draft, for the two people only."""
    seat = seat_for(actor_of(request), key)
    draft, signed = current_of(seat)
    return {
        **state_of(seat.partnership),
        "draft_terms": _terms_out(draft),
        "signed_terms": _terms_out(signed),
        "is_closed_to_you": seat.partnership.ring is not None and not seat.can_open,
    }


def _terms_out(terms: Terms | None) -> dict[str, Any] | None:
    return asdict(terms) if terms else None


@router.get("/partnerships/{key}/agreement/versions", response=list[VersionOut])
def list_versions(request: HttpRequest, key: str) -> list[Agreement]:
    """Every version there was, the newest first, for the two people only."""
    return list(versions_of(seat_for(actor_of(request), key).partnership)[:MOST_VERSIONS])


@router.get("/partnerships/{key}/agreement/versions/{number}", response=OpenedVersionOut)
def read_version(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """One version as it was, for the two people only."""
    seat = seat_for(actor_of(request), key)
    agreement = version_for(seat, number)
    facts = {name: getattr(agreement, name) for name in VersionOut.model_fields}
    return {**facts, "terms": asdict(terms_of(seat, agreement))}


@router.post("/partnerships/{key}/agreement/sign", response=AgreementStateOut)
def sign(request: HttpRequest, key: str, signature: SignatureIn) -> dict[str, Any]:
    """Sign exactly this version. The learner also commits to their own progress."""
    actor = actor_of(request)
    seat = seat_for(actor, key)
    sign_agreement(
        partnership=seat.partnership,
        version=signature.version,
        commits=signature.commits,
        by=actor,
        now=clock.now(),
    )
    return state_of(seat.partnership)
