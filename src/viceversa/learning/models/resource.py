from django.db import models
from django.db.models import Q

from viceversa.learning.models.kept import Kept


class Resource(Kept):
    """Something people learn from: one of five kinds, or an article."""

    class Kind(models.TextChoices):
        COACHING = "coaching", "Internal coaching"
        ON_THE_JOB = "on_the_job", "On-the-job training"
        LEARNING = "learning", "Suggested learning programme"
        GROUP = "group", "Employee group"
        MENTORING = "mentoring", "Mentoring programme"
        ARTICLE = "article", "Article"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField(max_length=2000)
    address = models.URLField(max_length=500, blank=True)
    ask = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["kind", "title", "id"], name="resource_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_interests=False) | ~Q(interests=""),
                name="resource_discloses_interests",
            ),
            models.CheckConstraint(
                condition=~Q(kind="article") | ~Q(sources=""), name="article_cites_sources"
            ),
            models.CheckConstraint(
                condition=Q(kind="article") | ~Q(address="") | ~Q(ask=""),
                name="resource_leads_somewhere",
            ),
        ]

    def searched(self) -> list[str]:
        return [self.title, self.words, self.ask]
