"""Finishing a training, and what a programme asks for."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viceversa.history.actions import record
from viceversa.learning.models import Completion, Demand
from viceversa.learning.permissions import check_is_person
from viceversa.learning.rules.modules import Module, cards_left, modules
from viceversa.programmes.models import Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.programmes.rules.lifecycle import settings_may_change
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def complete_module(
    *, module: Module, answered: Collection[int], by: Actor, now: datetime
) -> Completion:
    """Only the fact is kept. Twice is once: the first day stays."""
    person_id = check_is_person(by)
    left = cards_left(module.numbers, answered)
    if left:
        raise Refused(
            ngettext(
                "%(n)s card is left. Answer its question first; no answer is kept.",
                "%(n)s cards are left. Answer their questions first; no answer is kept.",
                len(left),
            )
            % {"n": len(left)},
            code="cards",
        )
    completion, is_new = Completion.objects.get_or_create(
        person_id=person_id, module=module.slug, defaults={"completed_at": now}
    )
    if is_new:
        record(by=by, verb="learning.module.completed", target=completion, now=now)
    return completion


@transaction.atomic
def set_demands(
    *, programme: Programme, slugs: Collection[str], by: Actor, now: datetime
) -> set[str]:
    """Which trainings the two finish before their first half hour. None at all is the rule."""
    check_can_coordinate(by, programme)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if not settings_may_change(programme.state):
        raise Refused(
            _("This programme is archived. Duplicate it to begin again."), code="archived"
        )
    wanted = set(slugs)
    if wanted - {module.slug for module in modules()}:
        raise Refused(_("There is no such training. Open the page again."), code="module")
    before = set(Demand.objects.filter(programme=programme).values_list("module", flat=True))
    Demand.objects.filter(programme=programme, module__in=before - wanted).delete()
    new = sorted(wanted - before)
    Demand.objects.bulk_create(
        Demand(programme=programme, module=slug, created_at=now) for slug in new
    )
    detail = {"modules": sorted(wanted)}
    record(by=by, verb="learning.training.demanded", target=programme, detail=detail, now=now)
    return wanted
