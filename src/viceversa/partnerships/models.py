from django.db import models
from django.db.models import Q

from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.ids import new_key

PERSONAL_DATA = {
    "Partnership.learner": "who learns",
    "Partnership.adviser": "who advises",
    "Partnership.next_at": "read by the two people only",
    "Partnership.next_place": "read by the two people only",
    "Partnership.next_agenda": "read by the two people only",
}


class Partnership(models.Model):
    """One adviser and one learner who are to work together."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
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
    ended_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    next_place = models.CharField(blank=True, max_length=200)
    next_agenda = models.TextField(blank=True, max_length=600)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "adviser"],
                condition=Q(state__in=["proposed", "accepted"]),
                name="partnership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(learner=models.F("adviser")), name="partnership_of_two"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
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
