"""Opening a pulse and answering it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.programmes.models import Programme
from viceversa.safeguarding.messages import PulseOpened
from viceversa.safeguarding.models import Ballot, Invitation, Slip, Wave
from viceversa.safeguarding.permissions import check_can_open_pulse
from viceversa.safeguarding.queries.pulse import (
    Asked,
    about_slip,
    last_opened_on,
    numbered,
    own_slip,
    roster,
)
from viceversa.safeguarding.rules import ballot as ballots
from viceversa.safeguarding.rules import slip as slips
from viceversa.safeguarding.rules import timing
from viceversa.safeguarding.rules.groups import NOT_SAID
from viceversa.safeguarding.rules.questions import is_complete
from viceversa.safeguarding.rules.release import QUORUM
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault import store
from viceversa.vault.actions.user_key import keys_for
from viceversa.vault.models import UserKey
from viceversa.vault.rules import keys


def about_wave(key: str) -> str:
    """What the wave's own key and its ballots are bound to."""
    return f"viceversa pulse {key}"


@transaction.atomic
def open_pulse(
    *,
    programme: Programme,
    questions: Sequence[str],
    breakdowns: Sequence[str],
    k: int,
    audience: str,
    closes_on: date,
    by: Actor,
    now: datetime,
) -> Wave:
    """From here on nothing of it can be changed: what people were told holds until the close."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    check_can_open_pulse(by, programme)
    _check_may_open(programme, closes_on, now.date())
    asked = roster(programme, breakdowns, today=now.date())
    if len(asked) < max(QUORUM, k):
        raise Refused(
            _("%(n)s people are in a partnership now; a pulse needs %(least)s to protect anybody.")
            % {"n": len(asked), "least": max(QUORUM, k)},
            code="too_few",
        )
    wave = _new_wave(
        programme=programme,
        questions=list(questions),
        breakdowns=list(breakdowns),
        k=k,
        audience=audience,
        closes_on=closes_on,
        opened_on=now.date(),
        asked=len(asked),
    )
    _hand_out(wave, asked, now=now)
    detail = {"asked": len(asked), "k": k, "questions": list(questions)}
    record(by=by, verb="safeguarding.pulse_opened", target=wave, detail=detail, now=now)
    notify(to=[one.person for one in asked], message=PulseOpened(wave=wave), now=now)
    return wave


def _check_may_open(programme: Programme, closes_on: date, today: date) -> None:
    if Wave.objects.filter(programme=programme, state=Wave.State.OPEN).exists():
        raise Refused(_("A pulse is open already. Let it close first."), code="open")
    first = timing.next_possible(last_opened_on(programme), today)
    if first > today:
        raise Refused(
            _("Pulses that follow each other closely give people away. Wait until %(day)s.")
            % {"day": date_format(first, "j F Y")},
            code="too_early",
        )
    if timing.closing_problem(closes_on, today):
        raise Refused(_("Choose a last day from 3 to 42 days ahead."), code="closing")


def _new_wave(**fields: object) -> Wave:
    private, public = keys.new_pair()
    wave = Wave(**fields, public=public)
    wave.number = Wave.objects.filter(programme=wave.programme).count() + 1
    wave.locked, wave.lock_parameters = keys.lock(
        private, keys.STORE, store.secret(), owner=about_wave(wave.key)
    )
    wave.save(force_insert=True)
    return wave


def _hand_out(wave: Wave, asked: Sequence[Asked], *, now: datetime) -> None:
    """A slip for each, sealed to them. The counterparts get numbers that mean nothing outside."""
    people = {pk for one in asked for pk in (one.person.pk, *one.counterparts)}
    numbers = {pk: secrets.randbelow(2**31) for pk in people}
    known = keys_for({one.person.pk for one in asked}, now=now)
    invitations, stubs = [], []
    for one in asked:
        slip = slips.new_slip(one.groups, numbered(one.counterparts, numbers))
        invitations.append(_invitation(wave, known[one.person.pk], slip))
        stubs.append(Slip(wave=wave, digest=slip.digest))
    secrets.SystemRandom().shuffle(stubs)
    Invitation.objects.bulk_create(invitations, batch_size=500)
    Slip.objects.bulk_create(stubs, batch_size=500)


def _invitation(wave: Wave, key: UserKey, slip: slips.Slip) -> Invitation:
    about = about_slip(wave, key.person_id, key.generation)
    return Invitation(
        wave=wave,
        person_id=key.person_id,
        generation=key.generation,
        sealed=keys.wrap(slips.written(slip), bytes(key.public), about=about),
    )


@transaction.atomic
def answer_pulse(
    *,
    wave: Wave,
    answers: Sequence[str],
    counted: Mapping[str, str],
    comment: str,
    by: Actor,
    now: datetime,
) -> None:
    """The slip goes and the answer comes in one transaction, with nothing that ties them. It is
    not recorded and nobody is told: that would say who answered."""
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    own = own_slip(by, wave)
    if own is None:
        raise NotAllowed(_("Only those who were asked can answer this pulse."))
    if own.slip is None:
        raise Refused(_("Your key has changed since, so your slip opens no more."), code="no_key")
    if not wave.is_open or timing.is_over(wave.closes_on, now.date()):
        raise Refused(_("This pulse is closed."), code="closed")
    if not is_complete(wave.questions, list(answers)):
        raise Refused(_("Answer each question; “cannot tell” is an answer."), code="incomplete")
    used, _rows = Slip.objects.filter(wave=wave, digest=own.slip.digest).delete()
    if not used:
        raise Refused(_("Your slip is used. An answer cannot be changed."), code="used")
    ballot = ballots.Ballot(
        answers=tuple(answers),
        cells=frozenset().union(
            *(group.cells(counted.get(group.breakdown, NOT_SAID)) for group in own.slip.groups)
        ),
        counterparts=own.slip.counterparts,
        comment=comment.strip(),
    )
    Ballot.objects.create(wave=wave, sealed=_sealed(wave, ballot))


def _sealed(wave: Wave, ballot: ballots.Ballot) -> bytes:
    try:
        text = ballots.written(ballot)
    except ValueError:
        raise Refused(_("The comment is too long. Make it shorter."), code="too_long") from None
    return keys.wrap(text, bytes(wave.public), about=about_wave(wave.key))
