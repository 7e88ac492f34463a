"""How an agreement comes about, for programs: the questions, forms and rules of the pages."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.errors import ValidationError

from viceversa.partnerships.actions.agreement import (
    answer_step,
    hand_in,
    put_agreement_together,
    reply_to_outcomes,
)
from viceversa.partnerships.actions.signing import (
    change_terms,
    raise_confidentiality,
    set_draft_aside,
)
from viceversa.partnerships.api.agreement import AgreementStateOut, state_of
from viceversa.partnerships.forms.agreement_section import (
    REPLIES,
    changes_of,
    form_apart,
    form_together,
)
from viceversa.partnerships.models import Agreement
from viceversa.partnerships.permissions import check_holds_key
from viceversa.partnerships.queries.agreement import current_terms
from viceversa.partnerships.queries.agreement_page import overview_of
from viceversa.partnerships.queries.seat import Seat, seat_for
from viceversa.partnerships.rules import agreement as rules
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of

router = Router()
Value = str | int | bool | list[str] | None


class AnswersOut(Schema):
    """`theirs` is empty until both have handed in."""

    steps: list[str]
    needed: list[str]
    is_handed_in: bool
    mine: dict[str, Any]
    theirs: dict[str, Any]


class ReplyIn(Schema):
    reply: str = Field(pattern="^(can|partly|cannot)$")
    words: str = Field("", max_length=500)


class RepliesIn(Schema):
    """One for each outcome, in their order. `seen` is the version they change, if there is one."""

    replies: list[ReplyIn] = Field(max_length=20)
    seen: int | None = Field(None, ge=1, le=10_000_000)


class AnswerIn(Schema):
    values: dict[str, Value]


class ChangeIn(AnswerIn):
    """`seen` is the version that was read; fields that are not named stay as they are."""

    seen: int = Field(ge=1, le=10_000_000)


class VersionIn(Schema):
    version: int = Field(ge=1, le=10_000_000)


class LevelIn(Schema):
    level: Agreement.Confidentiality


@router.get("/partnerships/{key}/agreement/answers", response=AnswersOut)
def read_answers(request: HttpRequest, key: str) -> dict[str, Any]:
    """What one has answered apart, and the other's answers once both are in."""
    return _answers(_seat(request, key))


@router.put("/partnerships/{key}/agreement/answers/{step}", response=AnswersOut)
def answer_one(request: HttpRequest, key: str, step: str, answer: AnswerIn) -> dict[str, Any]:
    """Answer one step of one's own side. What is not named is empty."""
    seat = _seat(request, key)
    form = form_apart(seat, step, _typed(answer.values), today=clock.now().date())
    _check(form, answer.values)
    answer_step(
        partnership=seat.partnership,
        step=step,
        answers=form.answers(),
        by=actor_of(request),
        now=clock.now(),
    )
    return _answers(_seat(request, key))


@router.post("/partnerships/{key}/agreement/hand-in", response=AgreementStateOut)
def give(request: HttpRequest, key: str) -> dict[str, Any]:
    """Hand in one's answers. The other reads them once both are in."""
    seat = _seat(request, key)
    hand_in(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    return state_of(seat.partnership)


@router.put("/partnerships/{key}/agreement/replies", response=AgreementStateOut)
def reply(request: HttpRequest, key: str, values: RepliesIn) -> dict[str, Any]:
    """As the adviser, say how far one can help with each outcome."""
    seat, by, now = _seat(request, key), actor_of(request), clock.now()
    replies = [one.dict() for one in values.replies]
    if values.seen is None:
        reply_to_outcomes(partnership=seat.partnership, replies=replies, by=by, now=now)
    else:
        changes = {"replies": replies}
        change_terms(
            partnership=seat.partnership, seen=values.seen, changes=changes, by=by, now=now
        )
    return state_of(seat.partnership)


@router.post("/partnerships/{key}/agreement/together", response=AgreementStateOut)
def together(request: HttpRequest, key: str) -> dict[str, Any]:
    """One draft out of both sides' answers."""
    seat = _seat(request, key)
    put_agreement_together(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    return state_of(seat.partnership)


@router.patch("/partnerships/{key}/agreement/terms/{step}", response=AgreementStateOut)
def change(request: HttpRequest, key: str, step: str, change: ChangeIn) -> dict[str, Any]:
    """Change a section of the draft, or of what is signed: a new version, which both sign."""
    seat = _seat(request, key)
    if step == REPLIES:
        raise NotFound(_("Replies have an address of their own: PUT agreement/replies."))
    today = clock.now().date()
    terms = current_terms(seat)
    before = form_together(seat, step, terms, None, today=today)
    typed = _typed({**before.initial, **change.values})
    form = form_together(seat, step, terms, typed, today=today)
    _check(form, change.values)
    change_terms(
        partnership=seat.partnership,
        seen=change.seen,
        changes=changes_of(form, step, seat.side),
        by=actor_of(request),
        now=clock.now(),
    )
    return state_of(seat.partnership)


@router.post("/partnerships/{key}/agreement/set-aside", response=AgreementStateOut)
def aside(request: HttpRequest, key: str, draft: VersionIn) -> dict[str, Any]:
    """Set a change aside. What both signed before holds on."""
    seat = _seat(request, key)
    set_draft_aside(
        partnership=seat.partnership,
        version=draft.version,
        by=actor_of(request),
        now=clock.now(),
    )
    return state_of(seat.partnership)


@router.post("/partnerships/{key}/agreement/raise", response=AgreementStateOut)
def more_confidential(request: HttpRequest, key: str, values: LevelIn) -> dict[str, Any]:
    """Keep more between the two, at once and for what is past. One of them is enough."""
    seat = _seat(request, key)
    raise_confidentiality(
        partnership=seat.partnership, level=values.level, by=actor_of(request), now=clock.now()
    )
    return state_of(seat.partnership)


def _seat(request: HttpRequest, key: str) -> Seat:
    seat = seat_for(actor_of(request), key)
    check_holds_key(seat)
    return seat


def _answers(seat: Seat) -> dict[str, Any]:
    overview = overview_of(seat)
    return {
        "steps": rules.STEPS[seat.side],
        "needed": sorted(rules.NEEDED[seat.side]),
        "is_handed_in": overview.i_handed_in,
        "mine": overview.mine,
        "theirs": overview.theirs,
    }


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """As somebody would have typed it: several lines for a list."""
    return {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in values.items()
    }


def _check(form: forms.Form, values: Mapping[str, Any]) -> None:
    """Raises ValidationError, also for a field that is not there."""
    errors = [
        {
            "loc": ["body", name],
            "msg": f"There is no such field; there are {', '.join(form.fields)}.",
        }
        for name in values.keys() - form.fields.keys()
    ]
    errors += [
        {"loc": ["body", name], "msg": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]
    if errors:
        raise ValidationError(errors)
