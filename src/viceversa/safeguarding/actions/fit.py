"""After the first half hour: it was looked at. And whom one never wants to be matched with."""

from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_is_member
from viceversa.people.actions.apart import end_wish, wish_apart
from viceversa.safeguarding.models import FitLooked
from viceversa.toolkit.actor import Actor

__all__ = ["end_wish", "look_at_fit", "wish_apart"]


def look_at_fit(*, partnership: Partnership, by: Actor) -> None:
    """What the person thinks is not taken down, so nobody can ask for it, nor find it."""
    check_is_member(by, partnership)
    FitLooked.objects.get_or_create(partnership=partnership, person_id=by.person_id or 0)
