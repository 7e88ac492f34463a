from django.db import models
from django.db.models import Q

from viceversa.learning.models.kept import Kept
from viceversa.learning.rules.packs import Step
from viceversa.people.models import Person
from viceversa.people.models.skill import Mastery


class Pack(Kept):
    """Plans for one half hour about one subject, a plan for each level."""

    class Facet(models.TextChoices):
        TREND = "trend", "Trend"
        TECHNOLOGY = "technology", "Technology"
        TOOL = "tool", "Tool"
        ORGANISATION = "organisation", "How the organisation works"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "review", "Being checked"
        CHECKED = "checked", "Checked, not yet published"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired"

    facet = models.CharField(max_length=12, choices=Facet.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    is_risky = models.BooleanField(default=False)
    summary = models.TextField(max_length=1000)
    guard = models.TextField(blank=True, max_length=1000)
    ideas = models.JSONField(default=list)
    reviewer = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(blank=True, max_length=1000)

    class Meta:
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["state", "facet", "title", "id"], name="pack_by_facet")]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_interests=False) | ~Q(interests=""), name="pack_discloses_interests"
            ),
            models.CheckConstraint(
                condition=~Q(state="published", is_risky=True) | Q(reviewed_on__isnull=False),
                name="risky_pack_is_reviewed",
            ),
        ]

    def searched(self) -> list[str]:
        return [self.title, self.summary, *self.ideas]


class Plan(models.Model):
    """The half hour on one level; `steps` are pairs of minutes and words."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="plans")
    level = models.PositiveSmallIntegerField(choices=Mastery.choices)
    steps = models.JSONField(default=list)
    task = models.TextField(max_length=600)

    class Meta:
        ordering = ["level"]
        constraints = [models.UniqueConstraint(fields=["pack", "level"], name="plan_once_a_level")]

    def __str__(self) -> str:
        return f"{self.pack} · {self.get_level_display()}"

    @property
    def parts(self) -> list[Step]:
        return [Step(minutes, what) for minutes, what in self.steps]
