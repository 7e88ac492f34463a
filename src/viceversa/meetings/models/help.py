from django.db import models

from viceversa.meetings.models.meeting import Meeting
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.programmes.models import Programme


class Cancellation(models.Model):
    """A fact: who called off, when, and how many hours before."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="cancellation")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=7)
    hours_before = models.DecimalField(max_digits=7, decimal_places=1)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"called off by the {self.side}"

    @property
    def whole_hours(self) -> int:
        return int(self.hours_before)


class Help(models.Model):
    """A partnership needs help: cancellations in a row, or silence. Never what anybody wrote."""

    class Kind(models.TextChoices):
        CANCELLATIONS = "cancellations", "Two half hours in a row were called off"
        NO_CONTACT = "no_contact", "No first contact yet"
        SILENCE = "silence", "A message waits for an answer"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="helps")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    side = models.CharField(max_length=7, blank=True)
    step = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField()
    stepped_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind"],
                condition=models.Q(resolved_at__isnull=True),
                name="help_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Holiday(models.Model):
    """Days on which the clocks of a programme stand still; both days count."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="holidays")
    name = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="holiday_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Pause(models.Model):
    """From when to when a partnership stood still, so that its clocks leave that time out."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    first = models.DateTimeField()
    last = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(last__isnull=True),
                name="pause_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"
