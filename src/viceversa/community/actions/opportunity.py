"""Opportunities: posted until a day, answered in private, and what came of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.community.actions import moderation
from viceversa.community.actions.writing import author_with_room, words, writing_member
from viceversa.community.messages.opportunity import (
    InterestShown,
    OpportunityClosed,
    OutcomeSaid,
)
from viceversa.community.models import Interest, Opportunity
from viceversa.community.permissions import check_coordinates, check_is_author, check_is_member
from viceversa.community.rules.limits import INTEREST, LONGEST_TITLE, OPPORTUNITY
from viceversa.community.rules.opportunity import is_open, wrong_with_end
from viceversa.community.rules.texts import tidy
from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

Outcome = Interest.Outcome


@dataclass(frozen=True)
class Post:
    kind: str
    title: str
    text: str
    ends_on: date


@transaction.atomic
def post_opportunity(*, programme: Programme, post: Post, by: Actor, now: datetime) -> Opportunity:
    writing_member(by, programme)
    if post.kind not in Opportunity.Kind.values or wrong_with_end(post.ends_on, today=now.date()):
        raise Refused(_("Say what it is, and a last day within a year from today."), code="end")
    opportunity = Opportunity.objects.create(
        programme=programme,
        author=author_with_room(by, OPPORTUNITY, Opportunity.objects.all(), now=now),
        kind=post.kind,
        title=words(post.title, most=LONGEST_TITLE),
        text=words(post.text, most=OPPORTUNITY.letters),
        ends_on=post.ends_on,
        written_at=now,
    )
    detail = {"kind": post.kind}
    record(by=by, verb="community.opportunity.posted", target=opportunity, detail=detail, now=now)
    return opportunity


@transaction.atomic
def close_opportunity(*, opportunity: Opportunity, by: Actor, now: datetime) -> None:
    """Before its last day; those who wait for an answer learn that it is closed."""
    check_is_author(by, opportunity)
    opportunity = _locked(opportunity)
    if opportunity.closed_at is not None:
        raise Refused(_("It is closed already."), code="closed")
    opportunity.closed_at = now
    opportunity.save(update_fields=["closed_at"])
    record(by=by, verb="community.opportunity.closed", target=opportunity, now=now)
    waiting = opportunity.interests.filter(outcome=Outcome.OPEN).select_related("person")
    message = OpportunityClosed(opportunity=opportunity)
    notify(to=[one.person for one in waiting], message=message, now=now)


@transaction.atomic
def show_interest(*, opportunity: Opportunity, note: str, by: Actor, now: datetime) -> Interest:
    member = check_is_member(by, opportunity.programme)
    if not member.is_adviser:
        raise NotAllowed(_("These are open to the advisers of this programme."))
    opportunity = _locked(opportunity)
    _check_takes_interest(opportunity, by, now=now)
    person = author_with_room(
        by, INTEREST, Interest.objects.all(), now=now, who="person", at="shown_at"
    )
    note = words(note, most=INTEREST.letters) if tidy(note) else ""
    interest, is_new = Interest.objects.get_or_create(
        opportunity=opportunity, person=person, defaults={"note": note, "shown_at": now}
    )
    if is_new:
        record(by=by, verb="community.interest.shown", target=opportunity, now=now)
        message = InterestShown(opportunity=opportunity, name=person.name)
        notify(to=[opportunity.author], message=message, now=now)
    return interest


def _check_takes_interest(opportunity: Opportunity, by: Actor, *, now: datetime) -> None:
    closed = opportunity.closed_at is not None
    if opportunity.author_id == by.person_id:
        raise Refused(_("You posted this one yourself."), code="own")
    if opportunity.hidden_at is not None or not is_open(
        ends_on=opportunity.ends_on, is_closed=closed, today=now.date()
    ):
        raise Refused(_("It is closed. Others are on the board."), code="closed")


@transaction.atomic
def take_interest_back(*, opportunity: Opportunity, by: Actor, now: datetime) -> None:
    """As long as nothing came of it."""
    own = Interest.objects.select_for_update().filter(
        opportunity=opportunity, person_id=by.person_id or 0, outcome=Outcome.OPEN
    )
    if not own.delete()[0]:
        raise Refused(_("There is nothing to take back."), code="nothing")
    record(by=by, verb="community.interest.taken_back", target=opportunity, now=now)


@transaction.atomic
def say_outcome(
    *, opportunity: Opportunity, person: Person, outcome: str, by: Actor, now: datetime
) -> None:
    """What came of somebody's interest, said by whoever posted it; it can be corrected."""
    check_is_author(by, opportunity)
    interest = (
        Interest.objects.select_for_update(of=("self",))
        .filter(opportunity=opportunity, person=person)
        .first()
    )
    if interest is None or outcome not in Outcome.values or not outcome:
        raise Refused(_("Say whether they took part. They may have taken back."), code="outcome")
    if interest.outcome == outcome:
        return
    interest.outcome, interest.outcome_at = outcome, now
    interest.save(update_fields=["outcome", "outcome_at"])
    detail = {"outcome": outcome}
    record(by=by, verb="community.interest.outcome", target=opportunity, detail=detail, now=now)
    message = OutcomeSaid(opportunity=opportunity, taken_part=outcome == Outcome.TAKEN_PART)
    notify(to=[person], message=message, now=now)


@transaction.atomic
def hide_opportunity(*, opportunity: Opportunity, reason: str, by: Actor, now: datetime) -> None:
    check_coordinates(by, opportunity.programme)
    moderation.hide(opportunity, reason=reason, path=_page(opportunity), by=by, now=now)


@transaction.atomic
def show_opportunity_again(*, opportunity: Opportunity, by: Actor, now: datetime) -> None:
    check_coordinates(by, opportunity.programme)
    moderation.show_again(opportunity, path=_page(opportunity), by=by, now=now)


def _page(opportunity: Opportunity) -> str:
    return reverse("community:opportunity", args=[opportunity.programme.slug, opportunity.key])


def _locked(opportunity: Opportunity) -> Opportunity:
    rows = Opportunity.objects.select_for_update(of=("self",))
    return rows.select_related("author", "programme").get(pk=opportunity.pk)
