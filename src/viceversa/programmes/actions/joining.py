"""How people come in by themselves: through an open link, or by answering an invitation."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.models import Person
from viceversa.programmes.actions.moving import give_free_places
from viceversa.programmes.actions.places import Places, locked_places
from viceversa.programmes.actions.telling import tell
from viceversa.programmes.actions.topics import Topics, store_topics
from viceversa.programmes.messages import OnWaitingList
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.permissions import check_can_edit_part, check_is_person
from viceversa.programmes.queries import candidates_of, criteria_for
from viceversa.programmes.rules import eligibility
from viceversa.programmes.rules.lifecycle import people_may_join
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

State = Enrolment.State


@transaction.atomic
def join_programme(
    *,
    programme: Programme,
    is_learner: bool,
    is_adviser: bool,
    by: Actor,
    now: datetime,
    today: date,
) -> Enrolment:
    """By the open link. Both roles are allowed; each must fit. Without a place left one waits."""
    check_is_person(by)
    programme, places = locked_places(programme)
    _check_open(programme)
    if not programme.open_link_enabled:
        raise Refused(_("This link is switched off. Ask the coordinators."), code="link_off")
    if not (is_learner or is_adviser):
        raise Refused(_("Choose whether you want to learn, advise or both."), code="role")
    person = _check_fits(programme, by, is_learner=is_learner, is_adviser=is_adviser, today=today)
    enrolment = Enrolment.objects.filter(programme=programme, person=person).first()
    if enrolment and enrolment.state in (State.ENROLLED, State.WAITING):
        raise Refused(_("You are in already. Your part is where you change it."), code="already")
    enrolment = enrolment or Enrolment(programme=programme, person=person, created_at=now)
    _enter(enrolment, places, is_learner=is_learner, is_adviser=is_adviser, now=now)
    detail = {"state": str(enrolment.state)}
    record(by=by, verb="programmes.enrolment.joined", target=programme, detail=detail, now=now)
    if enrolment.state == State.WAITING:
        tell([person], OnWaitingList(programme=programme), now=now)
    return enrolment


def _check_open(programme: Programme) -> None:
    if not people_may_join(programme.state, programme.mode):
        raise Refused(
            _("Nobody can join now: this programme is %(state)s. The coordinators know when next.")
            % {"state": programme.get_state_display().lower()},
            code="not_open",
        )


def _check_fits(
    programme: Programme, by: Actor, *, is_learner: bool, is_adviser: bool, today: date
) -> Person:
    roles = (("learner", is_learner), ("adviser", is_adviser))
    person, candidate = next(candidates_of([by.person_id or 0]))
    for role, wanted in roles:
        if not wanted:
            continue
        criteria = criteria_for(programme, role)
        reason = eligibility.problem(candidate, criteria, today=today)
        if reason:
            raise Refused(
                _("You cannot join as %(role)s: according to the directory %(name)s %(reason)s.")
                % {"role": role, "name": person.name, "reason": reason},
                code="does_not_fit",
            )
    return person


def _enter(
    enrolment: Enrolment, places: Places, *, is_learner: bool, is_adviser: bool, now: datetime
) -> None:
    """An invitation holds its place already; everyone else needs a free one."""
    is_new = enrolment.pk is None
    held = enrolment.state == State.INVITED and not is_new
    enrolment.state = State.ENROLLED if held else places.take(State.ENROLLED)
    enrolment.is_learner, enrolment.is_adviser = is_learner, is_adviser
    enrolment.waiting_since = now if enrolment.state == State.WAITING else None
    if is_new:
        _take_from_profile(enrolment)
    enrolment.save()
    if is_new:
        store_topics([Topics(enrolment, None, None)])


def _take_from_profile(enrolment: Enrolment) -> None:
    programme, person = enrolment.programme, enrolment.person
    enrolment.demand = programme.advisers_per_learner
    enrolment.capacity = programme.learners_per_adviser
    enrolment.languages = list(person.languages)
    profile = getattr(person, "profile", None)
    if profile:
        enrolment.learning_style = profile.learning_style
        enrolment.hours_from, enrolment.hours_to = profile.hours_from, profile.hours_to


@transaction.atomic
def accept_invitation(*, enrolment: Enrolment, by: Actor, now: datetime) -> Enrolment:
    check_can_edit_part(by, enrolment)
    enrolment = _locked_invitation(enrolment)
    _check_open(enrolment.programme)
    enrolment.state = State.ENROLLED
    enrolment.save(update_fields=["state"])
    record(by=by, verb="programmes.invitation.accepted", target=enrolment.programme, now=now)
    return enrolment


@transaction.atomic
def decline_invitation(*, enrolment: Enrolment, by: Actor, now: datetime) -> Enrolment:
    """No reason is asked for. The place goes to whoever waits longest."""
    check_can_edit_part(by, enrolment)
    enrolment = _locked_invitation(enrolment)
    enrolment.state = State.DECLINED
    enrolment.save(update_fields=["state"])
    record(by=by, verb="programmes.invitation.declined", target=enrolment.programme, now=now)
    give_free_places(enrolment.programme, by=by, now=now)
    return enrolment


def _locked_invitation(enrolment: Enrolment) -> Enrolment:
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=enrolment.pk)
    )
    if enrolment.state != State.INVITED:
        raise Refused(
            _("There is no open invitation to answer. Reload the page to see how it stands."),
            code="no_invitation",
        )
    return enrolment
