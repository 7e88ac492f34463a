"""What a person chooses: the pace of each kind, and the hours in which mails may come."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from viceversa.notifications.models import Gathered, Hours, Preference
from viceversa.notifications.permissions import check_has_inbox
from viceversa.notifications.queries import preferences_of, rhythm_of
from viceversa.notifications.rules import EMAIL, kinds_of_choice
from viceversa.notifications.rules.rhythm import GATHERED, Rhythm, next_digest
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor


@transaction.atomic
def set_preferences(*, paces: Mapping[str, str], by: Actor) -> int:
    """Keeps the choices that differ from what was said, or from the usual, and counts them."""
    person_id = check_has_inbox(by)
    before = preferences_of(by)
    changed = [
        (kind.kind, paces[kind.kind])
        for kind in kinds_of_choice()
        if paces.get(kind.kind) in kind.choices()
        and paces[kind.kind] != kind.pace_for(before.get(kind.kind, ""))
    ]
    Preference.objects.bulk_create(
        [
            Preference(person_id=person_id, kind=kind, channel=EMAIL, pace=pace)
            for kind, pace in changed
        ],
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["pace"],
    )
    return len(changed)


@transaction.atomic
def set_hours(*, rhythm: Rhythm, by: Actor, now: datetime) -> None:
    """What waits for a digest comes with the next one by the new hours."""
    person = Person.objects.get(pk=check_has_inbox(by))
    Hours.objects.update_or_create(
        person=person,
        defaults={
            "quiet_from": rhythm.quiet_from,
            "quiet_to": rhythm.quiet_to,
            "quiet_weekends": rhythm.quiet_weekends,
            "digest_at": rhythm.digest_at,
            "digest_weekday": rhythm.digest_weekday,
        },
    )
    new = rhythm_of(person)
    for pace in GATHERED:
        Gathered.objects.filter(person=person, pace=pace, digest__isnull=True).update(
            due_at=next_digest(now, new, pace)
        )
