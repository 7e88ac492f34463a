from django.db import models

from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.ids import new_key


class Round(models.Model):
    """One run of matching: snapshot → proposals → review → publish."""

    class State(models.TextChoices):
        GATHERED = "gathered", "Gathered"
        SOLVING = "solving", "Solving"
        READY = "ready", "Ready to review"
        FAILED = "failed", "Could not be solved"
        PUBLISHED = "published", "Published"
        UNDONE = "undone", "Undone"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.GATHERED)
    snapshot_hash = models.CharField(max_length=64, blank=True)
    gathered_at = models.DateTimeField()
    settings = models.JSONField(default=dict)
    attempt = models.PositiveIntegerField(default=0)
    progress_label = models.CharField(max_length=80, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    summary = models.JSONField(default=dict)
    fairness = models.JSONField(default=dict)
    solved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True)
    # Last, because SQLite reads through what is large to reach the columns behind it.
    snapshot = models.JSONField(default=dict)
    certificate = models.JSONField(default=dict)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="round_number_once")
        ]

    def __str__(self) -> str:
        return f"Round {self.number}"


class Proposal(models.Model):
    """One pair of a solved round. Scores run from 0 to 10,000."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="proposals")
    learner = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    adviser = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    parts = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    teaches = models.JSONField(default=list)
    alternatives = models.JSONField(default=list)
    is_pinned = models.BooleanField(default=False)
    is_first = models.BooleanField(default=True)

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "learner", "adviser"], name="proposal_once")
        ]
        indexes = [models.Index(fields=["round", "-score", "id"], name="proposal_score")]

    def __str__(self) -> str:
        return f"{self.learner_id} with {self.adviser_id}"


class PairWish(models.Model):
    """A coordinator's word on one pair, taken into every further solve of the round."""

    class Kind(models.TextChoices):
        PIN = "pin", "Pinned"
        FORBID = "forbid", "Forbidden"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="wishes")
    learner = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    adviser = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "learner", "adviser"], name="pair_wish_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.learner_id} with {self.adviser_id}"


class Unmatched(models.Model):
    """Somebody whom the round leaves without a partner, why, and what would help."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="unmatched")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=8)
    reason = models.TextField()
    removed_by = models.JSONField(default=dict)
    smallest_change = models.TextField(blank=True)
    # [{"sentence", and either "rules": {name: value} or "more_for": an adviser's enrolment}]
    remedies = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "enrolment", "role"], name="unmatched_once")
        ]
        indexes = [models.Index(fields=["round", "role", "id"], name="unmatched_by_role")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} as {self.role}"


class Options(models.Model):
    """The admissible advisers of one learner in a solved round, so that “why not” costs one row.

    `pairs` holds [adviser enrolment, score, objective, loss], the best scores first.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="options")
    learner = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    pairs = models.JSONField(default=list)
    is_complete = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "learner"], name="options_once")]

    def __str__(self) -> str:
        return f"options of {self.learner_id}"


class WhatIf(models.Model):
    """The same people under other weights, rules or wishes, solved on the side."""

    class State(models.TextChoices):
        SOLVING = "solving", "Solving"
        READY = "ready", "Ready to compare"
        FAILED = "failed", "Could not be solved"
        TAKEN = "taken", "Taken"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="what_ifs")
    attempt = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.SOLVING)
    settings = models.JSONField(default=dict)
    pin_learner = models.ForeignKey(
        Enrolment, null=True, on_delete=models.CASCADE, related_name="+"
    )
    pin_adviser = models.ForeignKey(
        Enrolment, null=True, on_delete=models.CASCADE, related_name="+"
    )
    more_for = models.ForeignKey(Enrolment, null=True, on_delete=models.CASCADE, related_name="+")
    summary = models.JSONField(default=dict)
    moves = models.JSONField(default=list)
    moves_count = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"what if {self.pk}"
