from django.db import models

from viceversa.people.models import Person
from viceversa.programmes.models import Programme


class Completion(models.Model):
    """That somebody finished a training, and when. Answers are kept nowhere."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    module = models.SlugField(max_length=60)
    completed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "module"], name="completed_once")]

    def __str__(self) -> str:
        return self.module


class Demand(models.Model):
    """A training that a programme asks for before the first half hour, of all who sign from
    then on."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    module = models.SlugField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "module"], name="demanded_once")
        ]

    def __str__(self) -> str:
        return self.module
