from django.db import models

from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key


class Delegate(models.Model):
    """An assistant: books, moves and calls off for somebody, and can read nothing else."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    principal = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["principal", "person"],
                condition=models.Q(ended_at__isnull=True),
                name="delegate_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("person")), name="delegate_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.principal}"
