"""Who has something to do since when, in many partnerships at once. Nothing sealed is read."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from viceversa.partnerships.models import Agreement, AgreementPart, Closing, Partnership
from viceversa.partnerships.queries.agreement import facts_from
from viceversa.partnerships.queries.lifecycle import ends_of
from viceversa.partnerships.rules import agreement, closing, reminders
from viceversa.partnerships.rules.reminders import Turn
from viceversa.programmes.models import Programme

State = Partnership.State
WAITING = frozenset({State.PROPOSED, State.ACCEPTED, State.PREPARING, State.CLOSING})


def may_wait(now: datetime) -> QuerySet[Partnership]:
    """Where somebody may have to be reminded: a few too many, never one too few."""
    today = now.date()
    near = (today - reminders.STALE, today + reminders.NOTICE)
    ending = (
        Q(agreements__state=Agreement.State.SIGNED, agreements__ends_on__range=near)
        | Q(programme__ends_on__range=near)
        | Q(extended_until__range=near)
    )
    changing = Q(agreements__state=Agreement.State.DRAFT)
    found = Partnership.objects.filter(
        Q(state__in=WAITING) | Q(state=State.ACTIVE) & (ending | changing)
    )
    return found.exclude(programme__state=Programme.State.ARCHIVED).distinct()


def turns_in(partnerships: Sequence[Partnership], today: date) -> dict[int, list[Turn]]:
    """By partnership, in five queries for any number of them."""
    ids = [one.pk for one in partnerships]
    ends = ends_of([one for one in partnerships if one.state == State.ACTIVE])
    known = Partnership.objects.filter(pk__in=ids).prefetch_related(
        Prefetch("agreement_parts", AgreementPart.objects.defer("sealed")),
        Prefetch(
            "agreements",
            Agreement.objects.filter(state__in=[Agreement.State.DRAFT, Agreement.State.SIGNED])
            .order_by()
            .defer("sealed"),
        ),
        Prefetch("closings", Closing.objects.filter(is_past=False).defer("sealed")),
    )
    return {one.pk: [*_turns(one), *_of_the_end(ends.get(one.pk), today)] for one in known}


def turn_stands(partnership: Partnership, turn: Turn, today: date) -> bool:
    return turn.code in {one.code for one in turns_in([partnership], today)[partnership.pk]}


def _turns(partnership: Partnership) -> list[Turn]:
    if partnership.state == State.PROPOSED:
        return _answers(partnership)
    if partnership.state == State.CLOSING:
        return _looks(partnership)
    return _agreeing(partnership) if partnership.state in agreement.ANSWERING else []


def _answers(partnership: Partnership) -> list[Turn]:
    answers = {
        "learner": partnership.learner_accepted_at,
        "adviser": partnership.adviser_accepted_at,
    }
    return [
        Turn(reminders.ANSWER, side, partnership.created_at)
        for side, answer in answers.items()
        if answer is None
    ]


def _looks(partnership: Partnership) -> list[Turn]:
    done = frozenset(row.side for row in partnership.closings.all())
    since = partnership.closing_at
    if since is None or done == closing.SIDES:
        return []
    return [Turn(reminders.LOOK_BACK, side, since) for side in sorted(closing.turn_of(done))]


def _agreeing(partnership: Partnership) -> list[Turn]:
    parts = list(partnership.agreement_parts.all())
    versions = list(partnership.agreements.all())
    facts = facts_from(parts, versions)
    since = _since(partnership, agreement.stage(facts), parts, versions)
    return [
        Turn(reminders.AGREE, side, since) for side in sorted(agreement.turn_of(facts)) if since
    ]


def _since(
    partnership: Partnership,
    stage: str,
    parts: Sequence[AgreementPart],
    versions: Sequence[Agreement],
) -> datetime | None:
    """When this stage of the agreement began."""
    moments: dict[str, list[datetime | None]] = {
        "apart": [partnership.learner_accepted_at, partnership.adviser_accepted_at],
        "replying": [part.handed_in_at for part in parts],
        "together": [part.replied_at for part in parts],
        "signing": [row.created_at for row in versions if row.state == Agreement.State.DRAFT],
    }
    return max((at for at in moments.get(stage, []) if at is not None), default=None)


def _of_the_end(ends_on: date | None, today: date) -> list[Turn]:
    what = reminders.notice_of(ends_on, today)
    if what is None or ends_on is None:
        return []
    since = reminders.midnight(ends_on)
    return [Turn(what, side, since) for side in agreement.SIDES]
