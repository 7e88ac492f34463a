from django.db import models

from viceversa.people.models.person import Person


class Skill(models.Model):
    """A starter taxonomy with aliases plus the organisation's own."""

    class Facet(models.TextChoices):
        TREND = "trend", "Trend"
        TECHNOLOGY = "technology", "Technology"
        TOOL = "tool", "Tool"
        CHANNEL = "channel", "Channel"
        CRAFT = "craft", "Craft"
        ORGANISATION = "organisation", "How the organisation works"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    group = models.CharField(max_length=80)
    facet = models.CharField(max_length=16, choices=Facet.choices)
    esco = models.CharField(max_length=120, blank=True)
    is_own = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SkillAlias(models.Model):
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=120)
    normalised = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.text


class Mastery(models.IntegerChoices):
    BASIC = 1, "Basic"
    WORKING = 2, "Working"
    STRONG = 3, "Strong"
    EXPERT = 4, "Expert"


class Offer(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offers")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField(choices=Mastery.choices, default=Mastery.WORKING)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="offer_once")]
        indexes = [models.Index(fields=["skill", "level", "person"], name="offer_by_skill")]

    def __str__(self) -> str:
        return f"{self.skill_id}"


class Want(models.Model):
    """Priority 1 is wanted most."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wants")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    target = models.PositiveSmallIntegerField(choices=Mastery.choices, default=Mastery.BASIC)
    priority = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["priority", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="want_once")]

    def __str__(self) -> str:
        return f"{self.skill_id}"
