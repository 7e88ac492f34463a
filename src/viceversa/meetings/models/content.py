from django.db import models

from viceversa.meetings.models.meeting import Meeting
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key


class Preparation(models.Model):
    """Questions, concerns, ideas; what one knows already; facts with their sources."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="preparations")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "author"], name="preparation_once")
        ]

    def __str__(self) -> str:
        return f"preparation {self.pk}"


class Note(models.Model):
    """A note of the two, or of one alone. Struck, it is gone from both sides' copies.

    `author` wrote last; `version` counts the writings, so that nobody's words are lost unseen.
    """

    class Kind(models.TextChoices):
        TOGETHER = "together", "Of both"
        OWN = "own", "My own"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="notes")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.SET_NULL, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    sealed = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Afterword(models.Model):
    """After a meeting, in under a minute: thanks, what surprised me, even better if."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="afterwords")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "author"], name="afterword_once")]

    def __str__(self) -> str:
        return f"afterword {self.pk}"
