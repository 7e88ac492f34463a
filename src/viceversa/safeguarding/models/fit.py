from django.db import models

from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.safeguarding.models.pulse import random_id


class FitLooked(models.Model):
    """Somebody has looked whether a partnership fits, so they are not asked again. What they
    thought is kept nowhere."""

    id = models.BigIntegerField(primary_key=True, default=random_id)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "person"], name="fit_looked_once")
        ]

    def __str__(self) -> str:
        return f"looked {self.pk}"
