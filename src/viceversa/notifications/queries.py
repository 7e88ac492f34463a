from collections.abc import Collection

from django.db.models import QuerySet

from viceversa.notifications.models import Hours, Notification, Preference
from viceversa.notifications.rules import EMAIL
from viceversa.notifications.rules.rhythm import Rhythm
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound

MOST_COUNTED = 100
PEOPLE_AT_ONCE = 5000


def inbox_of(actor: Actor) -> QuerySet[Notification]:
    """Newest first."""
    if actor.person_id is None:
        return Notification.objects.none()
    mine = Notification.objects.filter(person_id=actor.person_id, in_inbox=True)
    return mine.order_by("-created_at", "-id")


def notification_for(actor: Actor, key: str) -> Notification:
    notification = inbox_of(actor).filter(key=key).first()
    if notification is None:
        raise NotFound("There is no such message, or it is not yours to see.")
    return notification


def unread_count(actor: Actor) -> int:
    """Counts to a hundred, so that it costs the same for every inbox."""
    if actor.person_id is None:
        return 0
    unread = Notification.objects.filter(person_id=actor.person_id, read_at__isnull=True)
    return unread.order_by().values("pk")[:MOST_COUNTED].count()


def preferences_of(actor: Actor) -> dict[str, str]:
    """The pace of e-mails that the person has chosen, by kind."""
    if actor.person_id is None:
        return {}
    rows = Preference.objects.filter(person_id=actor.person_id, channel=EMAIL)
    return {row.kind: row.pace for row in rows}


def chosen_paces(person_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """What these people have chosen for e-mails, by person and kind."""
    chosen: dict[tuple[int, str], str] = {}
    for ids in _in_parts(person_ids):
        rows = Preference.objects.filter(person__in=ids, channel=EMAIL)
        chosen.update(
            ((person, kind), pace)
            for person, kind, pace in rows.values_list("person", "kind", "pace")
        )
    return chosen


def rhythm_of(person: Person) -> Rhythm:
    return rhythms_of([person])[person.pk]


def rhythm_of_actor(actor: Actor) -> Rhythm:
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    return rhythm_of(person) if person else Rhythm()


def rhythms_of(people: Collection[Person]) -> dict[int, Rhythm]:
    """The hours of each of these people, in their own zones."""
    rows: dict[int, Hours] = {}
    for ids in _in_parts({person.pk for person in people}):
        rows.update((row.person_id, row) for row in Hours.objects.filter(person__in=ids))
    return {person.pk: _rhythm(person, rows.get(person.pk)) for person in people}


def _rhythm(person: Person, hours: Hours | None) -> Rhythm:
    if hours is None:
        return Rhythm(zone=person.time_zone)
    return Rhythm(
        zone=person.time_zone,
        quiet_from=hours.quiet_from,
        quiet_to=hours.quiet_to,
        quiet_weekends=hours.quiet_weekends,
        digest_at=hours.digest_at,
        digest_weekday=hours.digest_weekday,
    )


def _in_parts(ids: Collection[int]) -> list[list[int]]:
    every = sorted(ids)
    return [every[start : start + PEOPLE_AT_ONCE] for start in range(0, len(every), PEOPLE_AT_ONCE)]
