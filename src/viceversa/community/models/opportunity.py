from django.db import models
from django.db.models import Q

from viceversa.community.models.written import Written
from viceversa.people.models import Person
from viceversa.programmes.models import Programme


class Opportunity(Written):
    """A project, a role or a working group that is open to advisers until a day."""

    class Kind(models.TextChoices):
        PROJECT = "project", "Project"
        ROLE = "role", "Role"
        GROUP = "group", "Working group"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=1500)
    ends_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = [
            models.Index(fields=["programme", "ends_on", "id"], name="opportunity_by_end"),
            models.Index(fields=["author", "written_at"], name="opportunity_by_author"),
        ]


class Interest(models.Model):
    """An adviser's, told to the poster alone; and what came of it."""

    class Outcome(models.TextChoices):
        OPEN = "", "Not said yet"
        TAKEN_PART = "taken_part", "Taken part"
        NOT_THIS_TIME = "not_now", "Not this time"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    note = models.TextField(max_length=300, blank=True)
    shown_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "person"], name="interest_once"),
            models.CheckConstraint(
                condition=Q(outcome="") ^ Q(outcome_at__isnull=False), name="interest_outcome_dated"
            ),
        ]
        indexes = [models.Index(fields=["person", "shown_at"], name="interest_by_person")]

    def __str__(self) -> str:
        return f"interest {self.pk}"
