"""What every text of the library has: whose it is, what it rests on, how long it stands."""

from typing import Any

from django.conf import settings
from django.db import models

from viceversa.people.models import Person, Skill
from viceversa.toolkit.ids import new_key
from viceversa.toolkit.languages import language_name


class Kept(models.Model):
    """`origin` is the name of what came with the product, so that it comes once only."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE[:2])
    topics = models.ManyToManyField(Skill, related_name="+", blank=True)
    sources = models.TextField(blank=True, max_length=2000)
    has_interests = models.BooleanField(default=False)
    interests = models.TextField(blank=True, max_length=600)
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_on = models.DateField(null=True)
    review_by = models.DateField()
    told_for = models.DateField(null=True)
    origin = models.CharField(max_length=80, null=True, unique=True, editable=False)
    search = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = " ".join(self.searched()).casefold()[:4000]
        super().save(*args, **kwargs)

    @property
    def source_lines(self) -> list[str]:
        return [line.strip() for line in self.sources.splitlines() if line.strip()]

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    def searched(self) -> list[str]:
        """Texts in which people look for words."""
        raise NotImplementedError
