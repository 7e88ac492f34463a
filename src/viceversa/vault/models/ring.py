from django.db import models

from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key
from viceversa.vault.models.vouched import Vouched


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


class RingWrap(Vouched):
    """One version of a ring's key, wrapped for one member. Without it nothing can be opened.

    The voucher says that this server made the row. Wrapped is nothing for a member whose key
    could not be vouched for at that time: then it is only their seat.
    """

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

    @property
    def vouched_for(self) -> tuple[str, bytes]:
        return self.about, bytes(self.wrapped)


def about(ring: int, version: int, person: int, generation: int) -> str:
    """What a wrap is bound to."""
    return f"viceversa ring {ring} version {version} for {person}/{generation}"
