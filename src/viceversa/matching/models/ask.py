from django.db import models
from django.db.models import Q

from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.ids import new_key


class Ask(models.Model):
    """A learner's request to one adviser of the short list."""

    class State(models.TextChoices):
        QUEUED = "queued", "Next in line"
        SENT = "sent", "Waiting for an answer"
        QUESTION = "question", "Asked a question first"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        EXPIRED = "expired", "Expired"
        FULL = "full", "No place left"
        WITHDRAWN = "withdrawn", "Withdrawn"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="asks")
    learner = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    adviser = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    choice = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.TextField(blank=True, max_length=600)
    goals = models.TextField(max_length=1000)
    career_direction = models.TextField(blank=True, max_length=1000)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["choice", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "adviser"],
                condition=Q(state__in=["queued", "sent", "question"]),
                name="ask_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["learner"],
                condition=Q(state__in=["sent", "question"]),
                name="one_open_ask_of_a_learner",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=["sent", "question"]),
                name="ask_expires",
            ),
            models.Index(fields=["adviser", "state"], name="ask_adviser"),
            models.Index(fields=["learner", "state"], name="ask_learner"),
        ]

    def __str__(self) -> str:
        return f"choice {self.choice}"


class AskMessage(models.Model):
    """The adviser's question before answering, and the learner's reply."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="messages")
    author_person_id = models.BigIntegerField()
    text = models.TextField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pk}"
