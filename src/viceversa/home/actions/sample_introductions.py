"""Pairs the sample needs beyond those that were drawn: the learner who signs in has two advisers,
of two stages and two fields, and one more pair is about to sign."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from viceversa.home.sample.setting import ADVISER, LEARNER
from viceversa.partnerships.models import Partnership
from viceversa.people.queries.lines import in_one_line
from viceversa.programmes.models import Enrolment, Programme
from viceversa.vault.actions import make_ring

LEARNER_HAS, ADVISER_HAS = 3, 2


def introduce(programme: Programme, *, now: datetime) -> None:
    """The two who can sign in come last, so that they live the first story."""
    named = Enrolment.objects.filter(programme=programme, person__name__in=[LEARNER, ADVISER])
    parts = {part.person.name: part for part in named.select_related("person", "programme")}
    if len(parts) < 2:
        return
    learner, adviser = parts[LEARNER], parts[ADVISER]
    Enrolment.objects.filter(pk=learner.pk).update(demand=LEARNER_HAS)
    Enrolment.objects.filter(pk=adviser.pk).update(capacity=ADVISER_HAS)
    _two_who_are_free(programme, now=now)
    second = _from_elsewhere(learner, adviser)
    if second:
        _pair(learner, second, now=now)
    _pair(learner, adviser, now=now)


def _two_who_are_free(programme: Programme, *, now: datetime) -> None:
    """Of one time zone and two units, neither above the other."""
    for learner in _free(programme, "learner"):
        others = _free(programme, "adviser").filter(person__time_zone=learner.person.time_zone)
        for adviser in others.exclude(person__unit=learner.person.unit_id):
            if not in_one_line(learner.person, adviser.person):
                _pair(learner, adviser, now=now)
                return


def _from_elsewhere(learner: Enrolment, adviser: Enrolment) -> Enrolment | None:
    """Somebody free of another level and another unit than the two, for a second view."""
    others = _free(learner.programme, "adviser").exclude(person__level=adviser.person.level_id)
    for one in (learner, adviser):
        others = others.exclude(person__unit=one.person.unit_id)
    return next((one for one in others if not in_one_line(learner.person, one.person)), None)


def _free(programme: Programme, side: str) -> QuerySet[Enrolment]:
    busy = Partnership.objects.filter(programme=programme).values(side)
    parts = Enrolment.objects.filter(programme=programme, **{f"is_{side}": True})
    return parts.exclude(pk__in=busy).select_related("person", "programme").order_by("pk")


def _pair(learner: Enrolment, adviser: Enrolment, *, now: datetime) -> None:
    at = now - timedelta(days=30)
    Partnership.objects.create(
        programme=learner.programme,
        learner=learner,
        adviser=adviser,
        state=Partnership.State.ACCEPTED,
        origin="sample",
        reason="The adviser offers what the learner wants most, and works in another unit.",
        learner_accepted_at=at,
        adviser_accepted_at=at,
        ring=make_ring([learner.person, adviser.person], now=at),
        created_at=at,
    )
