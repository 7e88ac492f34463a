from django.db import models
from django.db.models import Q

from viceversa.people.models import Level, Person, Skill
from viceversa.toolkit.ids import new_key


class Programme(models.Model):
    """A purpose, dates, rules and people. The comments name the step of the set-up."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ENROLLING = "enrolling", "Enrolling"
        MATCHING = "matching", "Matching"
        RUNNING = "running", "Running"
        CLOSING = "closing", "Closing"
        ARCHIVED = "archived", "Archived"

    class Mode(models.TextChoices):
        COHORT = "cohort", "One cohort, start to end"
        ALWAYS_ON = "always_on", "Always on, with rolling rounds"

    class Engagement(models.TextChoices):
        SHORT = "short", "A short introduction"
        LONG = "long", "A longer plan"

    class Choosing(models.TextChoices):
        TOGETHER = "together", "Decided together in a round"
        LEARNER = "learner", "The learner chooses and asks"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    template = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    is_pilot = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    steps_saved = models.JSONField(default=list, blank=True)
    readiness = models.JSONField(default=dict, blank=True)

    # 1 objectives
    purpose = models.TextField(blank=True, max_length=2000)
    learner_objective = models.TextField(blank=True, max_length=1000)
    adviser_objective = models.TextField(blank=True, max_length=1000)
    engagement = models.CharField(max_length=6, choices=Engagement.choices, default=Engagement.LONG)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.COHORT)
    choosing = models.CharField(max_length=10, choices=Choosing.choices, default=Choosing.TOGETHER)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    # 2 levels and expertise
    learner_level_min = models.ForeignKey(
        Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    learner_level_max = models.ForeignKey(
        Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adviser_level_min = models.ForeignKey(
        Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adviser_level_max = models.ForeignKey(
        Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adviser_newest_months = models.PositiveSmallIntegerField(null=True, blank=True)
    adviser_must_offer = models.BooleanField(default=False)
    outside_guests = models.BooleanField(default=False)
    skills = models.ManyToManyField(Skill, blank=True, related_name="+")
    target_mastery = models.PositiveSmallIntegerField(default=1)
    most_wants = models.PositiveSmallIntegerField(default=3)
    coverage_target = models.PositiveSmallIntegerField(default=100)

    # 3 guidelines and expectations
    guidelines = models.TextField(blank=True, max_length=4000)
    learner_role = models.TextField(blank=True, max_length=2000)
    adviser_role = models.TextField(blank=True, max_length=2000)
    meeting_minutes = models.PositiveSmallIntegerField(default=30)
    meeting_every_days = models.PositiveSmallIntegerField(default=7)
    min_rank_gap = models.PositiveSmallIntegerField(default=2)
    shared_hours = models.PositiveSmallIntegerField(default=2)
    same_unit_allowed = models.BooleanField(default=True)
    past_partners_allowed = models.BooleanField(default=False)
    ask_expires_days = models.PositiveSmallIntegerField(default=7)

    # 4 learning and growth
    advisers_per_learner = models.PositiveSmallIntegerField(default=1)
    different_stages = models.BooleanField(default=False)
    one_from_other_field = models.BooleanField(default=False)
    learners_per_adviser = models.PositiveSmallIntegerField(default=1)
    return_stream = models.TextField(blank=True, max_length=2000)
    weights = models.JSONField(default=dict, blank=True)

    # 5 training and support
    training = models.TextField(blank=True, max_length=2000)
    support = models.TextField(blank=True, max_length=2000)
    sponsor_letter = models.TextField(blank=True, max_length=4000)
    open_link_key = models.CharField(max_length=24, unique=True, default=new_key)
    open_link_enabled = models.BooleanField(default=False)
    places_limit = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gt=models.F("starts_on")),
                name="programme_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(coverage_target__lte=100), name="programme_coverage_percent"
            ),
            models.CheckConstraint(
                condition=Q(advisers_per_learner__range=(1, 3)), name="programme_one_to_three"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """The colour of the state's badge; its words stand beside it."""
        return "good" if self.state == self.State.RUNNING else ""


class Standing(models.Model):
    """Coordinators and sponsors of one programme."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "Coordinator"
        SPONSOR = "sponsor", "Sponsor"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="standings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "role"], name="standing_once")
        ]
        indexes = [models.Index(fields=["person", "role"], name="standing_person")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"
