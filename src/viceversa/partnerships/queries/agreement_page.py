"""What the page of the agreement shows to one of the two, in a constant number of queries."""

from dataclasses import dataclass, field
from typing import Any

from viceversa.partnerships.models import Agreement, AgreementPart
from viceversa.partnerships.queries.agreement import (
    answers_of,
    draft_of,
    facts_from,
    in_force,
    signed_terms,
    terms_of,
    versions_of,
)
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import agreement as rules
from viceversa.partnerships.rules.terms import Terms

MOST_VERSIONS = 30


@dataclass(frozen=True)
class Overview:
    """`versions` are those no longer current, newest first, with nothing opened."""

    seat: Seat
    facts: rules.Facts
    stage: str
    parts: dict[str, AgreementPart]
    mine: dict[str, Any]
    theirs: dict[str, Any]
    draft: Agreement | None = None
    signed: Agreement | None = None
    draft_terms: Terms | None = None
    signed_terms: Terms | None = None
    versions: list[Agreement] = field(default_factory=list)

    @property
    def current(self) -> Agreement | None:
        return self.draft or self.signed

    @property
    def current_terms(self) -> Terms | None:
        return self.draft_terms or self.signed_terms

    @property
    def is_my_turn(self) -> bool:
        return self.seat.side in rules.turn_of(self.facts)

    @property
    def i_signed(self) -> bool:
        return self.seat.side in self.facts.draft_signed

    @property
    def i_handed_in(self) -> bool:
        return self.seat.side in self.facts.handed_in


def overview_of(seat: Seat) -> Overview:
    partnership = seat.partnership
    rows = AgreementPart.objects.filter(partnership=partnership).select_related("partnership")
    parts = {part.side: part for part in rows}
    versions = list(versions_of(partnership)[:MOST_VERSIONS])
    facts = facts_from(parts.values(), versions)
    by_state = {version.state: version for version in versions}
    draft = by_state.get(Agreement.State.DRAFT)
    signed = by_state.get(Agreement.State.SIGNED)
    return Overview(
        seat=seat,
        facts=facts,
        stage=rules.stage(facts),
        parts=parts,
        mine=answers_of(seat, parts.get(seat.side)),
        theirs=_theirs(seat, parts, facts),
        draft=draft,
        signed=signed,
        draft_terms=terms_of(seat, draft) if draft else None,
        signed_terms=in_force(seat, signed) if signed else None,
        versions=[version for version in versions if version not in (draft, signed)],
    )


def current_of(seat: Seat) -> tuple[Terms | None, Terms | None]:
    """The draft and what is signed, opened; nothing for whoever holds no key."""
    if not seat.can_open:
        return None, None
    draft = draft_of(seat.partnership)
    return (terms_of(seat, draft) if draft else None), signed_terms(seat)


def _theirs(seat: Seat, parts: dict[str, AgreementPart], facts: rules.Facts) -> dict[str, Any]:
    """Side by side: nobody reads the other's answers before handing in their own."""
    if facts.handed_in != frozenset(rules.SIDES):
        return {}
    other = next(side for side in rules.SIDES if side != seat.side)
    return answers_of(seat, parts.get(other))
