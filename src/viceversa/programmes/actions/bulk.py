"""Adding people to a programme, one or many thousand, in few queries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.accounts.actions import invite_people
from viceversa.accounts.models import User
from viceversa.history.actions import record
from viceversa.people.models import Person
from viceversa.programmes.actions.places import Places, locked_places
from viceversa.programmes.actions.telling import tell
from viceversa.programmes.actions.topics import Topics, store_topics
from viceversa.programmes.messages import Enrolled, Invited, OnWaitingList
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.programmes.queries import criteria_for, eligible_people
from viceversa.programmes.rules.enrolment import ACTIVE, state_on_adding
from viceversa.programmes.rules.lifecycle import coordinators_may_add
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.jobs import later

State = Enrolment.State
CHUNK = 900
AT_ONCE = 2_000
TOLD = {State.INVITED: Invited, State.ENROLLED: Enrolled, State.WAITING: OnWaitingList}


@dataclass(frozen=True, kw_only=True)
class EnrolmentRow:
    """One person to be added. Wants are (skill id, target, priority), offers (skill id, level);
    None takes both, hours, languages and style from the person's own profile."""

    person_id: int
    is_learner: bool = False
    is_adviser: bool = False
    state: str = State.ENROLLED
    demand: int | None = None
    capacity: int | None = None
    wants: Sequence[tuple[int, int, int]] | None = None
    offers: Sequence[tuple[int, int]] | None = None
    goals: str = ""
    career_direction: str = ""
    value_statement: str = ""
    comfort: str = ""
    off_limits: str = ""
    learning_style: str | None = None
    hours_from: time | None = None
    hours_to: time | None = None
    languages: Sequence[str] | None = None
    times_left_out: int = 0
    is_confirmed: bool = False


@dataclass
class Added:
    """How many came to which state; `already` were in with the same role, `gone` have left."""

    by_state: Counter[str] = field(default_factory=Counter)
    already: int = 0
    gone: int = 0

    @property
    def enrolled(self) -> int:
        return self.by_state[State.ENROLLED]

    @property
    def invited(self) -> int:
        return self.by_state[State.INVITED]

    @property
    def waiting(self) -> int:
        return self.by_state[State.WAITING]

    @property
    def total(self) -> int:
        return self.by_state.total()


@transaction.atomic
def enrol_many(
    *,
    programme: Programme,
    rows: Iterable[EnrolmentRow],
    by: Actor,
    now: datetime,
    quietly: bool = False,
) -> Added:
    """Adds people as invited or enrolled; beyond the limit of places they wait.

    Whoever said no or stopped before is invited again, not enrolled. `quietly` tells nobody.
    """
    check_can_coordinate(by, programme)
    programme, places = locked_places(programme)
    check_open_to_adding(programme)
    added = Added()
    wanted = list({row.person_id: row for row in rows}.values())
    if not all(row.is_learner or row.is_adviser for row in wanted):
        raise Refused(_("Say for everyone whether they learn, advise or both."), code="role")
    for chunk in _chunks(wanted):
        _add_chunk(programme, chunk, places, added, by=by, now=now, quietly=quietly)
    detail = {**added.by_state, "already": added.already}
    record(by=by, verb="programmes.people.added", target=programme, detail=detail, now=now)
    return added


def check_open_to_adding(programme: Programme) -> None:
    if not coordinators_may_add(programme.state):
        raise Refused(
            _("People can be added while a programme is enrolling, matching or running.")
            + " "
            + _("This one is: %(state)s.") % {"state": programme.get_state_display().lower()},
            code="not_open",
        )


def _chunks(rows: Sequence[EnrolmentRow]) -> Iterator[Sequence[EnrolmentRow]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _add_chunk(
    programme: Programme,
    rows: Sequence[EnrolmentRow],
    places: Places,
    added: Added,
    *,
    by: Actor,
    now: datetime,
    quietly: bool,
) -> None:
    ids = [row.person_id for row in rows]
    people = Person.objects.select_related("profile").in_bulk(ids)
    there = {
        enrolment.person_id: enrolment
        for enrolment in Enrolment.objects.filter(programme=programme, person__in=ids)
    }
    new: list[tuple[EnrolmentRow, Enrolment]] = []
    again: list[Enrolment] = []
    for row in rows:
        person = people.get(row.person_id)
        if person is None or not person.is_present:
            added.gone += 1
        elif row.person_id not in there:
            new.append((row, _new(programme, row, person, places, now=now)))
        elif _add_again(there[row.person_id], row, places, now=now):
            again.append(there[row.person_id])
        else:
            added.already += 1
    _store(new, again)
    store_topics([Topics(enrolment, row.wants, row.offers) for row, enrolment in new])
    changed = [enrolment for _row, enrolment in new] + again
    added.by_state.update(str(enrolment.state) for enrolment in changed)
    if not quietly:
        _tell(programme, changed, people, by=by, now=now)


def _new(
    programme: Programme, row: EnrolmentRow, person: Person, places: Places, *, now: datetime
) -> Enrolment:
    state = places.take(row.state)
    profile = getattr(person, "profile", None)
    style = row.learning_style
    enrolment = Enrolment(
        programme=programme,
        person=person,
        state=state,
        is_learner=row.is_learner,
        is_adviser=row.is_adviser,
        demand=row.demand or programme.advisers_per_learner,
        capacity=programme.learners_per_adviser if row.capacity is None else row.capacity,
        goals=row.goals,
        career_direction=row.career_direction,
        value_statement=row.value_statement,
        comfort=row.comfort,
        off_limits=row.off_limits,
        learning_style=(profile.learning_style if profile else "") if style is None else style,
        languages=list(person.languages if row.languages is None else row.languages),
        times_left_out=row.times_left_out,
        waiting_since=now if state == State.WAITING else None,
        part_confirmed_at=now if row.is_confirmed else None,
        created_at=now,
    )
    hours_from = row.hours_from or (profile and profile.hours_from)
    hours_to = row.hours_to or (profile and profile.hours_to)
    if hours_from and hours_to:
        enrolment.hours_from, enrolment.hours_to = hours_from, hours_to
    return enrolment


def _add_again(enrolment: Enrolment, row: EnrolmentRow, places: Places, *, now: datetime) -> bool:
    """True when somebody who is known here gets a further role, or is asked again."""
    more = (row.is_learner and not enrolment.is_learner) or (
        row.is_adviser and not enrolment.is_adviser
    )
    active = enrolment.state in ACTIVE
    if active and not more:
        return False
    if active:
        enrolment.is_learner |= row.is_learner
        enrolment.is_adviser |= row.is_adviser
        return True
    enrolment.is_learner, enrolment.is_adviser = row.is_learner, row.is_adviser
    enrolment.state = places.take(state_on_adding(enrolment.state, row.state))
    enrolment.waiting_since = now if enrolment.state == State.WAITING else None
    return True


def _store(new: list[tuple[EnrolmentRow, Enrolment]], again: list[Enrolment]) -> None:
    Enrolment.objects.bulk_create([enrolment for _row, enrolment in new])
    if again:
        fields = ["is_learner", "is_adviser", "state", "waiting_since"]
        Enrolment.objects.bulk_update(again, fields, batch_size=200)


def _tell(
    programme: Programme,
    enrolments: Sequence[Enrolment],
    people: Mapping[int, Person],
    *,
    by: Actor,
    now: datetime,
) -> None:
    for state, message in TOLD.items():
        ids = [row.person_id for row in enrolments if row.state == state]
        tell([people[pk] for pk in ids], message(programme=programme), now=now)
    _invite_to_accounts([people[row.person_id] for row in enrolments], by=by, now=now)


def _invite_to_accounts(people: Sequence[Person], *, by: Actor, now: datetime) -> None:
    """Who has no account yet gets the one-time link that makes one."""
    known = set(User.objects.filter(person__in=people).values_list("person_id", flat=True))
    strangers = [person for person in people if person.pk not in known and person.email]
    if strangers:
        invite_people(people=strangers, by=by, now=now, standing_allows=True)


@transaction.atomic
def enrol_eligible(
    *, programme: Programme, role: str, state: str, by: Actor, now: datetime, today: date
) -> Added | None:
    """Everyone who fits, in one go. More than 2,000 are added by a job; then None comes back."""
    check_can_coordinate(by, programme)
    check_open_to_adding(programme)
    if role not in ("learner", "adviser") or state not in (State.INVITED, State.ENROLLED):
        raise Refused(_("Choose learners or advisers, and invited or enrolled."), code="choice")
    people = eligible_people(criteria_for(programme, role), today=today).order_by("pk")
    ids = list(people.values_list("pk", flat=True))
    if len(ids) > AT_ONCE and by.via != "job":
        later(
            "programmes.enrol_eligible",
            programme=programme.pk,
            role=role,
            state=state,
            person=by.person_id,
            label=by.label,
        )
        return None
    rows = (
        EnrolmentRow(
            person_id=pk, state=state, is_learner=role == "learner", is_adviser=role == "adviser"
        )
        for pk in ids
    )
    return enrol_many(programme=programme, rows=rows, by=by, now=now)
