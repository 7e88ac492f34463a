from django.db import models
from django.db.models import Q

from viceversa.partnerships.rules.lifecycle import LIVE, OPEN
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.ids import new_key
from viceversa.vault.models import Ring


class Partnership(models.Model):
    """One adviser and one learner who are to work together."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        PREPARING = "preparing", "Preparing"
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        CLOSING = "closing", "Closing"
        COMPLETED = "completed", "Completed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"
        ENDED = "ended", "Ended"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="partnerships")
    learner = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    adviser = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    reason = models.TextField(blank=True, max_length=600)
    origin = models.CharField(max_length=40, blank=True)
    learner_accepted_at = models.DateTimeField(null=True)
    adviser_accepted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateField(null=True)
    learner_closes_at = models.DateTimeField(null=True)
    adviser_closes_at = models.DateTimeField(null=True)
    closing_at = models.DateTimeField(null=True)
    extended_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    learner_erases_at = models.DateTimeField(null=True)
    adviser_erases_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    needs_new_partner = models.BooleanField(default=False)
    ring = models.ForeignKey(Ring, null=True, on_delete=models.PROTECT, related_name="+")
    next_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "adviser"],
                condition=Q(state__in=sorted(OPEN)),
                name="partnership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(learner=models.F("adviser")), name="partnership_of_two"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(LIVE))
                | Q(learner_accepted_at__isnull=False, adviser_accepted_at__isnull=False),
                name="accepted_by_both",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state", "-id"], name="partnership_state"),
            models.Index(fields=["origin"], name="partnership_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.learner.person} and {self.adviser.person}"

    def person_on(self, side: str) -> Person:
        return self.learner.person if side == "learner" else self.adviser.person

    def partner_of(self, side: str) -> Person:
        return self.adviser.person if side == "learner" else self.learner.person

    def wishes_to_close(self, side: str) -> bool:
        return getattr(self, f"{side}_closes_at") is not None

    def wishes_to_erase(self, side: str) -> bool:
        return getattr(self, f"{side}_erases_at") is not None

    @property
    def is_asked_to_close(self) -> bool:
        return self.learner_closes_at is not None or self.adviser_closes_at is not None
