from django.db import models
from django.db.models import Q

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
}


class Notification(models.Model):
    """One line in somebody's inbox."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    in_inbox = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "-id"], condition=Q(in_inbox=True), name="inbox"),
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


class Preference(models.Model):
    """A person's wish about one kind of message on one channel; no row: the kind's default."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    wanted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "channel"], name="preference_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel}"
