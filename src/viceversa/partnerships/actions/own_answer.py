"""What one says about oneself: sealed for its author alone, counted only as far as they let it."""

import json
from datetime import datetime
from typing import Any

from viceversa.partnerships.models import OwnAnswer
from viceversa.partnerships.queries.seat import Seat
from viceversa.toolkit.actor import Actor
from viceversa.vault.actions import own_ring
from viceversa.vault.queries import keyring
from viceversa.vault.rules.envelope import Place


def keep_answer(
    model: type[OwnAnswer],
    about: dict[str, Any],
    *,
    seat: Seat,
    moment: str,
    step: int,
    band: str,
    place: Place,
    by: Actor,
    now: datetime,
) -> OwnAnswer:
    """In the place of an earlier one. Without a `band` nothing about the same is counted."""
    ring = own_ring(seat.me, now=now)
    sealed = keyring(by, [ring]).seal(ring, place, json.dumps({"step": step}))
    rows = model._default_manager.filter(**about, author=seat.me)
    row, _new = rows.update_or_create(
        **about,
        author=seat.me,
        moment=moment,
        defaults={"sealed": sealed, "at": now, "band": band},
    )
    if not band:
        rows.update(band="")
    return row


def moments_of(model: type[OwnAnswer], about: dict[str, Any], seat: Seat) -> set[str]:
    rows = model._default_manager.filter(**about, author=seat.me)
    return set(rows.values_list("moment", flat=True))
