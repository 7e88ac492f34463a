"""Moving a programme on, and the readiness check that may advise against it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.models import Person
from viceversa.programmes.actions.telling import tell
from viceversa.programmes.events import ProgrammeStateChanged
from viceversa.programmes.messages import ON_STATE
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.programmes.queries import facts_of
from viceversa.programmes.rules import lifecycle, readiness
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.events import announce

PILOT_PLACES = 24


@transaction.atomic
def move_programme(*, programme: Programme, to: str, by: Actor, now: datetime) -> Programme:
    """Refuses with everything that is missing, in one breath."""
    check_can_coordinate(by, programme)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    _check_may_move(programme, to)
    before, programme.state = programme.state, to
    programme.save(update_fields=["state"])
    detail = {"from": before, "to": to}
    record(by=by, verb="programmes.state.changed", target=programme, detail=detail, now=now)
    if to in ON_STATE:
        tell(_enrolled_people(programme), ON_STATE[to](programme=programme), now=now)
    announce(ProgrammeStateChanged(programme=programme, before=before, by=by, now=now))
    return programme


def _check_may_move(programme: Programme, to: str) -> None:
    if not lifecycle.may_follow(programme.state, to):
        raise Refused(
            _("This programme is %(state)s now; reload the page to see what can follow.")
            % {"state": programme.get_state_display().lower()},
            code="not_next",
        )
    missing = lifecycle.missing_for(to, facts_of(programme))
    if missing:
        raise Refused(" ".join(missing), code="missing")


def _enrolled_people(programme: Programme) -> list[Person]:
    ids = Enrolment.objects.filter(programme=programme, state=Enrolment.State.ENROLLED)
    return list(Person.objects.filter(pk__in=ids.values("person")).order_by("pk"))


@transaction.atomic
def answer_readiness(
    *, programme: Programme, answers: Mapping[str, str], by: Actor, now: datetime
) -> Programme:
    check_can_coordinate(by, programme)
    known = {
        key: answer
        for key, answer in answers.items()
        if key in readiness.QUESTION_KEYS and answer in readiness.ANSWERS
    }
    if len(known) != len(answers):
        raise Refused(_("Answer each question with yes, no or not sure."), code="answers")
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    programme.readiness = {**programme.readiness, **known}
    programme.save(update_fields=["readiness"])
    verdict = readiness.advice(facts_of(programme, with_skills=True)).verdict
    detail = {"verdict": verdict}
    record(by=by, verb="programmes.readiness.answered", target=programme, detail=detail, now=now)
    return programme


@transaction.atomic
def set_pilot(*, programme: Programme, is_pilot: bool, by: Actor, now: datetime) -> Programme:
    """A pilot is marked as one everywhere, and starts with few places unless a limit is set."""
    check_can_coordinate(by, programme)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if not lifecycle.settings_may_change(programme.state):
        raise Refused(
            _("This programme is archived. Duplicate it to begin again."), code="archived"
        )
    programme.is_pilot = is_pilot
    if is_pilot and programme.places_limit is None:
        programme.places_limit = PILOT_PLACES
    programme.save(update_fields=["is_pilot", "places_limit"])
    detail = {"pilot": is_pilot}
    record(by=by, verb="programmes.pilot.set", target=programme, detail=detail, now=now)
    return programme
