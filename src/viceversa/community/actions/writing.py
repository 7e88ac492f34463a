"""What all writing for others has in common: a programme that is open, words of a length that
others read, and no flood."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viceversa.community.permissions import check_is_member
from viceversa.community.queries.member import Member
from viceversa.community.rules.limits import DAY, Limit
from viceversa.community.rules.texts import tidy
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


def writing_member(by: Actor, programme: Programme) -> Member:
    member = check_is_member(by, programme)
    if not member.is_open:
        raise Refused(
            _("This programme is not open for it. What was written stays as it is."), code="shut"
        )
    return member


def words(text: str, *, most: int) -> str:
    text = tidy(text)
    if not text or len(text) > most:
        raise Refused(
            _("Write between one and %(most)s characters.") % {"most": most}, code="length"
        )
    return text


def author_with_room(
    by: Actor,
    limit: Limit,
    written: QuerySet[Any],
    *,
    now: datetime,
    who: str = "author",
    at: str = "written_at",
) -> Person:
    """The author, locked, so that two windows cannot write past the limit together."""
    author = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.person_id or 0)
    recent = written.filter(**{who: author, f"{at}__gt": now - limit.span}).count()
    if not limit.has_room(recent):
        again = _("tomorrow") if limit.span >= DAY else _("in a while")
        raise Refused(
            _("You wrote %(n)s of these already. Leave room for others, and come back %(again)s.")
            % {"n": limit.most, "again": again},
            code="flood",
        )
    return author
