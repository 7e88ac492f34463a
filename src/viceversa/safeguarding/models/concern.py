"""A concern: sealed to the handlers whom the reporter chose and to the words of the receipt. No row
says who reported it, or when: keys are drawn by chance, and a week is the finest time."""

from django.db import models
from django.db.models import Q

from viceversa.people.models import Person
from viceversa.safeguarding.models.pulse import random_id
from viceversa.safeguarding.rules.concern import ASKED, GIVEN, NOT_ASKED, REFUSED
from viceversa.toolkit.ids import new_key


class Concern(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    class Leave(models.TextChoices):
        """To speak with the person named."""

        NOT_ASKED = NOT_ASKED, "Not asked"
        ASKED = ASKED, "Asked"
        GIVEN = GIVEN, "Given"
        REFUSED = REFUSED, "Refused"

    id = models.BigIntegerField(primary_key=True, default=random_id)
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    week = models.DateField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    closed_in = models.DateField(null=True)
    leave = models.CharField(max_length=9, choices=Leave.choices, default=Leave.NOT_ASKED)
    has_spoken = models.BooleanField(default=False)
    named = models.BinaryField()
    lookup = models.CharField(max_length=64, unique=True)
    locked = models.BinaryField()
    lock_parameters = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(has_spoken=False) | Q(leave=GIVEN), name="spoken_with_leave_only"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_in__isnull=False)
                | Q(state="open", closed_in__isnull=True),
                name="closed_in_a_week",
            ),
        ]

    def __str__(self) -> str:
        return "a concern"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Holder(models.Model):
    """A handler who was chosen, with the concern's key wrapped for them."""

    id = models.BigIntegerField(primary_key=True, default=random_id)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="holders")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    generation = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    read = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "person"], name="holder_once"),
        ]

    def __str__(self) -> str:
        return f"handler {self.person_id}"


class Entry(models.Model):
    """What one side wrote. Without a handler it is the reporter's."""

    id = models.BigIntegerField(primary_key=True, default=random_id)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveSmallIntegerField()
    handler = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    author = models.BigIntegerField(default=0)
    week = models.DateField()
    once = models.CharField(max_length=24, unique=True, default=new_key)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "number"], name="concern_entry_number"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number}"


class ConcernCount(models.Model):
    """How many concerns there were in a quarter. Nothing ties it to any of them."""

    quarter = models.DateField(primary_key=True)
    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"quarter from {self.quarter}"
