"""Names put forward: for what, as the two read it; how many, as those who run the programme do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from viceversa.partnerships.models import Forward, Partnership
from viceversa.partnerships.queries.opening import Words, words
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import forward as rules
from viceversa.partnerships.rules.counts import Span, may_show, span_of
from viceversa.programmes.models import Programme
from viceversa.toolkit.errors import NotFound
from viceversa.vault.rules.envelope import SEALED, Place

MOST_SHOWN = 50


def place_of_forward(key: str, author_id: int) -> Place:
    return Place(SEALED, "partnerships.Forward.sealed", key, author_id)


@dataclass(frozen=True)
class ForwardRow:
    forward: Forward
    words: Words

    @property
    def may_agree(self) -> bool:
        return rules.may_agree(self.forward.state)

    @property
    def may_decline(self) -> bool:
        return rules.may_decline(self.forward.state)

    @property
    def may_put_forward(self) -> bool:
        return rules.may_put_forward(self.forward.state)

    @property
    def may_take_back(self) -> bool:
        return rules.may_take_back(self.forward.state)


def opened_forwards(seat: Seat) -> list[ForwardRow]:
    """Newest first."""
    rows = Forward.objects.filter(partnership=seat.partnership)[:MOST_SHOWN]
    return [ForwardRow(row, words_of(seat, row)) for row in rows]


def words_of(seat: Seat, row: Forward) -> Words:
    return words(seat, place_of_forward(row.key, row.author_id), row.sealed)


def forward_for(seat: Seat, key: str) -> Forward:
    found = Forward.objects.filter(partnership=seat.partnership, key=key).first()
    if found is None:
        raise NotFound(_("There is no such entry, or it is not yours to see."))
    return found


def put_forward_in(programme: Programme) -> Span | None:
    """How many advisers had their name put forward; None where fewer than five advise."""
    agreed = Partnership.objects.filter(programme=programme, started_at__isnull=False)
    people = agreed.values("adviser__person").distinct().count()
    if not may_show(people):
        return None
    done = Forward.objects.filter(partnership__programme=programme, state=Forward.State.DONE)
    return span_of(done.values("partnership__adviser__person").distinct().count())
