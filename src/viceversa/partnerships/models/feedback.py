from django.db import models

from viceversa.partnerships.models.partnership import Partnership
from viceversa.toolkit.ids import new_key


class FeedbackNote(models.Model):
    """A kind and honest note of the learner on where the adviser could grow, with where to go for
    it. Struck, it is gone from both sides."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="feedback")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    given_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"feedback {self.pk}"
