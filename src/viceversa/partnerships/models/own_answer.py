from django.db import models

from viceversa.partnerships.models.partnership import Partnership


class OwnAnswer(models.Model):
    """What somebody says about themselves, before and after. Nobody else can open it. `band` is
    what its author lets reports count: empty for nothing."""

    class Moment(models.TextChoices):
        BEFORE = "before", "Before"
        AFTER = "after", "After"

    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    sealed = models.BinaryField()
    band = models.CharField(max_length=7, blank=True)
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.moment}"


class Confidence(OwnAnswer):
    """How sure an adviser feels of advising somebody more senior."""

    class Band(models.TextChoices):
        NONE = "", "Nothing"
        UNSURE = "unsure", "Unsure"
        GROWING = "growing", "Growing"
        SURE = "sure", "Sure"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="confidence"
    )
    band = models.CharField(max_length=7, choices=Band.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "author", "moment"], name="confidence_once"
            )
        ]
