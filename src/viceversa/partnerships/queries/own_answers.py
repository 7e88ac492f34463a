"""What somebody said about themselves before and after, opened for its author alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from viceversa.partnerships.models import Confidence, OwnAnswer, Partnership
from viceversa.partnerships.queries.opening import words_with
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules.own_answers import may_say_confidence
from viceversa.vault.rules.envelope import PERSONAL, Place

Moment = OwnAnswer.Moment


@dataclass(frozen=True)
class Checks:
    """One's own answers before and after, as steps; None where there is none or it is closed.
    `leaves`: moment and band, in words, of what reports may count."""

    before: int | None = None
    after: int | None = None
    has_before: bool = False
    has_after: bool = False
    is_closed: bool = False
    leaves: tuple[tuple[str, str], ...] = ()

    @property
    def moved(self) -> int | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def had(self) -> dict[str, bool]:
        return {"has_before": self.has_before, "has_after": self.has_after}


def opened_answers(
    seat: Seat, rows: Iterable[OwnAnswer], place_of: Callable[[str], Place]
) -> Checks:
    """`rows` are one's own; `place_of` takes a moment."""
    rows = sorted(rows, key=lambda row: row.moment, reverse=True)
    found = {row.moment: _step(seat, place_of(row.moment), row) for row in rows}
    return Checks(
        before=found.get(Moment.BEFORE),
        after=found.get(Moment.AFTER),
        has_before=Moment.BEFORE in found,
        has_after=Moment.AFTER in found,
        is_closed=None in found.values(),
        leaves=tuple((row.get_moment_display(), _band(row)) for row in rows if row.band),
    )


def _step(seat: Seat, place: Place, row: OwnAnswer) -> int | None:
    step: Any = words_with(seat.keys, seat.own_ring, place, row.sealed).get("step")
    return step if isinstance(step, int) else None


def _band(row: Any) -> str:
    return str(row.get_band_display())


def place_of_confidence(partnership: Partnership, moment: str, author_id: int) -> Place:
    item = f"{partnership.key}/{moment}"
    return Place(PERSONAL, "partnerships.Confidence.sealed", item, author_id)


def confidence_of(seat: Seat) -> Checks:
    rows = Confidence.objects.filter(partnership=seat.partnership, author=seat.me)
    return opened_answers(
        seat, rows, lambda moment: place_of_confidence(seat.partnership, moment, seat.me.pk)
    )


def asks_confidence(seat: Seat) -> str:
    """Of the adviser, at which moment it is still to be said; empty for none."""
    if seat.is_learner:
        return ""
    rows = Confidence.objects.filter(partnership=seat.partnership, author=seat.me)
    said = set(rows.values_list("moment", flat=True))
    had = {"has_before": Moment.BEFORE in said, "has_after": Moment.AFTER in said}
    state = seat.partnership.state
    open_ = [moment for moment in Moment.values if may_say_confidence(state, moment, **had)]
    return next((str(moment) for moment in open_ if moment not in said), "")
