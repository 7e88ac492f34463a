"""Agreements in any of their stages, sealed as the product seals them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.factories.accounts import actor_for_person
from tests.factories.partnerships import MADE_AT
from viceversa.partnerships.actions.agreement import (
    answer_step,
    hand_in,
    put_agreement_together,
    reply_to_outcomes,
)
from viceversa.partnerships.actions.signing import sign_agreement, write_version
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.partnerships.rules.agreement import STEPS
from viceversa.partnerships.rules.terms import Outcome, Permission, Terms

LEAVE = {
    "directive": True,
    "interrupt": True,
    "disagree": True,
    "homework": False,
    "words": "Stop me when I lecture.",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "you": {"background": "Twenty years in sales.", "expects": "Be on time.", "implied": ""},
    "aims": {"aims": "Understand short video.", "outcomes": ["Judge a film"], "engagement": "long"},
    "leave": LEAVE,
    "trust": {"confidentiality": "goals", "comfort": "", "off_limits": "", "political": ""},
    "meet": {
        "every_days": 7,
        "minutes": 30,
        "channel": "video",
        "place": "Online",
        "ends_on": "2026-09-30",
    },
    "back": {"return_stream": "A seat at the board's rehearsal.", "how_we_end": ""},
}
TERMS = Terms(
    learner_background="Twenty years in sales.",
    adviser_background="A year in support.",
    learner_aims="Understand short video.",
    adviser_aims="See how decisions are made.",
    outcomes=(Outcome("Judge a film", "can", "I make them."),),
    permission=Permission(**LEAVE),
    confidentiality="goals",
    ends_on=date(2026, 9, 30),
)


def seat_of(partnership: Partnership, side: str) -> Seat:
    partnership = Partnership.objects.select_related(
        "programme", "learner__person", "adviser__person", "ring"
    ).get(pk=partnership.pk)
    return seat_at(actor_for_person(partnership.person_on(side)), partnership)


def answers_for(side: str, **changed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Step → what this side says there."""
    said = {step: dict(ANSWERS[step]) for step in STEPS[side]}
    if side == "adviser":
        del said["aims"]["outcomes"], said["trust"]["comfort"], said["trust"]["off_limits"]
    return {step: {**fields, **changed.get(step, {})} for step, fields in said.items()}


def answer(
    partnership: Partnership, side: str, *, now: datetime = MADE_AT, **changed: dict[str, Any]
) -> None:
    """All steps of one side, and handed in."""
    by = actor_for_person(partnership.person_on(side))
    for step, answers in answers_for(side, **changed).items():
        answer_step(partnership=partnership, step=step, answers=answers, by=by, now=now)
    hand_in(partnership=partnership, by=by, now=now)


def make_draft(partnership: Partnership, *, now: datetime = MADE_AT) -> Agreement:
    """By way of both sides' answers and the adviser's replies."""
    answer(partnership, "learner", now=now)
    answer(partnership, "adviser", now=now)
    adviser = actor_for_person(partnership.adviser.person)
    replies = [{"reply": "can", "words": "I make them."}]
    reply_to_outcomes(partnership=partnership, replies=replies, by=adviser, now=now)
    return put_agreement_together(partnership=partnership, by=adviser, now=now)


def make_agreement(
    partnership: Partnership,
    *,
    side: str = "learner",
    signed: bool = True,
    now: datetime = MADE_AT,
    **terms: Any,
) -> Agreement:
    """A draft by one side at once, signed by both unless the test says otherwise."""
    draft = write_version(seat_of(partnership, side), replace(TERMS, **terms), now=now)
    if signed:
        for one in ("learner", "adviser"):
            by = actor_for_person(partnership.person_on(one))
            draft = sign_agreement(
                partnership=partnership, version=draft.version, commits=True, by=by, now=now
            )
    return draft
