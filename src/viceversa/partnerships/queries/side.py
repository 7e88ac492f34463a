from viceversa.partnerships.models import Partnership
from viceversa.toolkit.actor import Actor


def side_of(actor: Actor, partnership: Partnership) -> str | None:
    if actor.person_id is None:
        return None
    if partnership.learner.person_id == actor.person_id:
        return "learner"
    if partnership.adviser.person_id == actor.person_id:
        return "adviser"
    return None
