"""The agreement as the two read it, and the bare facts about it that others may know."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viceversa.partnerships.models import Agreement, AgreementPart, Partnership
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import agreement as rules
from viceversa.partnerships.rules.terms import Outcome, Permission, Terms, from_text
from viceversa.programmes.models import Programme
from viceversa.toolkit.errors import NotFound
from viceversa.vault.rules.envelope import PERSONAL, SEALED, Place

__all__ = ["Outcome", "Permission", "Terms", "signed_terms"]

State = Agreement.State


def place_of(agreement: Agreement) -> Place:
    item = f"{agreement.partnership.key}/{agreement.version}"
    return Place(SEALED, "partnerships.Agreement.sealed", item, agreement.author_id)


def place_of_part(part: AgreementPart) -> Place:
    """Its author's own until handed in, then of both."""
    tier = SEALED if part.handed_in_at else PERSONAL
    item = f"{part.partnership.key}/{part.side}"
    return Place(tier, "partnerships.AgreementPart.sealed", item, part.author_id)


def signed_terms(seat: Seat) -> Terms | None:
    """What holds now: signed by both. None before that, and for whoever holds no key to it.
    `confidentiality` is the level in force, raised by one of them or not."""
    if not seat.can_open:
        return None
    agreement = versions_of(seat.partnership).filter(state=State.SIGNED).first()
    if agreement is None:
        return None
    return in_force(seat, agreement)


def in_force(seat: Seat, agreement: Agreement) -> Terms:
    """As signed, with the level that one of them may have raised since."""
    return replace(terms_of(seat, agreement), confidentiality=agreement.level)


def terms_of(seat: Seat, agreement: Agreement) -> Terms:
    """One version, opened. Raises NoKey."""
    text = seat.keys.open(seat.ring, place_of(agreement), agreement.sealed)
    return from_text(text, version=agreement.version)


def versions_of(partnership: Partnership) -> QuerySet[Agreement]:
    """Newest first."""
    return Agreement.objects.filter(partnership=partnership).select_related("partnership")


def draft_of(partnership: Partnership) -> Agreement | None:
    return versions_of(partnership).filter(state=State.DRAFT).first()


def signed_of(partnership: Partnership) -> Agreement | None:
    return versions_of(partnership).filter(state=State.SIGNED).first()


def newest_of(partnership: Partnership) -> Agreement | None:
    return versions_of(partnership).first()


def current_terms(seat: Seat) -> Terms:
    """The draft where there is one, else what is signed."""
    draft = draft_of(seat.partnership)
    if draft is not None:
        return terms_of(seat, draft)
    signed = signed_of(seat.partnership)
    return in_force(seat, signed) if signed else Terms()


def defaults_of(programme: Programme) -> dict[str, Any]:
    """What the programme says about roles, and words that most pairs can use as they are."""
    return {
        "learner_role": programme.learner_role
        or _("Brings the questions, owns the goals and fixes the next date."),
        "adviser_role": programme.adviser_role
        or _("Prepares half an hour, shows rather than tells, and says openly what is not known."),
        "how_we_end": _(
            "Either of us may end it at any time, without a reason and without fault. On the last "
            "day we look back together."
        ),
    }


def facts_of(partnership: Partnership) -> rules.Facts:
    """Two queries, and nothing opened."""
    parts = AgreementPart.objects.filter(partnership=partnership).defer("sealed")
    versions = (
        Agreement.objects.filter(partnership=partnership, state__in=[State.DRAFT, State.SIGNED])
        .order_by()
        .defer("sealed")
    )
    return facts_from(parts, versions)


def facts_from(parts: Iterable[AgreementPart], versions: Iterable[Agreement]) -> rules.Facts:
    parts = list(parts)
    by_state = {version.state: version for version in versions}
    draft, signed = by_state.get(State.DRAFT), by_state.get(State.SIGNED)
    return rules.Facts(
        begun=frozenset(part.side for part in parts),
        handed_in=frozenset(part.side for part in parts if part.handed_in_at),
        has_replies=any(part.replied_at for part in parts),
        draft=draft.version if draft else None,
        draft_signed=frozenset(side for side in rules.SIDES if draft and draft.signed_at(side)),
        signed=signed.version if signed else None,
    )


def is_signed(partnership: Partnership) -> bool:
    return Agreement.objects.filter(partnership=partnership, state=State.SIGNED).exists()


def part_of(partnership: Partnership, side: str) -> AgreementPart | None:
    return (
        AgreementPart.objects.filter(partnership=partnership, side=side)
        .select_related("partnership")
        .first()
    )


def answers_of(seat: Seat, part: AgreementPart | None) -> dict[str, Any]:
    """Step → what was answered there. The other side's answers open once both handed in."""
    if part is None:
        return {}
    ring = seat.partnership.ring if part.handed_in_at else seat.own_ring
    if ring is None:
        return {}
    opened: dict[str, Any] = json.loads(seat.keys.open(ring, place_of_part(part), part.sealed))
    return opened


def version_for(seat: Seat, number: int) -> Agreement:
    """One version, signed or not. Raises NotFound."""
    agreement = versions_of(seat.partnership).filter(version=number).first()
    if agreement is None:
        raise NotFound(_("There is no such version of this agreement."))
    return agreement


def spells_of(partnership: Partnership) -> list[rules.Spell]:
    """Which level of confidentiality held from when on; see `rules.agreement.level_for`."""
    rows = (
        Agreement.objects.filter(partnership=partnership, state__in=[State.SIGNED, State.REPLACED])
        .order_by()
        .defer("sealed")
    )
    spells = []
    for row in rows:
        if row.in_force_at:
            spells.append(rules.Spell(row.in_force_at, row.confidentiality))
        if row.raised_at:
            spells.append(rules.Spell(row.raised_at, row.raised_to))
    return spells
