"""Opportunities of one programme. Who is interested is read by the poster and oneself."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.community.models import Interest, Opportunity
from viceversa.community.queries.member import Member
from viceversa.community.rules.opportunity import band_of, is_open
from viceversa.programmes.models import Programme
from viceversa.toolkit.errors import NotFound

OPEN, OVER, MINE = "open", "over", "mine"


@dataclass(frozen=True)
class Shown:
    """One opportunity for one reader; `interested` is counted for its poster alone."""

    opportunity: Opportunity
    is_mine: bool
    is_open: bool
    interest: Interest | None
    interested: int

    @property
    def may_show_interest(self) -> bool:
        is_there = self.is_open and self.opportunity.hidden_at is None
        return is_there and not self.is_mine and self.interest is None


def _visible(member: Member) -> QuerySet[Opportunity]:
    rows = Opportunity.objects.filter(programme=member.programme)
    if not member.is_coordinator:
        rows = rows.filter(Q(hidden_at__isnull=True) | Q(author=member.person_id))
    return rows.select_related("author", "programme")


def opportunities_for(
    member: Member, *, which: str, kind: str, today: date
) -> QuerySet[Opportunity]:
    """Open ones by what ends first; what is over, newest first."""
    rows = _visible(member)
    if kind in Opportunity.Kind.values:
        rows = rows.filter(kind=kind)
    still_open = Q(closed_at__isnull=True, ends_on__gte=today)
    if which == OVER:
        return rows.exclude(still_open).order_by("-ends_on", "-id")
    if which == MINE:
        me = member.person_id
        mine = Interest.objects.filter(person=me).values("opportunity")
        return rows.filter(Q(author=me) | Q(pk__in=mine)).order_by("-id")
    return rows.filter(still_open).order_by("ends_on", "id")


def opportunity_for(member: Member, key: str) -> Opportunity:
    found = _visible(member).filter(key=key).first()
    if found is None:
        raise NotFound(_("There is no such opportunity, or it is not yours to see."))
    return found


def shown(member: Member, rows: list[Opportunity], *, today: date) -> list[Shown]:
    """Two queries for any number."""
    me = member.person_id
    own = {
        one.opportunity_id: one for one in Interest.objects.filter(person=me, opportunity__in=rows)
    }
    mine = [row.pk for row in rows if row.author_id == me]
    counted = Interest.objects.filter(opportunity__in=mine).order_by().values_list("opportunity")
    counts = dict(counted.annotate(n=Count("pk")))
    return [
        Shown(
            opportunity=row,
            is_mine=row.author_id == me,
            is_open=is_open(ends_on=row.ends_on, is_closed=row.closed_at is not None, today=today),
            interest=own.get(row.pk),
            interested=counts.get(row.pk, 0),
        )
        for row in rows
    ]


def interests_in(opportunity: Opportunity) -> list[Interest]:
    """For the poster; the caller has checked that it is."""
    return list(opportunity.interests.select_related("person__unit").order_by("id"))


def took_part(programme: Programme) -> tuple[int, int]:
    """How many people took part in something they found here, each counted once, as a band."""
    taken = Interest.Outcome.TAKEN_PART
    interests = Interest.objects.filter(opportunity__programme=programme, outcome=taken)
    return band_of(interests.aggregate(people=Count("person", distinct=True))["people"])
