from django.db import models

from viceversa.toolkit.ids import new_key


class Reminder(models.Model):
    """That people were reminded of something at one moment. The row makes a second time impossible;
    moved to another moment, it is something new to remind of."""

    class Kind(models.TextChoices):
        PREPARE = "prepare", "Time to prepare"
        DAY = "day", "A day before"
        HOUR = "hour", "An hour before"
        PROMISE = "promise", "A promise is due"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    item = models.CharField(max_length=24)
    moment = models.DateTimeField()
    run = models.CharField(max_length=24, default=new_key, editable=False)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "moment"], name="reminder_once")
        ]
        indexes = [models.Index(fields=["moment"], name="reminder_by_moment")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
