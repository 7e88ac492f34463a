"""Who may do what with a half hour. The learner drives; assistants act for whom they book."""

from django.utils.translation import gettext as _

from viceversa.meetings.models import Delegate, Proposal
from viceversa.meetings.queries.booker import Booker, booker_of
from viceversa.meetings.queries.help import open_help
from viceversa.meetings.rules.booking import may_book, may_take
from viceversa.meetings.rules.help import CANCELLATIONS
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def check_is_booker(by: Actor, partnership: Partnership) -> Booker:
    booker = booker_of(by, partnership)
    if booker is None:
        raise NotAllowed(_("Only the two people of this partnership, or their assistants, can."))
    return booker


def check_can_book(by: Actor, partnership: Partnership) -> Booker:
    """The learner drives; an adviser who called off twice in a row makes it good by booking."""
    booker = check_is_booker(by, partnership)
    if not (may_book(booker.side) or is_offered_times(booker)):
        raise NotAllowed(
            _("The learner, or the learner's assistant, books and moves. You can propose a time.")
        )
    return booker


def is_offered_times(booker: Booker) -> bool:
    return open_help(booker.partnership, side=booker.side, kind=CANCELLATIONS) is not None


def check_can_take(by: Actor, partnership: Partnership, proposal: Proposal) -> Booker:
    booker = check_is_booker(by, partnership)
    if not may_take(booker.side, proposed_by=proposal.side):
        raise NotAllowed(_("The other of you takes what you proposed."))
    return booker


def check_is_one_of_two(by: Actor, partnership: Partnership) -> Booker:
    booker = check_is_booker(by, partnership)
    if booker.is_assistant:
        raise NotAllowed(_("Only the two people themselves can say this."))
    return booker


def check_can_end(by: Actor, delegate: Delegate) -> None:
    if by.person_id is None or by.person_id not in (delegate.principal_id, delegate.person_id):
        raise NotAllowed(_("Only the two concerned can end this."))
