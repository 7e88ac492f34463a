"""One tap puts a small idea into the first half hour."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.meetings.actions.agenda import set_agenda
from viceversa.meetings.actions.preparation import prepare
from viceversa.meetings.actions.writing import writer_at
from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.content import HalfHour
from viceversa.meetings.queries.material import ground_of
from viceversa.meetings.queries.promises import today_at
from viceversa.meetings.rules import agenda as rules
from viceversa.meetings.rules.words import Preparing
from viceversa.partnerships.queries.ideas import ideas_for
from viceversa.partnerships.rules.ideas import Idea
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def take_up_idea(*, meeting: Meeting, code: str, by: Actor, now: datetime) -> Idea:
    """The learner owns the agenda: an idea goes straight into it. The adviser's goes into what the
    adviser prepares, and the agenda is drafted from that as long as the learner leaves it so."""
    half_hour = writer_at(by, meeting)
    found = {idea.code: idea for idea in ideas_for(half_hour.seat.partnership)}
    if not half_hour.is_first or code not in found:
        raise Refused(_("This idea is not on the list any more. Choose another."), code="gone")
    if half_hour.seat.is_learner:
        _into_agenda(half_hour, found[code].text, by=by, now=now)
    else:
        _into_preparation(half_hour, found[code].text, by=by, now=now)
    return found[code]


def _into_agenda(half_hour: HalfHour, line: str, *, by: Actor, now: datetime) -> None:
    ground = ground_of(half_hour, today=today_at(half_hour.seat, now))
    _check_opens(ground.agenda.is_shut)
    slots = rules.with_line(ground.slots, line)
    set_agenda(meeting=half_hour.meeting, slots=slots, by=by, now=now)


def _into_preparation(half_hour: HalfHour, line: str, *, by: Actor, now: datetime) -> None:
    mine = ground_of(half_hour, today=today_at(half_hour.seat, now)).mine
    _check_opens(mine.is_shut)
    words = mine.words or Preparing()
    if line in (words.hands_on, *words.ideas.splitlines()):
        return
    if words.hands_on:
        words = replace(words, ideas="\n".join(filter(None, (words.ideas, line))))
    else:
        words = replace(words, hands_on=line)
    prepare(meeting=half_hour.meeting, words=words, by=by, now=now)


def _check_opens(is_shut: bool) -> None:
    """What cannot be read is not written over."""
    if is_shut:
        raise Refused(_("What stands there is closed to you, so nothing is added."), code="shut")
