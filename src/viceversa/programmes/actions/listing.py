"""Adding people from a pasted list or a file: every line is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.people.models import Person
from viceversa.programmes.actions.bulk import CHUNK, Added, EnrolmentRow, enrol_many
from viceversa.programmes.models import Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.programmes.queries import candidates_of, criteria_for
from viceversa.programmes.rules import eligibility
from viceversa.programmes.rules.lists import MOST_LINES, Line, lines_of
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@dataclass(frozen=True)
class LineProblem:
    number: int
    text: str
    sentence: str


@dataclass(frozen=True)
class ListReport:
    added: Added
    lines: int
    problems: Sequence[LineProblem]


@transaction.atomic
def enrol_listed(
    *,
    programme: Programme,
    text: str,
    is_learner: bool,
    is_adviser: bool,
    state: str,
    exceptions_allowed: bool,
    by: Actor,
    now: datetime,
    today: date,
) -> ListReport:
    """Adds everyone whose line names a person who fits; the other lines come back with a reason.

    `exceptions_allowed` also takes people whom the levels, newness or skills leave out.
    """
    check_can_coordinate(by, programme)
    lines = _lines(text, is_learner=is_learner, is_adviser=is_adviser)
    people = _people_by_identifier([line.text for line in lines])
    found, problems = _sorted_out(lines, people)
    if not exceptions_allowed:
        roles = [r for r, on in (("learner", is_learner), ("adviser", is_adviser)) if on]
        misfits = _misfits(programme, roles, list(found), today=today)
        problems += [
            LineProblem(found[pk].number, found[pk].text, sentence)
            for pk, sentence in misfits.items()
        ]
        found = {pk: line for pk, line in found.items() if pk not in misfits}
    rows = [
        EnrolmentRow(person_id=pk, state=state, is_learner=is_learner, is_adviser=is_adviser)
        for pk in found
    ]
    added = enrol_many(programme=programme, rows=rows, by=by, now=now)
    return ListReport(added, len(lines), sorted(problems, key=lambda problem: problem.number))


def _lines(text: str, *, is_learner: bool, is_adviser: bool) -> tuple[Line, ...]:
    if not (is_learner or is_adviser):
        raise Refused(_("Choose whether they learn, advise or both."), code="role")
    lines = lines_of(text)
    if not lines:
        raise Refused(_("The list is empty. Put one e-mail address on each line."), code="empty")
    if len(lines) > MOST_LINES:
        raise Refused(
            _("A list may hold %(most)s lines. Split it in two.") % {"most": f"{MOST_LINES:,}"},
            code="too_long",
        )
    return lines


def _people_by_identifier(texts: Sequence[str]) -> dict[str, Person]:
    """E-mail in lower case or external id → person, two queries for every 900 lines."""
    found: dict[str, Person] = {}
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        for person in Person.objects.filter(external_id__in=chunk):
            found[person.external_id] = person
        mails = [text.lower() for text in chunk if "@" in text]
        for person in Person.objects.filter(email__in=mails):
            found[(person.email or "").lower()] = person
    return found


def _sorted_out(
    lines: Sequence[Line], people: Mapping[str, Person]
) -> tuple[dict[int, Line], list[LineProblem]]:
    found: dict[int, Line] = {}
    problems = []
    for line in lines:
        person = people.get(line.text) or people.get(line.text.lower())
        if person is None:
            sentence = _("is nobody in the directory")
        elif not person.is_present:
            sentence = _("has left the organisation")
        elif person.pk in found:
            sentence = _("stands on line %(number)s already") % {"number": found[person.pk].number}
        else:
            found[person.pk] = line
            continue
        problems.append(LineProblem(line.number, line.text, sentence))
    return found, problems


def _misfits(
    programme: Programme, roles: Sequence[str], person_ids: Sequence[int], *, today: date
) -> dict[int, str]:
    """Person → why they do not fit one of the roles."""
    criteria = [criteria_for(programme, role) for role in roles]
    found = {}
    for person, candidate in candidates_of(person_ids):
        reasons = (eligibility.problem(candidate, wanted, today=today) for wanted in criteria)
        reason = next(filter(None, reasons), "")
        if reason:
            found[person.pk] = reason
    return found
