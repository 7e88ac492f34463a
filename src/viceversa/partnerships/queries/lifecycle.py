"""Where partnerships stand: ends, pauses, and who needs a new partner."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.rules.lifecycle import OPEN
from viceversa.people.queries.power import has_power
from viceversa.programmes.models import Enrolment


def ends_on(partnership: Partnership) -> date | None:
    """As signed, else as the programme says; later when both wanted more."""
    return ends_of([partnership])[partnership.pk]


def ends_of(partnerships: Sequence[Partnership]) -> dict[int, date | None]:
    """The last day of each; their programmes must be loaded. One query."""
    signed = Agreement.objects.filter(
        partnership__in=[one.pk for one in partnerships], state=Agreement.State.SIGNED
    )
    agreed = dict(signed.order_by().values_list("partnership", "ends_on"))
    return {one.pk: _last_day(one, agreed.get(one.pk)) for one in partnerships}


def _last_day(partnership: Partnership, agreed: date | None) -> date | None:
    known = agreed or partnership.programme.ends_on
    extended = partnership.extended_until
    return max(known, extended) if known and extended else known or extended


def pauses_that_are_over(today: date) -> QuerySet[Partnership]:
    return Partnership.objects.filter(
        state=Partnership.State.PAUSED, paused_until__lte=today
    ).order_by("pk")


def need_a_new_partner(found: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Those that ended early, where one of the two is still there and has nobody since."""
    return found.filter(_is_alone("learner") | _is_alone("adviser"), needs_new_partner=True)


def _is_alone(side: str) -> Q:
    since = Partnership.objects.filter(**{side: OuterRef(side)}, state__in=sorted(OPEN))
    return Q(~Exists(since), **{f"{side}__state": Enrolment.State.ENROLLED})


def is_held(partnership: Partnership) -> bool:
    """One of the two has power over the other now. Its persons must be loaded."""
    return has_power(partnership.learner.person, partnership.adviser.person)
