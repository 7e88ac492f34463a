"""Themes: kept by coordinators, sent by people who take part, passed on without names, answered by
their owner in public."""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.insights.messages import ThemePassedOn
from viceversa.insights.models import Passing, Theme, Voice
from viceversa.insights.permissions import check_can_answer, check_can_send
from viceversa.insights.rules.theme import LEAST, MOST_WORDS, band_of, is_due
from viceversa.notifications.actions import notify
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.programmes.queries import coordinators_of
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.vault import store
from viceversa.vault.rules.envelope import SEALED, Place, open_, seal

MOST_THEMES = 12
VERSION = 1


@transaction.atomic
def add_theme(
    *,
    programme: Programme,
    name: str,
    owner: Person | None,
    function: str,
    by: Actor,
    now: datetime,
) -> Theme:
    check_can_coordinate(by, programme)
    name, function = name.strip(), function.strip()
    if owner is None and not function:
        raise Refused(_("Say who can do something about it: a person or a function."), code="owner")
    mine = Theme.objects.filter(programme=programme)
    if mine.filter(retired_at=None).count() >= MOST_THEMES:
        raise Refused(_("Twelve themes are enough. Take one away first."), code="many")
    if mine.filter(name__iexact=name).exists():
        raise Refused(_("There was a theme of this name. Choose another name."), code="same")
    theme = Theme.objects.create(
        programme=programme, name=name, owner=owner, owner_function=function, created_at=now
    )
    record(by=by, verb="insights.theme.added", target=theme, now=now)
    return theme


@transaction.atomic
def retire_theme(*, theme: Theme, by: Actor, now: datetime) -> None:
    """Voices that wait are destroyed; answers stay in the history of the programme only."""
    check_can_coordinate(by, theme.programme)
    Theme.objects.filter(pk=theme.pk, retired_at=None).update(retired_at=now)
    Voice.objects.filter(theme=theme).delete()
    record(by=by, verb="insights.theme.retired", target=theme, now=now)


@transaction.atomic
def send_theme(*, theme: Theme, words: str, by: Actor) -> None:
    """Nothing is recorded and nobody is told: an entry in the history would name the sender, and a
    time would give them away. Sending again replaces the words."""
    check_can_send(by, theme.programme)
    words = words.strip()
    if len(words) > MOST_WORDS:
        raise Refused(_("Keep it under %(n)s characters.") % {"n": MOST_WORDS}, code="long")
    token = _token(theme, by.person_id or 0)
    Voice.objects.filter(theme=theme, token=token).delete()
    Voice.objects.create(theme=theme, token=token, sealed=_sealed(theme, words) if words else None)


@transaction.atomic
def pass_themes_on(*, by: Actor, now: datetime) -> int:
    """Each theme with enough voices, once a week at most; its voices are destroyed."""
    themes = Theme.objects.filter(retired_at=None).select_related("programme", "owner")
    return sum(_pass_on(theme, by=by, now=now) for theme in themes.select_for_update(of=("self",)))


@transaction.atomic
def answer_theme(*, passing: Passing, text: str, by: Actor, now: datetime) -> Passing:
    """Read by everybody in the programme. It can be said better later."""
    check_can_answer(by, passing.theme)
    text = text.strip()
    if not text:
        raise Refused(_("Say in a sentence what you do about it, or why nothing."), code="empty")
    passing.answer, passing.answered_at = text[:1000], passing.answered_at or now
    passing.save(update_fields=["answer", "answered_at"])
    record(by=by, verb="insights.theme.answered", target=passing.theme, now=now)
    return passing


def _pass_on(theme: Theme, *, by: Actor, now: datetime) -> bool:
    voices = list(Voice.objects.filter(theme=theme))
    last = Passing.objects.filter(theme=theme).order_by("-passed_at").first()
    if not is_due(len(voices), last.passed_at if last else None, now):
        return False
    words = [_opened(theme, bytes(one.sealed)) for one in voices if one.sealed]
    secrets.SystemRandom().shuffle(words)
    Passing.objects.create(theme=theme, people=band_of(len(voices)), words=words, passed_at=now)
    Voice.objects.filter(theme=theme).delete()
    to = [theme.owner] if theme.owner else list(coordinators_of(theme.programme))
    notify(to=to, message=ThemePassedOn(theme=theme), now=now)
    record(by=by, verb="insights.theme.passed_on", target=theme, detail={"least": LEAST}, now=now)
    return True


def _token(theme: Theme, person: int) -> str:
    """Tells the same person again, to nobody without the key store."""
    return hmac.new(_key(theme), f"voice of {person}".encode(), sha256).hexdigest()


def _key(theme: Theme) -> bytes:
    return hmac.new(store.secret(), f"theme {theme.key}".encode(), sha256).digest()


def _place(theme: Theme) -> Place:
    return Place(SEALED, "insights.voice.words", theme.key, 0)


def _sealed(theme: Theme, words: str) -> bytes:
    return seal(words, ring=theme.key, version=VERSION, key=_key(theme), place=_place(theme))


def _opened(theme: Theme, sealed: bytes) -> str:
    return open_(sealed, ring=theme.key, key=_key(theme), place=_place(theme))
