from django.utils.translation import gettext as _

from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.queries.side import side_of
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.queries import NoKey


def can_answer(actor: Actor, partnership: Partnership) -> bool:
    return side_of(actor, partnership) is not None


def check_can_answer(actor: Actor, partnership: Partnership) -> None:
    if not can_answer(actor, partnership):
        raise NotAllowed(_("Only the two people of this partnership can answer."))


def check_is_member(actor: Actor, partnership: Partnership) -> str:
    """Returns the side: learner or adviser."""
    side = side_of(actor, partnership)
    if side is None:
        raise NotAllowed(_("Only the two people of this partnership can do this."))
    return side


def check_is_learner(actor: Actor, partnership: Partnership) -> None:
    if side_of(actor, partnership) != "learner":
        raise NotAllowed(_("Only the learner of this partnership can do this."))


def check_is_adviser(actor: Actor, partnership: Partnership) -> None:
    if side_of(actor, partnership) != "adviser":
        raise NotAllowed(_("Only the adviser of this partnership can do this."))


def check_is_one_of(actor: Actor, *enrolments: Enrolment) -> None:
    people = {enrolment.person_id for enrolment in enrolments}
    if actor.person_id is None or actor.person_id not in people:
        raise NotAllowed(_("Only the people concerned can agree on this."))


def check_holds_key(seat: Seat) -> None:
    """A row that says so is not enough: nobody takes part without the key."""
    if seat.partnership.erased_at is not None:
        raise Refused(_("What you two wrote has been destroyed."), code="erased")
    if not seat.can_open:
        raise NoKey(_("This is sealed with a key that you do not hold."), code="no_key")
