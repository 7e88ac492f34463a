"""The agreement, apart and side by side: answers, replies, and one draft out of both."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.moving import move
from viceversa.partnerships.actions.signing import write_version
from viceversa.partnerships.messages import AgreementToSign, AnswersHandedIn, RepliesGiven
from viceversa.partnerships.models import Agreement, AgreementPart, Partnership
from viceversa.partnerships.permissions import check_holds_key, check_is_member
from viceversa.partnerships.queries.agreement import (
    answers_of,
    defaults_of,
    facts_of,
    part_of,
    place_of_part,
)
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.partnerships.rules import agreement as rules
from viceversa.partnerships.rules.terms import REPLIES
from viceversa.partnerships.rules.together import outcomes_with, put_together
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.actions import own_ring
from viceversa.vault.models import Ring

State = Partnership.State


@transaction.atomic
def answer_step(
    *, partnership: Partnership, step: str, answers: Mapping[str, Any], by: Actor, now: datetime
) -> AgreementPart:
    """One step of one's own side. Only its author can read it until it is handed in."""
    partnership = locked(partnership)
    side = check_is_member(by, partnership)
    _check_answering(partnership, side)
    if step not in rules.STEPS[side]:
        raise NotAllowed(_("This question is for your partner."))
    own_ring(partnership.person_on(side), now=now)
    seat = _seat(by, partnership)
    part = part_of(partnership, side) or AgreementPart(
        partnership=partnership, side=side, author=seat.me
    )
    known = answers_of(seat, part if part.pk else None)
    _save_own(seat, part, {**known, step: dict(answers)}, now=now)
    if partnership.state == State.ACCEPTED:
        move(partnership, State.PREPARING, verb="partnerships.preparing", by=by, now=now)
    detail = {"side": side, "step": step}
    record(by=by, verb="partnerships.answered_step", target=partnership, detail=detail, now=now)
    return part


@transaction.atomic
def hand_in(*, partnership: Partnership, by: Actor, now: datetime) -> AgreementPart:
    """Sealed for both from here on; each reads the other's once both are in."""
    partnership = locked(partnership)
    side = check_is_member(by, partnership)
    _check_answering(partnership, side)
    seat = _seat(by, partnership)
    part = part_of(partnership, side)
    answers = answers_of(seat, part)
    if part is None or rules.NEEDED[side] - answers.keys():
        raise Refused(_("Some steps are still open. Answer them first."), code="steps_open")
    part.handed_in_at = now
    _save_shared(seat, part, answers, now=now)
    detail = {"side": side}
    record(by=by, verb="partnerships.handed_in", target=partnership, detail=detail, now=now)
    told = AnswersHandedIn(partnership=partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=told, now=now)
    return part


@transaction.atomic
def reply_to_outcomes(
    *, partnership: Partnership, replies: Sequence[Mapping[str, str]], by: Actor, now: datetime
) -> AgreementPart:
    """The adviser says how far they can help with each thing the learner wants to reach."""
    partnership = locked(partnership)
    side = check_is_member(by, partnership)
    if side != rules.ADVISER:
        raise NotAllowed(_("Only the adviser can say how far they can help."))
    if rules.stage(facts_of(partnership)) not in {"replying", "together"}:
        raise Refused(_("This is possible once both have answered."), code="not_now")
    seat = _seat(by, partnership)
    learner, adviser = _both(seat)
    wanted = outcomes_with(learner, {})
    if len(replies) != len(wanted) or any(one["reply"] not in REPLIES for one in replies):
        raise Refused(_("Say for each one how far you can help."), code="replies_open")
    part = _part(partnership, side)
    part.replied_at = now
    said = [{"reply": one["reply"], "words": one["words"]} for one in replies]
    _save_shared(seat, part, {**adviser, "replies": {"replies": said}}, now=now)
    record(by=by, verb="partnerships.replied", target=partnership, now=now)
    told = RepliesGiven(partnership=partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=told, now=now)
    return part


@transaction.atomic
def put_agreement_together(*, partnership: Partnership, by: Actor, now: datetime) -> Agreement:
    """One draft out of both sides' answers, which either may change before they sign."""
    partnership = locked(partnership)
    check_is_member(by, partnership)
    if rules.stage(facts_of(partnership)) != "together":
        raise Refused(_("This is possible once both have answered and replied."), code="not_now")
    seat = _seat(by, partnership)
    terms = put_together(*_both(seat), defaults_of(partnership.programme))
    draft = write_version(seat, terms, now=now)
    detail = {"version": draft.version}
    record(by=by, verb="partnerships.drafted", target=partnership, detail=detail, now=now)
    told = AgreementToSign(partnership=partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=told, now=now)
    return draft


def _check_answering(partnership: Partnership, side: str) -> None:
    facts = facts_of(partnership)
    if partnership.state not in rules.ANSWERING or rules.stage(facts) != "apart":
        raise Refused(
            _("This is not the moment to answer; look at the page of your agreement."),
            code="not_now",
        )
    if side in facts.handed_in:
        raise Refused(
            _("You have handed in your answers. You can change everything in the draft."),
            code="handed_in",
        )


def _seat(by: Actor, partnership: Partnership) -> Seat:
    seat = seat_at(by, partnership)
    check_holds_key(seat)
    return seat


def _part(partnership: Partnership, side: str) -> AgreementPart:
    part = part_of(partnership, side)
    if part is None:
        raise Refused(_("This is possible once both have answered."), code="not_now")
    return part


def _both(seat: Seat) -> tuple[dict[str, Any], dict[str, Any]]:
    learner, adviser = (_part(seat.partnership, side) for side in rules.SIDES)
    return answers_of(seat, learner), answers_of(seat, adviser)


def _save_own(
    seat: Seat, part: AgreementPart, answers: Mapping[str, Any], *, now: datetime
) -> None:
    if seat.own_ring is None:
        raise Refused(_("Your own key is missing."), code="no_key")
    _save(seat, seat.own_ring, part, answers, now=now)


def _save_shared(
    seat: Seat, part: AgreementPart, answers: Mapping[str, Any], *, now: datetime
) -> None:
    _save(seat, seat.ring, part, answers, now=now)


def _save(
    seat: Seat, ring: Ring, part: AgreementPart, answers: Mapping[str, Any], *, now: datetime
) -> None:
    text = json.dumps(answers, ensure_ascii=False)
    part.sealed = seat.keys.seal(ring, place_of_part(part), text)
    part.updated_at = now
    part.save()
