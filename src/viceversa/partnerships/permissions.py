from viceversa.partnerships.models import Partnership
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def side_of(actor: Actor, partnership: Partnership) -> str | None:
    if actor.person_id is None:
        return None
    if partnership.learner.person_id == actor.person_id:
        return "learner"
    if partnership.adviser.person_id == actor.person_id:
        return "adviser"
    return None


def can_answer(actor: Actor, partnership: Partnership) -> bool:
    return side_of(actor, partnership) is not None


def check_can_answer(actor: Actor, partnership: Partnership) -> None:
    if not can_answer(actor, partnership):
        raise NotAllowed("Only the two people of this partnership can answer.")
