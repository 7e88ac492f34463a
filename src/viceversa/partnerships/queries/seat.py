"""One of the two at their partnership: which side, who the partner is, and the keys they hold."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries import partnerships_of
from viceversa.partnerships.queries.side import side_of
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.vault.models import Ring
from viceversa.vault.queries import Keyring, NoKey, keyring, own_ring_of


@dataclass(frozen=True)
class Seat:
    partnership: Partnership
    side: str
    me: Person
    partner: Person
    keys: Keyring
    own_ring: Ring | None = None

    @property
    def is_learner(self) -> bool:
        return self.side == "learner"

    @property
    def can_open(self) -> bool:
        return self.keys.can_open(self.partnership.ring)

    @property
    def ring(self) -> Ring:
        """Raises NoKey for a partnership that has none yet."""
        if self.partnership.ring is None:
            raise NoKey(_("Nothing can be sealed here before both of you said yes."))
        return self.partnership.ring


def seat_for(actor: Actor, key: str) -> Seat:
    """For the two people only: to everybody else there is nothing here. The keyring holds the
    partnership's ring and one's own."""
    partnership = partnerships_of(actor).select_related("ring").filter(key=key).first()
    if partnership is None:
        raise NotFound(_("There is no such partnership, or it is not yours to see."))
    return seat_at(actor, partnership)


def seat_at(actor: Actor, partnership: Partnership) -> Seat:
    side = side_of(actor, partnership)
    if side is None:
        raise NotFound(_("There is no such partnership, or it is not yours to see."))
    learner, adviser = partnership.learner.person, partnership.adviser.person
    me, partner = (learner, adviser) if side == "learner" else (adviser, learner)
    own = own_ring_of(actor)
    rings = [ring for ring in (partnership.ring, own) if ring is not None]
    return Seat(partnership, side, me, partner, keyring(actor, rings), own)
