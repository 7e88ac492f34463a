from datetime import datetime

from django.db import models

from viceversa.partnerships.models.partnership import Partnership
from viceversa.partnerships.rules.terms import stricter


class Side(models.TextChoices):
    LEARNER = "learner", "Learner"
    ADVISER = "adviser", "Adviser"


class Agreement(models.Model):
    """One version of what the two agree on. Signed by both, it holds until the next is.

    A version never changes once written: a change is a new version. What is sealed is what they
    signed; the columns beside it repeat the few facts that clocks and coordinators need.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SIGNED = "signed", "Signed"
        REPLACED = "replaced", "Replaced"
        DROPPED = "dropped", "Changed before both had signed"

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
    raised_to = models.CharField(max_length=8, choices=Confidentiality.choices, blank=True)
    raised_at = models.DateTimeField(null=True)
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
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(state="draft"),
                name="agreement_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "dropped"])
                | models.Q(learner_signed_at__isnull=False, adviser_signed_at__isnull=False),
                name="agreement_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.version}"

    @property
    def level(self) -> str:
        """How confidential it is now: one of the two may have raised it since."""
        return stricter(self.confidentiality, self.raised_to or self.confidentiality)

    @property
    def in_force_at(self) -> datetime | None:
        if self.learner_signed_at is None or self.adviser_signed_at is None:
            return None
        return max(self.learner_signed_at, self.adviser_signed_at)

    def signed_at(self, side: str) -> datetime | None:
        return self.learner_signed_at if side == Side.LEARNER else self.adviser_signed_at


class AgreementPart(models.Model):
    """One side's answers, given apart: its author's alone until handed in, then of both."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="agreement_parts"
    )
    side = models.CharField(max_length=7, choices=Side.choices)
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    handed_in_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "side"], name="agreement_part_once")
        ]

    def __str__(self) -> str:
        return f"answers of the {self.side}"
