from django.db import models

from viceversa.meetings.models.meeting import Meeting, Series
from viceversa.people.models import Person


class CalendarFeed(models.Model):
    """A private address with one's own meetings. Renewing it shuts the one before."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"feed of {self.person_id}"


class BusyCalendar(models.Model):
    """An address from which one's busy times are read, as pairs of moments and nothing else."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=1000)
    busy = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"busy times of {self.person_id}"


class MeetingDays(models.Model):
    """On which days of the week somebody meets: "01234", Monday to Friday, without a row."""

    USUAL = "01234"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    days = models.CharField(max_length=7, default=USUAL)

    class Meta:
        verbose_name_plural = "meeting days"
        constraints = [
            models.CheckConstraint(condition=~models.Q(days=""), name="meeting_days_some")
        ]

    def __str__(self) -> str:
        return f"days of {self.person_id}"


class CalendarLetter(models.Model):
    """One invitation, update or cancellation for one person, and what their calendar replied: of a
    half hour, or of a whole series."""

    class Method(models.TextChoices):
        REQUEST = "REQUEST", "Invitation"
        CANCEL = "CANCEL", "Cancellation"

    class Reply(models.TextChoices):
        NONE = "", "No answer yet"
        ACCEPTED = "ACCEPTED", "Accepted"
        DECLINED = "DECLINED", "Declined"
        TENTATIVE = "TENTATIVE", "Perhaps"

    meeting = models.ForeignKey(
        Meeting, null=True, on_delete=models.CASCADE, related_name="letters"
    )
    series = models.ForeignKey(Series, null=True, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=7, choices=Method.choices)
    sequence = models.PositiveIntegerField()
    text = models.TextField()
    reply = models.CharField(max_length=9, choices=Reply.choices, blank=True)
    replied_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "method", "sequence"], name="calendar_letter_once"
            ),
            models.UniqueConstraint(
                fields=["series", "person", "method", "sequence"], name="series_letter_once"
            ),
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=False) ^ models.Q(series__isnull=False),
                name="letter_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence}"
