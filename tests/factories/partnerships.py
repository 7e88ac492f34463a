from datetime import UTC, datetime
from typing import Any

from tests.factories.programmes import make_enrolment, make_programme
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules.lifecycle import LIVE, OVER
from viceversa.programmes.models import Enrolment, Programme
from viceversa.vault.actions import make_ring

MADE_AT = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)


def make_partnership(
    programme: Programme | None = None,
    *,
    learner: Enrolment | None = None,
    adviser: Enrolment | None = None,
    **fields: Any,
) -> Partnership:
    """Proposed; with `state="active"` or another that is lived in, both have said yes and share a
    key."""
    programme = programme or make_programme()
    learner = learner or make_enrolment(programme, learner=True)
    adviser = adviser or make_enrolment(programme, adviser=True)
    made_at = fields.pop("created_at", MADE_AT)
    if fields.get("state") in LIVE | {"completed"}:
        fields.setdefault("learner_accepted_at", made_at)
        fields.setdefault("adviser_accepted_at", made_at)
        fields.setdefault("ring", make_ring([learner.person, adviser.person], now=made_at))
    if fields.get("state") in OVER:
        fields.setdefault("ended_at", made_at)
    return Partnership.objects.create(
        programme=programme, learner=learner, adviser=adviser, created_at=made_at, **fields
    )
