from django.db import models

from viceversa.partnerships.models.partnership import Partnership


class Side(models.TextChoices):
    LEARNER = "learner", "Learner"
    ADVISER = "adviser", "Adviser"


class Agreement(models.Model):
    """One version of what the two agree on. Signed by both, it holds until the next is."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SIGNED = "signed", "Signed"
        REPLACED = "replaced", "Replaced"

    class Confidentiality(models.TextChoices):
        NOTHING = "nothing", "Nothing leaves the two of us"
        GOALS = "goals", "Coordinators may read the goals we mark as shared"
        STORY = "story", "The same, and we may tell a story together at the end"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="agreements"
    )
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    confidentiality = models.CharField(
        max_length=8, choices=Confidentiality.choices, default=Confidentiality.NOTHING
    )
    every_days = models.PositiveSmallIntegerField(default=7)
    minutes = models.PositiveSmallIntegerField(default=30)
    ends_on = models.DateField(null=True)
    sealed = models.BinaryField()
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    learner_signed_at = models.DateTimeField(null=True)
    adviser_signed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "version"], name="agreement_version_once"
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(state="signed"),
                name="agreement_one_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(learner_signed_at__isnull=False, adviser_signed_at__isnull=False),
                name="agreement_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.version}"


class AgreementPart(models.Model):
    """One side's answers, given apart: its author's alone until handed in, then of both."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="agreement_parts"
    )
    side = models.CharField(max_length=7, choices=Side.choices)
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    handed_in_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "side"], name="agreement_part_once")
        ]

    def __str__(self) -> str:
        return f"answers of the {self.side}"
