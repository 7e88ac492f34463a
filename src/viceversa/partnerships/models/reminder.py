from django.db import models

from viceversa.partnerships.models.partnership import Partnership


class Reminder(models.Model):
    """Of one turn in one partnership, so that nobody is reminded of it twice."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="reminders")
    turn = models.CharField(max_length=40)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "turn"], name="turn_reminded_once")
        ]

    def __str__(self) -> str:
        return self.turn
