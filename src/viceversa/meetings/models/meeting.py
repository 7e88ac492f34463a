from datetime import datetime, timedelta

from django.db import models

from viceversa.meetings.rules.repeating import Grid
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key


class Series(models.Model):
    """Meetings that come back. The clock of `zone` says when, summer and winter; the next few are
    booked ahead, up to `booked_to`. Calendars have one entry for all: `told` is what they know of
    its days, `sequence` how often it was changed."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    zone = models.CharField(max_length=64)
    first_on = models.DateField()
    clock = models.TimeField()
    every_days = models.PositiveSmallIntegerField(default=7)
    minutes = models.PositiveSmallIntegerField(default=30)
    until = models.DateField()
    booked_to = models.DateField(null=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    booked_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    told = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(stopped_at__isnull=True),
                name="series_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"series {self.pk}"

    @property
    def uid(self) -> str:
        return f"{self.key}@viceversa"

    @property
    def grid(self) -> Grid:
        return Grid(self.first_on, self.until, self.every_days, self.clock, self.zone)


class Meeting(models.Model):
    """One half hour. Its time, place and link go into calendars; what it is about never does. One
    of a series keeps the day that it was meant for, whatever it is moved to."""

    class State(models.TextChoices):
        BOOKED = "booked", "Booked"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Called off"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="meetings")
    series = models.ForeignKey(
        Series, null=True, on_delete=models.SET_NULL, related_name="meetings"
    )
    recurs_on = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.BOOKED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    zone = models.CharField(max_length=64)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    booked_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    agenda = models.BinaryField(null=True)
    agenda_author = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["partnership", "starts_at"], name="meeting_of_pair"),
            models.Index(fields=["state", "starts_at"], name="meeting_ahead"),
            models.Index(fields=["partnership", "state", "starts_at"], name="meeting_next_of_pair"),
            models.Index(fields=["series", "state", "starts_at"], name="meeting_next_of_series"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "recurs_on"], name="series_day_once"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def of_series(self) -> Series | None:
        """That of which calendars have this half hour as one day of many."""
        return self.series if self.recurs_on is not None else None

    @property
    def uid(self) -> str:
        return self.of_series.uid if self.of_series else f"{self.key}@viceversa"

    @property
    def calendar_sequence(self) -> int:
        """Never falls behind that of its series, which is told with it."""
        return self.sequence + (self.of_series.sequence if self.of_series else 0)


class Proposal(models.Model):
    """Another time for a booked meeting, proposed by one of the two and taken by the other."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proposals")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=7)
    starts_at = models.DateTimeField()
    created_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(taken_at__isnull=True, dropped_at__isnull=True),
                name="proposal_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
