from django.db import models

from viceversa.partnerships.models.agreement import Side
from viceversa.partnerships.models.partnership import Partnership


class Closing(models.Model):
    """One side looks back. It is read by the other once both have handed in. It is past when the
    two went on after it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="closings")
    side = models.CharField(max_length=7, choices=Side.choices)
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    gained = models.BooleanField()
    wants_more = models.BooleanField()
    more_until = models.DateField(null=True)
    story_consent = models.BooleanField()
    handed_in_at = models.DateTimeField()
    is_past = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "side"],
                condition=models.Q(is_past=False),
                name="closing_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"closing of the {self.side}"
