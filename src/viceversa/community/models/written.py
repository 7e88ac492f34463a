from django.db import models

from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key


class Written(models.Model):
    """What one person wrote for the others of a programme. Once hidden, the author still reads it,
    with the reason; to the others it is not there."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    written_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    hidden_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
