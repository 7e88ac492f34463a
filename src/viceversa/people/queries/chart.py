"""The tree of reporting lines, read a step at a time: nothing here ever loads all of it."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from viceversa.people.models import Person
from viceversa.people.queries.directory import people_visible
from viceversa.toolkit.actor import Actor


def reports_of(actor: Actor, person: Person) -> QuerySet[Person]:
    """The present people who report to one person directly."""
    people = people_visible(actor).filter(manager=person, left_on__isnull=True)
    return people.order_by("name", "id")


def roots(actor: Actor) -> QuerySet[Person]:
    """Present people who report to nobody and to whom somebody reports."""
    return _tops(actor).filter(_has_reports()).order_by("name", "id")


def standing_alone(actor: Actor) -> QuerySet[Person]:
    """Present people in no line: no manager and no reports, or a manager who has left."""
    gone = Person.objects.filter(left_on__isnull=False).order_by().values("pk")
    lost = Q(manager__isnull=True) & ~Q(_has_reports()) | Q(manager__in=gone)
    people = people_visible(actor).select_related("manager").filter(left_on__isnull=True)
    return people.filter(lost).order_by("name", "id")


def _tops(actor: Actor) -> QuerySet[Person]:
    return people_visible(actor).filter(left_on__isnull=True, manager__isnull=True)


def _has_reports() -> Exists:
    return Exists(Person.objects.filter(manager=OuterRef("pk"), left_on__isnull=True))


def report_counts(people: list[Person]) -> dict[int, int]:
    """How many present people report to each directly. One query; people without any are absent."""
    reports = Person.objects.filter(manager__in=[person.pk for person in people])
    counted = reports.filter(left_on__isnull=True).order_by().values_list("manager_id")
    return dict(counted.annotate(total=Count("pk")))
