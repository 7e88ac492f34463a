from django.db import models
from django.db.models import Q

from viceversa.notifications.rules.rhythm import Rhythm
from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key

PERSONAL_DATA = {
    "Notification.person": "who was told",
    "Notification.title": "may name the partner",
    "Notification.body": "a sentence, never content of a conversation",
    "Delivery.notification": "which message went out",
    "Delivery.address": "the e-mail address at the time",
    "Delivery.calendar_text": "an invitation: who, when and where, never what about",
    "Preference.person": "whose wish",
    "Gathered.person": "whose digest",
    "Gathered.notification": "what waits for it",
    "Gathered.digest": "the letter it went out with",
    "Hours.person": "whose quiet hours",
}


class Notification(models.Model):
    """One line in somebody's inbox."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    in_inbox = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["person", "-created_at", "-id"],
                condition=Q(in_inbox=True),
                name="inbox_by_time",
            ),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="inbox_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One message on its way through one channel. The row's key makes a second sending harmless."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        DROPPED = "dropped", "no longer true"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="deliveries"
    )
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    calendar_method = models.CharField(max_length=12, blank=True)
    calendar_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once")
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(state="waiting"), name="delivery_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"


class Pace(models.TextChoices):
    NOW = "now", "At once"
    DAILY = "daily", "In the daily digest"
    WEEKLY = "weekly", "In the weekly digest"
    NEVER = "never", "In the inbox only"


class Preference(models.Model):
    """A person's wish about one kind of message on one channel; no row: the kind's default."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    pace = models.CharField(max_length=6, choices=Pace.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "channel"], name="preference_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel}"


class Gathered(models.Model):
    """A line that waits for the next digest and then belongs to it, so it is told once."""

    notification = models.OneToOneField(
        Notification, on_delete=models.CASCADE, related_name="gathered"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pace = models.CharField(max_length=6, choices=Pace.choices)
    due_at = models.DateTimeField()
    digest = models.ForeignKey(
        Notification, null=True, on_delete=models.CASCADE, related_name="gathers"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(digest__isnull=True), name="gathered_waiting"
            ),
            models.Index(
                fields=["person"], condition=Q(digest__isnull=True), name="gathered_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pace} {self.pk}"


class Hours(models.Model):
    """When one's mails may come, by the clock of one's zone; no row: the usual hours."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    quiet_from = models.TimeField(default=Rhythm.quiet_from)
    quiet_to = models.TimeField(default=Rhythm.quiet_to)
    quiet_weekends = models.BooleanField(default=Rhythm.quiet_weekends)
    digest_at = models.TimeField(default=Rhythm.digest_at)
    digest_weekday = models.PositiveSmallIntegerField(default=Rhythm.digest_weekday)

    def __str__(self) -> str:
        return f"quiet from {self.quiet_from} to {self.quiet_to}"
