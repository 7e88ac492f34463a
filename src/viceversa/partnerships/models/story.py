from django.db import models

from viceversa.partnerships.models.agreement import Side
from viceversa.partnerships.models.partnership import Partnership
from viceversa.toolkit.ids import new_key


class Story(models.Model):
    """What two people tell others about their time together. A draft is sealed for them; `proposer`
    stands behind its words, and they are `published` once the other side says yes to the same
    `draft`. Either side takes it back at any time."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="story")
    draft = models.CharField(max_length=24)
    sealed = models.BinaryField()
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    proposer = models.CharField(max_length=7, choices=Side.choices, blank=True)
    written_at = models.DateTimeField()
    published = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published="") ^ models.Q(published_at__isnull=False),
                name="story_published_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"story {self.pk}"
