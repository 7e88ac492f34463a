from viceversa.programmes.models import Programme, Standing
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed


def can_coordinate(actor: Actor, programme: Programme) -> bool:
    if actor.via in ("command", "job") and actor.has("operator"):
        return True
    return Standing.objects.filter(
        programme=programme, person_id=actor.person_id, role=Standing.Role.COORDINATOR
    ).exists()


def check_can_coordinate(actor: Actor, programme: Programme) -> None:
    if not can_coordinate(actor, programme):
        raise NotAllowed("Only the coordinators of this programme can do this.")
