from django.db import models

from viceversa.partnerships.models.partnership import Partnership
from viceversa.toolkit.ids import new_key


class Letter(models.Model):
    """A message between the two. Struck, it is gone from both sides' copies."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="letters")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField(null=True)
    sent_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["partnership", "-id"], name="letter_newest")]

    def __str__(self) -> str:
        return f"message {self.pk}"
