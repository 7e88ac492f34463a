"""Adding very many people takes place later."""

from viceversa.programmes.actions import enrol_eligible
from viceversa.programmes.models import Programme
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor


def enrol_everyone_eligible(
    *, programme: int, role: str, state: str, person: int | None, label: str
) -> None:
    now = clock.now()
    enrol_eligible(
        programme=Programme.objects.get(pk=programme),
        role=role,
        state=state,
        by=Actor(person_id=person, label=label, via="job"),
        now=now,
        today=now.date(),
    )
