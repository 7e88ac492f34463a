from django.db import models

from viceversa.meetings.models.meeting import Meeting
from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key


class Unclear(models.Model):
    """One tap in the room: the learner did not follow. It stays between the two, and is gone once
    the learner does."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="unclear")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"unclear {self.pk}"
