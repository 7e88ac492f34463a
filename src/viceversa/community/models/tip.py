from django.db import models

from viceversa.community.models.written import Written
from viceversa.people.models import Person, Skill
from viceversa.programmes.models import Programme


class Tip(Written):
    """A few lines that help others: a trick of the newcomers, or how the firm works."""

    class Stream(models.TextChoices):
        GIVEN = "given", "Tips and tricks"
        RETURNED = "returned", "Career and how we work"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    stream = models.CharField(max_length=8, choices=Stream.choices)
    topic = models.ForeignKey(Skill, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=600)
    search = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "-id"], name="tip_newest"),
            models.Index(fields=["programme", "topic"], name="tip_by_topic"),
            models.Index(fields=["author", "written_at"], name="tip_by_author"),
        ]

    @property
    def tone(self) -> str:
        return "tide" if self.stream == self.Stream.GIVEN else "ember"

    @property
    def role(self) -> str:
        return "adviser" if self.stream == self.Stream.GIVEN else "learner"


class Thank(models.Model):
    """One person's thanks for a tip. Only its author learns how many there are."""

    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    thanked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tip", "person"], name="thank_once")]

    def __str__(self) -> str:
        return f"thank {self.pk}"
