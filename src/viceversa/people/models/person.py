"""The directory. Never age or gender."""

from typing import Any

from django.db import models
from django.db.models import Q

from viceversa.people.rules.searching import words_of
from viceversa.toolkit.ids import new_key

SEARCH_LENGTH = 400  # the index that holds it takes at most 2,700 bytes a row on PostgreSQL


class Level(models.Model):
    """One rung of the organisation's own ladder; rank 1 is the most junior."""

    name = models.CharField(max_length=80, unique=True)
    rank = models.PositiveSmallIntegerField(unique=True)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    external_id = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, null=True, blank=True, unique=True)
    title = models.CharField(max_length=300, blank=True)
    level = models.ForeignKey(
        Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    languages = models.JSONField(default=list, blank=True)
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    hired_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    by_hand = models.BooleanField(default=False, editable=False)
    search = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(manager__isnull=True) | ~Q(manager=models.F("id")),
                name="nobody_manages_themselves",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id", "left_on", "search"], name="person_name_search"),
            models.Index(fields=["level", "name", "id", "left_on"], name="person_by_level"),
            models.Index(fields=["unit", "name", "id", "left_on"], name="person_by_unit"),
            models.Index(fields=["hired_on", "name", "id", "left_on"], name="person_by_hired"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = search_text(self.name, self.title, self.external_id, self.email)
        super().save(*args, **kwargs)

    @property
    def is_present(self) -> bool:
        return self.left_on is None

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[:1].isalnum()]
        picked = words[:1] + words[-1:] if len(words) > 1 else words
        return "".join(word[0] for word in picked).upper() or "?"


def search_text(name: str, title: str, external_id: str, email: str | None) -> str:
    """A space before each word, so that its beginning can be told from its middle. The title comes
    last, so that the cut never takes what tells people apart."""
    words = words_of(" ".join(filter(None, (name, external_id, email, title))))
    return "".join(f" {word}" for word in words)[:SEARCH_LENGTH]


class Directory(models.Model):
    """One row. It is locked while people or levels change, and counts the changes."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_directory")]

    def __str__(self) -> str:
        return f"{self.version}"


class Profile(models.Model):
    """What a person says about themselves, and their limits."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
    about = models.TextField(blank=True, max_length=600)
    hours_from = models.TimeField(default="09:00")
    hours_to = models.TimeField(default="17:00")
    meets_by_video = models.BooleanField(default=True)
    meets_in_person = models.BooleanField(default=True)
    learning_style = models.CharField(
        max_length=12,
        blank=True,
        choices=[
            ("show", "Show me, then let me try"),
            ("talk", "Talk it through first"),
            ("read", "Let me read beforehand"),
        ],
    )

    def __str__(self) -> str:
        return str(self.person)


class KeepApart(models.Model):
    """Two people who must never be matched. Read by matching only; shown to nobody."""

    class Reason(models.TextChoices):
        WISH = "wish", "one of the two asked"
        PAY = "pay", "one has a say in the other's pay or promotion"
        CARE = "care", "a safeguarding contact asked"

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason.choices, default=Reason.WISH)
    asked_by_person_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other", "reason", "asked_by_person_id"], name="apart_once"
            ),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
