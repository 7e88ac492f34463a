"""How many places are left, counted while the programme's row is held."""

from dataclasses import dataclass

from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.rules.enrolment import HOLDS_A_PLACE
from viceversa.programmes.rules.waiting import free_places

State = Enrolment.State


@dataclass
class Places:
    """`free` is None without a limit."""

    free: int | None

    def take(self, state: str) -> str:
        """The state that can be given: waiting when a place is asked for and none is left."""
        if state not in HOLDS_A_PLACE or self.free is None:
            return state
        if self.free == 0:
            return str(State.WAITING)
        self.free -= 1
        return state


def locked_places(programme: Programme) -> tuple[Programme, Places]:
    """Two people who ask for the last place are answered one after the other."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.places_limit is None:
        return programme, Places(None)
    taken = Enrolment.objects.filter(programme=programme, state__in=HOLDS_A_PLACE).count()
    return programme, Places(free_places(limit=programme.places_limit, taken=taken))
