from django.db import models

from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key


class Ring(models.Model):
    """A key that a few people share. Packages above seal with it and keep a reference to it.

    With an `owner` it is that person's own: for what nobody else may read.
    """

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    version = models.PositiveIntegerField(default=1)
    owner = models.OneToOneField(Person, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    shredded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"ring {self.pk}"


class RingWrap(models.Model):
    """One version of a ring's key, wrapped for one member. Without it nothing can be opened."""

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="wraps")
    version = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    generation = models.PositiveIntegerField()
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ring", "version", "person"], name="wrap_once")
        ]

    def __str__(self) -> str:
        return f"version {self.version} for {self.person_id}"

    @property
    def about(self) -> str:
        return about(self.ring_id, self.version, self.person_id, self.generation)


def about(ring: int, version: int, person: int, generation: int) -> str:
    """What a wrap is bound to."""
    return f"viceversa ring {ring} version {version} for {person}/{generation}"
