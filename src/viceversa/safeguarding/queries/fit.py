"""Whether a partnership fits: asked after the first half hour, of each for themselves."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from viceversa.meetings.models import Meeting
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries import partnerships_of
from viceversa.partnerships.rules import lifecycle
from viceversa.people.models import KeepApart, Person
from viceversa.safeguarding.models import FitLooked
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound

RUNNING = sorted({lifecycle.ACTIVE, lifecycle.PAUSED})


def fits_to_look_at(actor: Actor) -> QuerySet[Partnership]:
    """Running partnerships that have met and of which this person has not been asked."""
    met = Meeting.objects.filter(partnership=OuterRef("pk"), state=Meeting.State.HELD)
    looked = FitLooked.objects.filter(partnership=OuterRef("pk"), person=actor.person_id)
    return partnerships_of(actor).filter(Exists(met), ~Exists(looked), state__in=RUNNING)


def own_partnership(actor: Actor, key: str) -> Partnership:
    """Where one is one of the two, whether or not one is still asked."""
    found = partnerships_of(actor).filter(key=key, state__in=RUNNING).first()
    if found is None:
        raise NotFound(_("There is no such partnership, or it is not yours, or it is over."))
    return found


def partner_in(partnership: Partnership, actor: Actor) -> Person:
    learner, adviser = partnership.learner.person, partnership.adviser.person
    return adviser if learner.pk == actor.person_id else learner


def own_wishes(actor: Actor) -> list[Person]:
    """From whom this person wishes to be kept apart. Nobody else is ever shown this."""
    rows = KeepApart.objects.filter(
        reason=KeepApart.Reason.WISH, asked_by_person_id=actor.person_id or 0
    ).select_related("one", "other")
    people = [row.other if row.one_id == actor.person_id else row.one for row in rows]
    return sorted(people, key=lambda person: person.name)
