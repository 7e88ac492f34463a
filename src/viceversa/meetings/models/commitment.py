from django.db import models

from viceversa.meetings.models.meeting import Meeting
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key


class Commitment(models.Model):
    """You said → I will. Made by the learner, closed by the learner."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        KEPT = "kept", "Kept"
        DROPPED = "dropped", "Dropped"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="commitments"
    )
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.SET_NULL, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    due_on = models.DateField(null=True)
    sealed = models.BinaryField()
    published = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["partnership", "state"], name="commitment_open")]

    def __str__(self) -> str:
        return f"commitment {self.pk}"
