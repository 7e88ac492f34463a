"""Rounds for coordinators. Snapshot and certificate are large and never loaded with a page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.matching.models import Options, Proposal, Round, Unmatched, WhatIf
from viceversa.matching.rules.certificate import self_contained
from viceversa.matching.rules.round import OPEN
from viceversa.matching.rules.solving import WEAK_BELOW
from viceversa.people.models import Unit
from viceversa.people.queries.searching import named
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.prepared import as_object, columns_of, prepared

BEST_FIRST = "-score"
LARGE = ("snapshot", "certificate")
COLUMNS = columns_of(Round, without=LARGE)
MOST_LEFT = 3
OF_ONE_LEFT = (
    "pk",
    "enrolment__key",
    "enrolment__person__name",
    "reason",
    "smallest_change",
    "remedies",
)
ORDERS = {
    "-score": ("-score", "pk"),
    "score": ("score", "pk"),
    "learner": ("learner__person__name", "pk"),
    "-learner": ("-learner__person__name", "-pk"),
    "adviser": ("adviser__person__name", "pk"),
    "-adviser": ("-adviser__person__name", "-pk"),
}


def rounds_of(programme: Programme) -> QuerySet[Round]:
    """Newest first."""
    return Round.objects.filter(programme=programme).defer(*LARGE, "fairness")


def open_round(programme: Programme) -> Round | None:
    return rounds_of(programme).filter(state__in=OPEN).first()


def round_for(programme: Programme, number: int) -> Round:
    """The caller has checked that the actor coordinates the programme."""
    row = _round.first(programme.pk, number)
    if row is None:
        raise NotFound(_("This programme has no round with this number."))
    found = as_object(Round, COLUMNS, row)
    found.programme = programme
    return found


@prepared
def _round(programme: int, number: int) -> QuerySet[Any, Any]:
    return Round.objects.filter(programme=programme, number=number).values_list(*COLUMNS)


def proposals_of(
    round_: Round,
    *,
    search: str = "",
    unit: str = "",
    level: int | None = None,
    weak: bool = False,
    pinned: bool = False,
    order: str = BEST_FIRST,
) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(round=round_).defer("alternatives")
    found = found.filter(named(search, "learner__person__", "adviser__person__"))
    if unit:
        ids = Unit.objects.filter(name__icontains=unit)
        found = found.filter(Q(learner__person__unit__in=ids) | Q(adviser__person__unit__in=ids))
    if level is not None:
        found = found.filter(learner__person__level=level)
    if weak:
        found = found.filter(score__lt=WEAK_BELOW)
    if pinned:
        found = found.filter(is_pinned=True)
    return found.order_by(*ORDERS.get(order, ORDERS[BEST_FIRST]))


def with_people(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return found.select_related(
        "learner__person__level",
        "learner__person__unit",
        "adviser__person__level",
        "adviser__person__unit",
    )


def unmatched_of(round_: Round, *, role: str = "", search: str = "") -> QuerySet[Unmatched]:
    found = Unmatched.objects.filter(round=round_).select_related(
        "enrolment__person__level", "enrolment__person__unit"
    )
    if role:
        found = found.filter(role=role)
    return found.filter(named(search, "enrolment__person__"))


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody without a partner, for a short list."""

    pk: int
    key: str
    name: str
    reason: str
    smallest_change: str
    remedies: list[dict[str, Any]]


def first_left(round_: Round) -> list[Left]:
    """The first learners without an adviser, as bare values."""
    return [Left(*row) for row in _left(round_.pk)]


@prepared
def _left(round_: int) -> QuerySet[Any, Any]:
    found = Unmatched.objects.filter(round=round_, role="learner").order_by("pk")
    return found.values_list(*OF_ONE_LEFT)[:MOST_LEFT]


def people_named(round_: Round, role: str, search: str, *, most: int = 8) -> list[Enrolment]:
    """Enrolled in the role, by name or part of a name."""
    found = Enrolment.objects.filter(
        programme=round_.programme_id, state=Enrolment.State.ENROLLED, **{f"is_{role}": True}
    ).select_related("person__unit", "person__level")
    found = found.filter(named(search, "person__")).order_by("person__name", "pk")
    return list(found[:most]) if search.strip() else []


def enrolment_in(round_: Round, key: str, role: str) -> Enrolment:
    found = (
        Enrolment.objects.filter(programme=round_.programme_id, key=key, **{f"is_{role}": True})
        .select_related("person__unit", "person__level")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such person in this round."))
    return found


def option_of(round_: Round, learner: Enrolment, adviser: Enrolment) -> tuple[str, int] | None:
    """What taking the pair would cost at least, or None when it is not on the learner's list."""
    options = Options.objects.filter(round=round_, learner=learner).first()
    pairs = options.pairs if options else []
    return next(((row[2], row[3]) for row in pairs if row[0] == adviser.pk), None)


def remedy_of(round_: Round, left: str, place: str) -> dict[str, Any]:
    """One of the changes that would help somebody without a partner, by its place in the list."""
    numbers = [int(text) for text in (left, place) if text.isdecimal() and len(text) < 18]
    if len(numbers) == 2:
        rows = Unmatched.objects.filter(round=round_, pk=numbers[0])
        remedies = rows.values_list("remedies", flat=True).first() or []
        if numbers[1] < len(remedies):
            return dict(remedies[numbers[1]])
    raise NotFound(_("This round does not offer that change."))


def adviser_by_id(round_: Round, pk: int) -> Enrolment:
    found = Enrolment.objects.filter(programme=round_.programme_id, pk=pk, is_adviser=True)
    adviser = found.select_related("person", "programme").first()
    if adviser is None:
        raise NotFound(_("There is no such person in this round."))
    return adviser


def what_if_for(round_: Round, key: str) -> WhatIf:
    found = WhatIf.objects.filter(round=round_, key=key).first()
    if found is None:
        raise NotFound(_("There is no such comparison in this round."))
    found.round = round_
    return found


def proof_of(round_: Round) -> dict[str, Any]:
    """The certificate with all that is needed to check it. Loads the large columns."""
    large = Round.objects.only(*LARGE, "settings", "summary").get(pk=round_.pk)
    wishes = large.summary.get("wishes", [])
    return self_contained(large.snapshot, large.settings, wishes, large.certificate)
