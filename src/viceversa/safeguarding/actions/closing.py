"""What happens to pulses by itself: one reminder to all, and the close."""

import secrets
from datetime import datetime

from django.db import transaction

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.people.models import Person
from viceversa.programmes.queries import coordinators_of, sponsors_of
from viceversa.safeguarding.actions.pulse import about_wave
from viceversa.safeguarding.messages import PulseClosed, PulseReminder
from viceversa.safeguarding.models import Ballot, Invitation, Slip, Wave
from viceversa.safeguarding.queries.pulse import people_asked
from viceversa.safeguarding.rules import ballot as ballots
from viceversa.safeguarding.rules import timing
from viceversa.safeguarding.rules.results import as_published, results_of
from viceversa.toolkit.actor import system
from viceversa.vault import store
from viceversa.vault.rules import keys


def tend_pulses(*, now: datetime) -> None:
    for key in Wave.objects.filter(state=Wave.State.OPEN).values_list("pk", flat=True):
        _tend(key, now=now)


@transaction.atomic
def _tend(pk: int, *, now: datetime) -> None:
    found = Wave.objects.select_for_update(of=("self",)).select_related("programme")
    wave = found.filter(pk=pk, state=Wave.State.OPEN).first()
    if wave is None:
        return
    if timing.is_over(wave.closes_on, now.date()):
        _close(wave, now=now)
    elif timing.reminds(wave.closes_on, now.date()) and not wave.is_reminded:
        wave.is_reminded = True
        wave.save(update_fields=["is_reminded"])
        notify(to=people_asked(wave), message=PulseReminder(wave=wave), now=now)


def _close(wave: Wave, *, now: datetime) -> None:
    """Opens, shuffles, writes and destroys: the key, the single answers, the slips, and who was
    asked where the results are not theirs to see."""
    results = results_of(
        _opened(wave),
        questions=len(wave.questions),
        k=wave.k,
        asked=wave.asked,
        chance=secrets.SystemRandom(),
    )
    wave.state = Wave.State.PUBLISHED if results else Wave.State.TOO_FEW
    wave.results = as_published(results) if results else None
    wave.locked, wave.lock_parameters = None, {}
    wave.save(update_fields=["state", "results", "locked", "lock_parameters"])
    told = _who_is_told(wave)
    Ballot.objects.filter(wave=wave).delete()
    Slip.objects.filter(wave=wave).delete()
    Invitation.objects.filter(wave=wave).update(sealed=b"")
    by = system("the close of a pulse", via="job")
    record(by=by, verb="safeguarding.pulse_closed", target=wave, now=now)
    notify(to=told, message=PulseClosed(wave=wave), now=now)


def _opened(wave: Wave) -> list[ballots.Ballot]:
    """In an order of chance."""
    about = about_wave(wave.key)
    locked = bytes(wave.locked or b"")
    private = keys.unlock(locked, keys.STORE, store.secret(), wave.lock_parameters, owner=about)
    sealed = list(Ballot.objects.filter(wave=wave).values_list("sealed", flat=True))
    secrets.SystemRandom().shuffle(sealed)
    return [ballots.read(keys.unwrap(bytes(each), private, about=about)) for each in sealed]


def _who_is_told(wave: Wave) -> list[Person]:
    people = {person.pk: person for person in coordinators_of(wave.programme)}
    people.update({person.pk: person for person in sponsors_of(wave.programme)})
    if wave.audience == Wave.Audience.ASKED or wave.state == Wave.State.TOO_FEW:
        people.update({person.pk: person for person in people_asked(wave)})
    return list(people.values())
