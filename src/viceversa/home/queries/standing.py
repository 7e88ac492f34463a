"""How the partnerships of a programme stand: dates, states and counts, and nothing sealed."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count

from viceversa.meetings.models import Commitment, Help, Meeting
from viceversa.meetings.rules.help import COORDINATORS
from viceversa.partnerships.models import Agreement, Goal, Partnership
from viceversa.partnerships.queries import partnerships_in
from viceversa.partnerships.queries.lifecycle import need_a_new_partner
from viceversa.partnerships.queries.turns import may_wait, turns_in
from viceversa.programmes.models import Programme


@dataclass(frozen=True)
class PartnershipFacts:
    key: str
    learner: str
    adviser: str
    state: str
    agreement: int | None
    turn: list[str]
    goals: int
    goals_reached: int
    held: int
    called_off: int
    promises_open: int
    promises_kept: int
    next_at: datetime | None
    needs: list[str]

    @property
    def names(self) -> str:
        return f"{self.learner} and {self.adviser}"

    def as_plain(self) -> dict[str, Any]:
        values = asdict(self)
        values["next_at"] = self.next_at.isoformat() if self.next_at else None
        return values


def facts_in(programme: Programme, *, now: datetime) -> list[PartnershipFacts]:
    """Newest first, in as many queries however many there are."""
    needs: dict[int, list[str]] = {}
    open_ones = Help.objects.filter(
        partnership__programme=programme, resolved_at=None, step__gte=COORDINATORS
    )
    for partnership, kind in open_ones.order_by("id").values_list("partnership", "kind"):
        needs.setdefault(partnership, []).append(kind)
    for partnership in need_a_new_partner(partnerships_in(programme)).values_list("pk", flat=True):
        needs.setdefault(partnership, []).append("new_partner")
    turns = _turns(programme, now)
    signed = Agreement.objects.filter(partnership__programme=programme, state="signed")
    versions = dict(signed.order_by().values_list("partnership", "version"))
    goals, meetings = _by_state(Goal, programme), _by_state(Meeting, programme)
    promises = _by_state(Commitment, programme)
    rows = Partnership.objects.filter(programme=programme).order_by("-id")
    return [
        PartnershipFacts(
            key=key,
            learner=learner,
            adviser=adviser,
            state=state,
            agreement=versions.get(pk),
            turn=turns.get(pk, []),
            goals=sum(goals[pk, one] for one in ("open", "reached")),
            goals_reached=goals[pk, "reached"],
            held=meetings[pk, "held"],
            called_off=meetings[pk, "cancelled"],
            promises_open=promises[pk, "open"],
            promises_kept=promises[pk, "kept"],
            next_at=next_at if next_at is not None and next_at > now else None,
            needs=needs.get(pk, []),
        )
        for pk, key, learner, adviser, state, next_at in rows.values_list(
            "pk", "key", "learner__person__name", "adviser__person__name", "state", "next_at"
        )
    ]


def _turns(programme: Programme, now: datetime) -> dict[int, list[str]]:
    """By partnership, the sides that something waits for: an answer, the agreement, the closing."""
    waiting = may_wait(now).filter(programme=programme).select_related("programme")
    found = turns_in(list(waiting), now.date())
    return {
        partnership: sorted({turn.side for turn in turns}) for partnership, turns in found.items()
    }


def _by_state(model: type[models.Model], programme: Programme) -> Counter[tuple[int, str]]:
    """(partnership, state) → how many."""
    rows = (
        model._default_manager.filter(partnership__programme=programme)
        .order_by()
        .values_list("partnership", "state")
        .annotate(number=Count("pk"))
    )
    return Counter({(partnership, state): number for partnership, state, number in rows})
