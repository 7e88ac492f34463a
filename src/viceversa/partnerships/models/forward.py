from django.db import models

from viceversa.partnerships.models.partnership import Partnership
from viceversa.toolkit.ids import new_key


class Forward(models.Model):
    """The learner would put the adviser's name forward for one thing. What for is sealed for the
    two; that it was done is a fact that is counted."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        AGREED = "agreed", "You may"
        DECLINED = "declined", "Rather not"
        DONE = "done", "Put forward"
        TAKEN_BACK = "back", "Taken back"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="forwards")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True)
                | models.Q(state="done", answered_at__isnull=False),
                name="forward_after_a_yes",
            )
        ]

    def __str__(self) -> str:
        return f"name put forward {self.pk}"
