from django.db import models

from viceversa.people.models import Person
from viceversa.vault.models.vouched import Vouched


class UserKey(Vouched):
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

    @property
    def vouched_for(self) -> tuple[str, bytes]:
        return f"key of {self.owner}", bytes(self.public)


class KeySlot(models.Model):
    """One way to open a private key: the key store, a passphrase, a recovery code or a passkey.

    There may be several passkeys: `credential` is which. Its parameters are its name, its public
    key and the salt that it makes the secret of.
    """

    class Kind(models.TextChoices):
        STORE = "store", "Key store"
        PASSPHRASE = "passphrase", "Passphrase"
        RECOVERY = "recovery", "Recovery code"
        PASSKEY = "passkey", "Passkey"

    user_key = models.ForeignKey(UserKey, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    credential = models.CharField(max_length=1400, default="", blank=True)
    parameters = models.JSONField(default=dict)
    locked = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_key", "kind", "credential"], name="slot_once_for_each"
            )
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def owner(self) -> str:
        """What the slot is bound to."""
        own = self.user_key.owner
        return f"{own} {self.credential}" if self.credential else own
