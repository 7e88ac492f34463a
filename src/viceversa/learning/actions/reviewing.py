"""From a draft to a published pack: asking somebody to check it, the answer, and publishing."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.learning.actions.credit import check_review_by
from viceversa.learning.actions.pack import open_pack
from viceversa.learning.messages import CheckAnswered, CheckAsked
from viceversa.learning.models import Pack
from viceversa.learning.permissions import check_can_keep, check_can_review
from viceversa.learning.queries.packs import possible_reviewers
from viceversa.learning.rules import packs as rules
from viceversa.learning.rules.keeping import EXPIRED, freshness
from viceversa.notifications.actions import notify
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def ask_for_check(*, pack: Pack, reviewer: Person, by: Actor, now: datetime) -> Pack:
    """Somebody who knows the subject, and is not the one who looks after the pack."""
    check_can_keep(by)
    pack = open_pack(pack)
    if not pack.plans.exists():
        raise Refused(_("Write a plan first, so that there is something to check."), code="plans")
    _check_reviewer(pack, reviewer, by)
    if pack.state == Pack.State.PUBLISHED:
        raise Refused(_read_again(pack), code="state")
    pack.state, pack.reviewer, pack.note = Pack.State.IN_REVIEW, reviewer, ""
    pack.save()
    record(by=by, verb="learning.pack.check_asked", target=pack, now=now)
    notify(to=[reviewer], message=CheckAsked(text=pack, asker=by.label), now=now)
    return pack


def _read_again(pack: Pack) -> str:
    if pack.is_risky:
        return _(
            "It is published, and whoever checked it reads it again. To ask somebody else, retire "
            "it and bring it back."
        )
    return _("It is published. Say on its page that you read it again.")


def _check_reviewer(pack: Pack, reviewer: Person, by: Actor) -> None:
    if reviewer.pk == by.person_id:
        raise Refused(_("Somebody else than you checks it."), code="self")
    if reviewer not in possible_reviewers(pack):
        sentence = (
            _("%(name)s does not offer its topic as an expert. A risky subject needs one.")
            if pack.is_risky
            else _("%(name)s does not offer its topic as strong or expert.")
        )
        raise Refused(sentence % {"name": reviewer.name}, code="not_expert")


@transaction.atomic
def answer_check(
    *, pack: Pack, is_right: bool, note: str, review_by: date, by: Actor, now: datetime
) -> Pack:
    """Right: it may be published. Not yet: it goes back, with what should change."""
    pack = Pack.objects.select_for_update().get(pk=pack.pk)
    check_can_review(by, pack)
    if pack.state != Pack.State.IN_REVIEW:
        raise Refused(_("This pack waits for no check."), code="state")
    if not is_right and not note.strip():
        raise Refused(_("Say what should change, in a sentence or two."), code="note")
    if is_right:
        check_review_by(review_by, now.date())
        pack.state, pack.reviewed_on, pack.review_by = Pack.State.CHECKED, now.date(), review_by
    else:
        pack.state = Pack.State.DRAFT
    pack.note = note.strip()
    pack.save()
    detail = {"is_right": is_right}
    record(by=by, verb="learning.pack.check_answered", target=pack, detail=detail, now=now)
    if pack.owner is not None:
        notify(to=[pack.owner], message=CheckAnswered(text=pack, is_right=is_right), now=now)
    return pack


@transaction.atomic
def publish_pack(*, pack: Pack, by: Actor, now: datetime) -> Pack:
    """A subject without risk may be published by those who keep the library; they read it first."""
    check_can_keep(by)
    pack = open_pack(pack)
    code = rules.why_not_published(
        pack.state,
        is_risky=pack.is_risky,
        plans=pack.plans.count(),
        is_expired=freshness(pack.review_by, now.date()) == EXPIRED,
        has_credit=bool(pack.sources.strip()),
    )
    if code is not None:
        raise Refused(_why_not(code), code=code)
    if pack.reviewed_on is None:
        pack.reviewer, pack.reviewed_on = _reader(by), now.date()
    pack.state = Pack.State.PUBLISHED
    pack.save()
    record(by=by, verb="learning.pack.published", target=pack, now=now)
    return pack


def _reader(by: Actor) -> Person | None:
    return Person.objects.filter(pk=by.person_id or 0).first()


def _why_not(code: str) -> str:
    return {
        "state": _("Only a pack that is on its way can be published."),
        "plans": _("Write a plan for at least one level first."),
        "credit": _("Name its sources first: where do the facts come from?"),
        "expired": _("The day of its next review is over. Choose a later one first."),
        "expert": _("This subject is risky: an expert checks it before it is published."),
    }[code]


@transaction.atomic
def review_pack(*, pack: Pack, review_by: date, by: Actor, now: datetime) -> Pack:
    """Somebody read a published pack again and it is still right. A risky one: its expert."""
    if pack.is_risky:
        check_can_review(by, pack)
    else:
        check_can_keep(by)
    pack = open_pack(pack)
    if pack.state != Pack.State.PUBLISHED:
        raise Refused(_("Only a published pack is read again. This one is not."), code="state")
    check_review_by(review_by, now.date())
    pack.reviewed_on, pack.review_by, pack.reviewer = now.date(), review_by, _reader(by)
    pack.save()
    detail = {"review_by": review_by}
    record(by=by, verb="learning.pack.reviewed", target=pack, detail=detail, now=now)
    return pack


@transaction.atomic
def retire_pack(*, pack: Pack, by: Actor, now: datetime) -> Pack:
    check_can_keep(by)
    pack = open_pack(pack)
    pack.state = Pack.State.RETIRED
    pack.save()
    record(by=by, verb="learning.pack.retired", target=pack, now=now)
    return pack


@transaction.atomic
def restore_pack(*, pack: Pack, by: Actor, now: datetime) -> Pack:
    """As a draft: what was laid aside is looked at before it is used again."""
    check_can_keep(by)
    pack = Pack.objects.select_for_update().get(pk=pack.pk)
    if pack.state != Pack.State.RETIRED:
        raise Refused(_("It is not retired."), code="state")
    pack.state, pack.reviewer, pack.reviewed_on = Pack.State.DRAFT, None, None
    pack.save()
    record(by=by, verb="learning.pack.restored", target=pack, now=now)
    return pack
