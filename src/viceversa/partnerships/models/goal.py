from django.db import models

from viceversa.partnerships.models.own_answer import OwnAnswer
from viceversa.partnerships.models.partnership import Partnership
from viceversa.people.models import Skill
from viceversa.people.models.skill import Mastery
from viceversa.toolkit.ids import new_key


class Goal(models.Model):
    """What one of the two wants to reach. The learner owns the learning stream."""

    class Stream(models.TextChoices):
        LEARNING = "learning", "What the learner wants to learn"
        RETURN = "return", "What comes back to the adviser"

    class Kind(models.TextChoices):
        LITERACY = "literacy", "Understand a skill"
        CLIENTS = "clients", "Talk to clients thoughtfully"
        INFLUENCE = "influence", "Gain influence"
        PERSPECTIVE = "perspective", "See with fresh eyes"
        CAREER = "career", "Move a career on"
        STRATEGY = "strategy", "Strategy"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        OPEN = "open", "Open"
        REACHED = "reached", "Reached"
        DROPPED = "dropped", "Dropped"

    class Reply(models.TextChoices):
        CAN = "can", "I can help with this"
        PARTLY = "partly", "I can help with a part of it"
        CANNOT = "cannot", "This is not something I can help with"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="goals")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    stream = models.CharField(max_length=8, choices=Stream.choices)
    kind = models.CharField(max_length=11, choices=Kind.choices)
    skill = models.ForeignKey(Skill, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.PositiveSmallIntegerField(choices=Mastery.choices, null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    progress = models.PositiveSmallIntegerField(default=0)
    reply = models.CharField(max_length=6, choices=Reply.choices, blank=True)
    sealed = models.BinaryField()
    reply_sealed = models.BinaryField(null=True)
    level_sealed = models.BinaryField(null=True)
    shared_title = models.CharField(max_length=200, blank=True)
    shared_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="goal_progress_in_percent"
            )
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class GoalChange(models.Model):
    """What one of the two would like to change, sealed, until the other agrees or it is let go."""

    class Kind(models.TextChoices):
        WORDS = "words", "Other words"
        SHARE = "share", "To be read by coordinators"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "kind"], name="goal_change_once")]

    def __str__(self) -> str:
        return f"{self.kind} of goal {self.goal_id}"


class SelfCheck(OwnAnswer):
    """How well its author thinks they know it."""

    class Band(models.TextChoices):
        NONE = "", "Nothing"
        BASIC = "basic", "Basic"
        WORKING = "working", "Working"
        STRONG = "strong", "Strong"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="checks")
    band = models.CharField(max_length=7, choices=Band.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "author", "moment"], name="self_check_once")
        ]


class Use(OwnAnswer):
    """How often the learner uses themselves what a goal is about."""

    class Band(models.TextChoices):
        NONE = "", "Nothing"
        HARDLY = "hardly", "Never, or tried once"
        MONTHLY = "monthly", "Monthly"
        WEEKLY = "weekly", "Weekly or daily"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="uses")
    band = models.CharField(max_length=7, choices=Band.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "author", "moment"], name="use_once")
        ]
