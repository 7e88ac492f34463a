"""A pulse while it is open: who is asked, the slips, and the box. None of the three knows of the
others, and none has a clock. After the close only the wave and its results are left."""

import secrets

from django.db import models
from django.db.models import Q

from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.ids import new_key


def random_id() -> int:
    """So that rows have no order that tells who came when."""
    return secrets.randbelow(2**62) + 1


class Wave(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "Open"
        PUBLISHED = "published", "Published"
        TOO_FEW = "too_few", "Too few answers"

    class Audience(models.TextChoices):
        ASKED = "asked", "Everybody who is asked, the coordinators and the sponsor"
        RUNNING = "running", "The coordinators and the sponsor only"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    questions = models.JSONField()
    breakdowns = models.JSONField(default=list, blank=True)
    k = models.PositiveSmallIntegerField(default=5)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.ASKED)
    asked = models.PositiveIntegerField()
    opened_on = models.DateField()
    closes_on = models.DateField()
    is_reminded = models.BooleanField(default=False)
    public = models.BinaryField()
    locked = models.BinaryField(null=True)
    lock_parameters = models.JSONField(default=dict, blank=True)
    results = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="pulse_number_once"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state="open"), name="one_open_pulse"
            ),
            models.CheckConstraint(condition=Q(k__gte=5), name="pulse_k_only_raised"),
            models.CheckConstraint(
                condition=Q(state="open", locked__isnull=False)
                | (~Q(state="open") & Q(locked__isnull=True)),
                name="closed_pulse_has_no_key",
            ),
        ]

    def __str__(self) -> str:
        return f"pulse {self.number} of {self.programme}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Invitation(models.Model):
    """Who is asked. The slip inside is sealed to the person."""

    id = models.BigIntegerField(primary_key=True, default=random_id)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    generation = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="asked_once_in_a_pulse")
        ]

    def __str__(self) -> str:
        return f"{self.wave_id}"


class Slip(models.Model):
    """The right to one answer, as a hash; gone once it is used."""

    id = models.BigIntegerField(primary_key=True, default=random_id)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="slips")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "digest"], name="slip_of_pulse")]

    def __str__(self) -> str:
        return f"{self.wave_id}"


class Ballot(models.Model):
    """One answer, sealed to the wave's key."""

    id = models.BigIntegerField(primary_key=True, default=random_id)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="ballots")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.wave_id}"
