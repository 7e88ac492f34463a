"""Tips: written by those who know, thanked for by those who read, taken away by their authors."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.community.actions import moderation
from viceversa.community.actions.writing import author_with_room, words, writing_member
from viceversa.community.messages.tip import TipThanked
from viceversa.community.models import Thank, Tip
from viceversa.community.permissions import check_coordinates, check_is_author, check_is_member
from viceversa.community.rules.limits import TIP
from viceversa.community.rules.texts import searchable
from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.people.models import Skill
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def write_tip(
    *, programme: Programme, stream: str, topic: Skill | None, text: str, by: Actor, now: datetime
) -> Tip:
    member = writing_member(by, programme)
    if stream not in member.streams:
        raise Refused(
            _("Advisers write tips and tricks; learners and sponsors write how things work here."),
            code="stream",
        )
    text = words(text, most=TIP.letters)
    tip = Tip.objects.create(
        programme=programme,
        author=author_with_room(by, TIP, Tip.objects.all(), now=now),
        stream=stream,
        topic=topic,
        text=text,
        search=searchable(text, topic.name if topic else ""),
        written_at=now,
    )
    record(by=by, verb="community.tip.written", target=tip, detail={"stream": stream}, now=now)
    return tip


@transaction.atomic
def thank_for_tip(*, tip: Tip, by: Actor, now: datetime) -> None:
    """Once; whoever thanks again takes nothing away and tells nobody twice."""
    check_is_member(by, tip.programme)
    if tip.author_id == by.person_id:
        raise Refused(_("This one is yours. Somebody else can thank you."), code="own")
    if tip.hidden_at is not None:
        raise Refused(_("This tip is hidden."), code="hidden")
    values = {"tip": tip, "person_id": by.person_id}
    _thank, is_new = Thank.objects.get_or_create(**values, defaults={"thanked_at": now})
    if is_new:
        record(by=by, verb="community.tip.thanked", target=tip, now=now)
        notify(to=[tip.author], message=TipThanked(tip=tip, name=by.label), now=now)


@transaction.atomic
def remove_tip(*, tip: Tip, by: Actor, now: datetime) -> None:
    """For good, with the thanks for it."""
    check_is_author(by, tip)
    record(by=by, verb="community.tip.removed", target=tip, now=now)
    tip.delete()


@transaction.atomic
def hide_tip(*, tip: Tip, reason: str, by: Actor, now: datetime) -> None:
    check_coordinates(by, tip.programme)
    moderation.hide(tip, reason=reason, path=_page(tip), by=by, now=now)


@transaction.atomic
def show_tip_again(*, tip: Tip, by: Actor, now: datetime) -> None:
    check_coordinates(by, tip.programme)
    moderation.show_again(tip, path=_page(tip), by=by, now=now)


def _page(tip: Tip) -> str:
    return reverse("community:tips", args=[tip.programme.slug])
