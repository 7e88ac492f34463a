from django.db import models
from django.db.models import Q

from viceversa.people.models import Person, Skill
from viceversa.people.models.skill import Mastery
from viceversa.programmes.models.limits import Depth, Format, Style
from viceversa.programmes.models.programme import Programme
from viceversa.toolkit.ids import new_key


class Enrolment(models.Model):
    """One person's part in one programme. Both roles are allowed at once."""

    class State(models.TextChoices):
        INVITED = "invited", "Invited"
        ENROLLED = "enrolled", "Enrolled"
        WAITING = "waiting", "On the waiting list"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Gained(models.TextChoices):
        YES = "yes", "Yes"
        NOT_YET = "not_yet", "Not yet"
        NO = "no", "No"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ENROLLED)
    is_learner = models.BooleanField(default=False)
    is_adviser = models.BooleanField(default=False)
    demand = models.PositiveSmallIntegerField(default=1)
    capacity = models.PositiveSmallIntegerField(default=1)
    goals = models.TextField(blank=True, max_length=1000)
    career_direction = models.TextField(blank=True, max_length=1000)
    value_parts = models.JSONField(default=list, blank=True)
    value_statement = models.TextField(blank=True, max_length=1000)
    comfort = models.TextField(blank=True, max_length=1000)
    comfort_depth = models.CharField(max_length=8, blank=True, choices=Depth.choices)
    comfort_format = models.CharField(max_length=8, blank=True, choices=Format.choices)
    off_limits = models.TextField(blank=True, max_length=1000)
    learning_style = models.CharField(max_length=12, blank=True, choices=Style.choices)
    hours_from = models.TimeField(default="09:00")
    hours_to = models.TimeField(default="17:00")
    languages = models.JSONField(default=list, blank=True)
    waiting_since = models.DateTimeField(null=True)
    times_left_out = models.PositiveSmallIntegerField(default=0)
    lesson = models.TextField(blank=True, max_length=600)
    lesson_is_shared = models.BooleanField(default=False)
    gained = models.CharField(max_length=7, blank=True, choices=Gained.choices)
    part_confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["person__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="enrolled_once"),
            models.CheckConstraint(
                condition=Q(is_learner=True) | Q(is_adviser=True), name="enrolment_has_a_role"
            ),
            models.CheckConstraint(condition=Q(demand__range=(1, 3)), name="demand_one_to_three"),
            models.CheckConstraint(condition=Q(capacity__range=(0, 9)), name="capacity_to_nine"),
        ]
        indexes = [
            models.Index(
                fields=["programme", "is_learner", "state", "demand"], name="enrolment_learners"
            ),
            models.Index(
                fields=["programme", "is_adviser", "state", "capacity"], name="enrolment_advisers"
            ),
            models.Index(fields=["person", "state"], name="enrolment_person"),
            models.Index(fields=["programme", "-id"], name="enrolment_newest"),
            models.Index(
                fields=["programme", "-times_left_out", "waiting_since", "id"],
                condition=Q(state="waiting"),
                name="enrolment_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.programme}"


class EnrolmentWant(models.Model):
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="wants")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    target = models.PositiveSmallIntegerField(choices=Mastery.choices, default=Mastery.BASIC)
    priority = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["priority", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "skill"], name="enrolment_want_once")
        ]

    def __str__(self) -> str:
        return f"{self.skill_id}"


class EnrolmentOffer(models.Model):
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="offers")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Mastery.choices, default=Mastery.WORKING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "skill"], name="enrolment_offer_once")
        ]

    def __str__(self) -> str:
        return f"{self.skill_id}"
