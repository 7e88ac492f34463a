"""What each side wanted, gave and learned, side by side."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from viceversa.partnerships.models import LedgerEntry
from viceversa.partnerships.queries.opening import Words, words
from viceversa.partnerships.queries.seat import Seat
from viceversa.toolkit.errors import NotFound
from viceversa.vault.rules.envelope import SEALED, Place

MOST_SHOWN = 200


@dataclass(frozen=True)
class LedgerRow:
    entry: LedgerEntry
    words: Words
    is_mine: bool


def place_of_entry(key: str, author_id: int) -> Place:
    return Place(SEALED, "partnerships.LedgerEntry.sealed", key, author_id)


def opened_ledger(seat: Seat) -> dict[str, dict[str, list[LedgerRow]]]:
    """Side → kind → entries, oldest first."""
    ledger: dict[str, dict[str, list[LedgerRow]]] = {
        side: {kind: [] for kind in LedgerEntry.Kind.values} for side in ("learner", "adviser")
    }
    newest = LedgerEntry.objects.filter(partnership=seat.partnership).order_by("-id")
    for entry in reversed(newest[:MOST_SHOWN]):
        opened = words(seat, place_of_entry(entry.key, entry.author_id), entry.sealed)
        row = LedgerRow(entry, opened, is_mine=entry.author_id == seat.me.pk)
        ledger[entry.side][entry.kind].append(row)
    return ledger


def entry_for(seat: Seat, key: str) -> LedgerEntry:
    entry = LedgerEntry.objects.filter(partnership=seat.partnership, key=key).first()
    if entry is None:
        raise NotFound(_("There is no such entry, or it is not yours to see."))
    return entry
