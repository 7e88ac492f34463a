"""Versions of the agreement: a change is a new one, and a signature is for exactly one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.moving import move
from viceversa.partnerships.actions.telling import tell_both
from viceversa.partnerships.messages import (
    AgreementHolds,
    AgreementToSign,
    ConfidentialityRaised,
    DraftSetAside,
    PartnerSigned,
)
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.permissions import check_holds_key, check_is_member
from viceversa.partnerships.queries.agreement import (
    current_terms,
    draft_of,
    newest_of,
    place_of,
    signed_of,
    terms_of,
)
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.partnerships.rules import agreement as rules
from viceversa.partnerships.rules.lifecycle import may
from viceversa.partnerships.rules.terms import (
    REPLIES,
    STRICTEST_FIRST,
    Terms,
    as_text,
    changed,
    changed_names,
    is_stricter,
)
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

State = Agreement.State


@transaction.atomic
def change_terms(
    *, partnership: Partnership, seen: int, changes: Mapping[str, Any], by: Actor, now: datetime
) -> Agreement:
    """A new draft out of the version that was seen. Whatever was signed holds until both sign."""
    partnership = locked(partnership)
    side = check_is_member(by, partnership)
    if any(not rules.may_be_written_by(name, side) for name in changes):
        raise NotAllowed(_("This part of the agreement is your partner's to write."))
    _check_signing(partnership)
    seat = _seat(by, partnership)
    _check_newest(partnership, seen)
    before = current_terms(seat)
    terms = changed(before, _with_replies(before, changes))
    names = changed_names(before, terms)
    if not names:
        raise Refused(_("Nothing is different, so there is nothing new to sign."), code="same")
    draft = write_version(seat, terms, now=now)
    detail = {"version": draft.version, "changes": len(names)}
    record(by=by, verb="partnerships.changed_terms", target=partnership, detail=detail, now=now)
    told = AgreementToSign(partnership=partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=told, now=now)
    return draft


@transaction.atomic
def sign_agreement(
    *, partnership: Partnership, version: int, commits: bool, by: Actor, now: datetime
) -> Agreement:
    """For exactly this version. By signing, the learner also commits to their own progress."""
    partnership = locked(partnership)
    side = check_is_member(by, partnership)
    _check_signing(partnership)
    seat = _seat(by, partnership)
    draft = _draft(partnership, version)
    if draft.signed_at(side) is not None:
        raise Refused(_("You have already signed this version."), code="already_signed")
    terms = terms_of(seat, draft)
    _check_complete(terms, side=side, commits=commits)
    setattr(draft, f"{side}_signed_at", now)
    _copy_facts(draft, terms)
    detail = {"version": version, "side": side}
    record(by=by, verb="partnerships.signed", target=partnership, detail=detail, now=now)
    if draft.in_force_at is None:
        draft.save()
        told = PartnerSigned(partnership=partnership, partner=seat.me.name)
        notify(to=[seat.partner], message=told, now=now)
        return draft
    return _put_in_force(partnership, draft, by=by, now=now)


@transaction.atomic
def set_draft_aside(*, partnership: Partnership, version: int, by: Actor, now: datetime) -> None:
    """What both signed before holds on."""
    partnership = locked(partnership)
    check_is_member(by, partnership)
    _check_signing(partnership)
    seat = _seat(by, partnership)
    draft = _draft(partnership, version)
    if signed_of(partnership) is None:
        raise Refused(_("This is your first agreement. Change it instead."), code="first")
    draft.state = State.DROPPED
    draft.save(update_fields=["state"])
    detail = {"version": version}
    record(by=by, verb="partnerships.draft_set_aside", target=partnership, detail=detail, now=now)
    told = DraftSetAside(partnership=partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=told, now=now)


@transaction.atomic
def raise_confidentiality(
    *, partnership: Partnership, level: str, by: Actor, now: datetime
) -> Agreement:
    """One of the two is enough, and it holds at once. Lowering is a change that both sign."""
    partnership = locked(partnership)
    check_is_member(by, partnership)
    seat = _seat(by, partnership)
    agreement = signed_of(partnership)
    if agreement is None:
        raise Refused(_("There is no signed agreement yet."), code="unsigned")
    if level not in STRICTEST_FIRST or not is_stricter(level, agreement.level):
        raise Refused(
            _(
                "One of you alone can only raise it. To lower it, change the agreement; then both "
                "sign."
            ),
            code="not_stricter",
        )
    agreement.raised_to, agreement.raised_at = level, now
    agreement.save(update_fields=["raised_to", "raised_at"])
    detail = {"level": level}
    record(
        by=by,
        verb="partnerships.confidentiality_raised",
        target=partnership,
        detail=detail,
        now=now,
    )
    told = ConfidentialityRaised(partnership=partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=told, now=now)
    return agreement


def write_version(seat: Seat, terms: Terms, *, now: datetime) -> Agreement:
    """The next number; a draft before it is dropped and stays readable."""
    partnership = seat.partnership
    newest = newest_of(partnership)
    Agreement.objects.filter(partnership=partnership, state=State.DRAFT).update(state=State.DROPPED)
    draft = Agreement(
        partnership=partnership,
        version=newest.version + 1 if newest else 1,
        author=seat.me,
        created_at=now,
    )
    _copy_facts(draft, terms)
    draft.sealed = seat.keys.seal(seat.ring, place_of(draft), as_text(terms))
    draft.save()
    return draft


def _copy_facts(draft: Agreement, terms: Terms) -> None:
    draft.confidentiality = terms.confidentiality
    draft.every_days, draft.minutes = terms.every_days, terms.minutes
    draft.ends_on = terms.ends_on


def _put_in_force(
    partnership: Partnership, draft: Agreement, *, by: Actor, now: datetime
) -> Agreement:
    Agreement.objects.filter(partnership=partnership, state=State.SIGNED).update(
        state=State.REPLACED
    )
    draft.state = State.SIGNED
    draft.save()
    if may("start", partnership.state):
        partnership.started_at = partnership.started_at or now
        active = Partnership.State.ACTIVE
        move(partnership, active, verb="partnerships.started", by=by, now=now)
    tell_both(partnership, AgreementHolds(partnership=partnership), now=now)
    return draft


def _check_signing(partnership: Partnership) -> None:
    if partnership.state not in rules.SIGNING:
        raise Refused(
            _("This partnership is %(state)s, so the agreement cannot be changed or signed now.")
            % {"state": partnership.get_state_display().lower()},
            code="not_now",
        )


def _seat(by: Actor, partnership: Partnership) -> Seat:
    seat = seat_at(by, partnership)
    check_holds_key(seat)
    return seat


def _draft(partnership: Partnership, version: int) -> Agreement:
    draft = draft_of(partnership)
    if draft is None or draft.version != version:
        _check_newest(partnership, version)
        raise Refused(_("There is nothing to sign now."), code="nothing_to_sign")
    return draft


def _check_newest(partnership: Partnership, seen: int) -> None:
    current = draft_of(partnership) or signed_of(partnership)
    if current is None or current.version != seen:
        raise Refused(
            _("The agreement was changed in between. Read what is different first."), code="changed"
        )


def _with_replies(before: Terms, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Replies belong to the outcomes that stand in the version."""
    values = dict(changes)
    replies = values.pop("replies", None)
    if replies is not None:
        if len(replies) != len(before.outcomes):
            raise Refused(_("Say for each one how far you can help."), code="replies_open")
        values["outcomes"] = tuple(
            replace(outcome, reply=reply["reply"], words=reply["words"])
            for outcome, reply in zip(before.outcomes, replies, strict=True)
        )
    return values


def _check_complete(terms: Terms, *, side: str, commits: bool) -> None:
    if not terms.has_purpose:
        raise Refused(
            _("The aims and what the learner wants to reach are missing."), code="purpose"
        )
    if not terms.permission.is_given:
        raise Refused(_("The learner's leave in their own words is missing."), code="permission")
    if terms.confidentiality not in STRICTEST_FIRST:
        raise Refused(_("The level of confidentiality is missing."), code="confidentiality")
    if any(outcome.reply not in REPLIES for outcome in terms.outcomes):
        raise Refused(_("The adviser has not replied to everything yet."), code="replies_open")
    if side == rules.LEARNER and not commits:
        raise Refused(_("Commit to your own progress first: tick the line."), code="no_commitment")
