from django.db import models

from viceversa.people.models import Person


class UserKey(models.Model):
    """A person's key pair. The private half lies in the slots, locked."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    generation = models.PositiveIntegerField(default=1)
    public = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key {self.generation} of {self.person_id}"

    @property
    def owner(self) -> str:
        return f"{self.person_id}/{self.generation}"


class KeySlot(models.Model):
    """One way to open a private key: the key store, a passphrase or a recovery code."""

    class Kind(models.TextChoices):
        STORE = "store", "Key store"
        PASSPHRASE = "passphrase", "Passphrase"
        RECOVERY = "recovery", "Recovery code"

    user_key = models.ForeignKey(UserKey, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parameters = models.JSONField(default=dict)
    locked = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_key", "kind"], name="slot_once")]

    def __str__(self) -> str:
        return self.kind
