"""Taking something out of sight, for a reason that its author reads."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from viceversa.community.actions.writing import words
from viceversa.community.messages.moderation import Hidden, ShownAgain
from viceversa.community.models.written import Written
from viceversa.community.rules.limits import LONGEST_REASON
from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

FIELDS = ["hidden_at", "hidden_by", "hidden_reason"]


def hide(written: Written, *, reason: str, path: str, by: Actor, now: datetime) -> None:
    """The caller has checked that `by` may."""
    written = _locked(written)
    if written.hidden_at is not None:
        raise Refused(_("It is hidden already."), code="hidden")
    reason = words(reason, most=LONGEST_REASON)
    written.hidden_at, written.hidden_by_id, written.hidden_reason = now, by.person_id, reason
    written.save(update_fields=FIELDS)
    record(by=by, verb=_verb(written, "hidden"), target=written, now=now)
    message = Hidden(what=_what(written), reason=reason, where=path)
    notify(to=[written.author], message=message, now=now)


def show_again(written: Written, *, path: str, by: Actor, now: datetime) -> None:
    written = _locked(written)
    if written.hidden_at is None:
        raise Refused(_("It is not hidden."), code="shown")
    written.hidden_at, written.hidden_by, written.hidden_reason = None, None, ""
    written.save(update_fields=FIELDS)
    record(by=by, verb=_verb(written, "shown_again"), target=written, now=now)
    notify(to=[written.author], message=ShownAgain(what=_what(written), where=path), now=now)


def _locked(written: Written) -> Written:
    rows: Any = type(written)._default_manager
    found: Written = (
        rows.select_for_update(of=("self",)).select_related("author").get(pk=written.pk)
    )
    return found


def _verb(written: Written, what: str) -> str:
    return f"community.{written._meta.model_name}.{what}"


def _what(written: Written) -> str:
    return str(written._meta.verbose_name)
